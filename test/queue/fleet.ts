/**
 * Workers of a queue in processes of their own, to be killed, and what their host functions have counted.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JobOutcome, ScriptQueue } from "../../src/queue/index.ts";
import type { RedisServer } from "./redis.ts";
import type { WorkerSettings } from "./worker-program.ts";

const program = new URL("./worker-program.ts", import.meta.url).pathname;

export const digest = "sha256-faults";

/** Each call of it that is not `pure` may be made once. */
export const script = `const { first, second, pure, last } = SecureExec.bindings;
  await first(); const same = await pure(7n); console.log("between"); await second(); last();
  console.log("after"); export default same`;

export class Fleet {
  readonly #redis: RedisServer;
  readonly #counts = join(mkdtempSync(join(tmpdir(), "fleet-")), "counts");
  readonly #children = new Set<ChildProcess>();

  constructor(redis: RedisServer) {
    this.#redis = redis;
  }

  /** Resolves when it takes jobs, or has ended. */
  async start(settings: Partial<WorkerSettings> = {}): Promise<ChildProcess> {
    const all: WorkerSettings = { redis: this.#redis.url, counts: this.#counts, digest, ...settings };
    const child = spawn(process.execPath, ["--no-warnings", program, JSON.stringify(all)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#children.add(child);
    child.once("exit", () => this.#children.delete(child));
    await Promise.race([once(child.stdout!, "data"), once(child, "exit")]);
    return child;
  }

  /** Lets host functions go on that are held. */
  goOn(): void {
    writeFileSync(`${this.#counts}.go`, "");
  }

  /** Lets those die that shall, or holds them again. */
  letDie(isSo: boolean): void {
    if (isSo) writeFileSync(`${this.#counts}.die`, "");
    else rmSync(`${this.#counts}.die`, { force: true });
  }

  /** The calls of each job, in their order. */
  made(): ReadonlyMap<string, readonly string[]> {
    const made = new Map<string, string[]>();
    if (!existsSync(this.#counts)) return made;
    for (const line of readFileSync(this.#counts, "utf8").trim().split("\n")) {
      const [id, name] = line.split(" ") as [string, string];
      made.set(id, [...(made.get(id) ?? []), name]);
    }
    return made;
  }

  madeBy(id: string): readonly string[] {
    return this.made().get(id) ?? [];
  }

  /** Resolves when a job has made a call. */
  async until(id: string, name: string, times = 1): Promise<void> {
    while (this.madeBy(id).filter((call) => call === name).length < times)
      await new Promise((done) => setTimeout(done, 10));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#children].map(kill));
  }
}

/** Ends a process at once. */
export async function kill(child: ChildProcess): Promise<void> {
  if (isOver(child)) return;
  const over = once(child, "exit");
  child.kill("SIGCONT");
  child.kill("SIGKILL");
  await over;
}

/** Resolves when a process has ended by itself. */
export async function over(child: ChildProcess): Promise<void> {
  if (!isOver(child)) await once(child, "exit");
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** The outcome of a job, or why it is parked. */
export function endOf(queue: ScriptQueue, id: string, timeoutMs = 100_000): Promise<JobOutcome | string> {
  return queue.outcome(id, { timeoutMs }).catch((error: Error & { code?: string }) => {
    if (error.code !== "ERR_QUEUE_PARKED") throw error;
    return error.message;
  });
}
