/**
 * Talks to `child.ts`. A peer that crashes, hangs or refuses becomes an Error here, and a cell that says so in the table.
 */
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { TimingAnswer, TimingRequest } from "./child.ts";
import { endGroup } from "./group.ts";

export class PeerProcess {
  readonly #child: ChildProcess;
  readonly openMs: number;
  readonly pids: readonly number[];

  private constructor(child: ChildProcess, openMs: number, pids: readonly number[]) {
    this.#child = child;
    this.openMs = openMs;
    this.pids = [child.pid ?? 0, ...pids];
  }

  /** `build`: the folder of a built isobind, for peers that are isobind. */
  static async open(module: string, bindings: number, build?: string): Promise<PeerProcess> {
    const child = fork(
      fileURLToPath(new URL("./child.ts", import.meta.url)),
      [module, String(bindings), ...(build === undefined ? [] : [build])],
      {
        execArgv: ["--no-node-snapshot", "--disable-warning=ExperimentalWarning"],
        stdio: ["ignore", "ignore", "ignore", "ipc"],
        // A group of its own, so that processes a peer has started end with it.
        detached: true,
      },
    );
    const first = await next(child, 60_000);
    if ("error" in first) {
      endGroup(child.pid);
      throw new Error(first.error);
    }
    if (!("ready" in first)) throw new Error("the peer answered out of turn");
    return new PeerProcess(child, first.openMs, first.pids);
  }

  /** Milliseconds one script (or `parallel` of them side by side) took. */
  async time(request: TimingRequest, timeoutMs = 60_000): Promise<number> {
    this.#child.send(request);
    const answer = await next(this.#child, timeoutMs);
    if ("ms" in answer) return answer.ms;
    throw new Error("error" in answer ? answer.error : "the peer answered out of turn");
  }

  close(): void {
    endGroup(this.#child.pid);
  }
}

function next(child: ChildProcess, timeoutMs: number): Promise<TimingAnswer> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      child.off("message", onMessage);
      child.off("exit", onExit);
    };
    const onMessage = (message: TimingAnswer): void => (end(), resolve(message));
    const onExit = (code: number | null, signal: string | null): void => (
      end(),
      reject(new Error(`the process ended with ${signal ?? code}`))
    );
    const timer = setTimeout(() => {
      end();
      endGroup(child.pid);
      reject(new Error(`no answer within ${timeoutMs / 1000} s`));
    }, timeoutMs);
    child.once("message", onMessage);
    child.once("exit", onExit);
  });
}
