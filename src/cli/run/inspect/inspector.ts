/** Lets debuggers see the one script of `isobind run --inspect`. */
import type { WebSocket } from "ws";
import type { Inspected } from "../../../runtime/engine/inspected.ts";
import { UsageError } from "../../exit.ts";
import type { Io } from "../../io.ts";
import { version } from "../../version.ts";
import type { ToolFlags } from "../tools.ts";
import { listen } from "./server.ts";
import { parseMessage, translation, type Message } from "./translate.ts";

type InspectFlags = Pick<ToolFlags, "inspect" | "inspectBrk">;

export interface Inspector {
  /** The run is over: debuggers are told, and nobody is listened to any more. */
  close(): Promise<void>;
}

const usualPort = 9229;

/** The port of `--inspect=port`. Throws a `UsageError` for what is none, and where the engine has no inspector to give. */
function portOf({ inspect, inspectBrk }: InspectFlags, refusal: string | null): number {
  const flag = inspectBrk === undefined ? "--inspect" : "--inspect-brk";
  if (refusal !== null) {
    throw new UsageError(
      `\`${flag}\` is refused: ${refusal}`,
      "Run it with Node 24 or 22; `--cpu-prof` works here too.",
    );
  }
  const typed = inspectBrk ?? inspect ?? "";
  const port = typed === "" ? usualPort : Number(typed);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new UsageError(
    `\`${flag}=${typed}\` is not a port; debuggers connect on this machine only.`,
    `Write \`${flag}\` for ${usualPort}, \`${flag}=0\` for a free one.`,
  );
}

/** A script that is debugged. */
interface Debugged {
  readonly url: string;
  /** The author's text of it, or of a module, by the URL that it runs under. */
  text(url: string): string | undefined;
}

/** Listens before the script starts; with `--inspect-brk` it waits for a debugger that says go, and stops at its first line. */
export async function startInspector(
  io: Io,
  flags: InspectFlags,
  { url, text }: Debugged,
): Promise<Inspector> {
  const { inspectIsolates, refuseInspector } = await import("../../../runtime/engine/inspected.ts");
  const { firstStatement } = await import("./first-statement.ts");
  const { restName } = await import("../../../runtime/engine/resting.ts");
  const port = portOf(flags, refuseInspector());
  const isWaiting = flags.inspectBrk !== undefined;
  const made = Promise.withResolvers<Inspected>();
  const go = Promise.withResolvers<void>();
  if (!isWaiting) go.resolve();
  let isolate: Inspected | null = null;
  let isTaken = false;
  const restore = inspectIsolates((one) => {
    isolate = one;
    made.resolve(one);
    return go.promise;
  });
  const authored = {
    text,
    rest: restName,
    stopAt: isWaiting ? { url, ...firstStatement(text(url) ?? "") } : null,
  };
  const server = await listen(
    port,
    { title: url.slice(url.lastIndexOf("/") + 1), url, browser: `isobind/${version()}` },
    (socket) => {
      if (isTaken) return socket.close(1013, "Another debugger is connected.");
      isTaken = true;
      const translated = translation(authored);
      const { fromDebugger, fromEngine } = translated;
      const session = made.promise.then((one) => {
        const opened = one.connect((text) => {
          const { toDebugger, toEngine } = fromEngine(parseMessage(text));
          for (const one of toDebugger) tell(socket, one);
          for (const one of toEngine) opened.send(JSON.stringify(one));
        });
        return opened;
      });
      socket.on("message", (data: Buffer) => {
        const message = parsed(data);
        if (message === null) return socket.close(1007, "Not a message of the protocol.");
        session
          .then(({ send }) => {
            const { toDebugger, toEngine } = fromDebugger(message);
            for (const one of toDebugger) tell(socket, one);
            for (const one of toEngine) send(JSON.stringify(one));
            if (message.method === "Runtime.runIfWaitingForDebugger") go.resolve();
          })
          .catch(() => socket.close(1007, "Not a message of the protocol."));
      });
      socket.on("close", () => {
        isTaken = false;
        void session.then(({ send, close }) => {
          if (translated.isStopped) send(resume);
          close();
        });
      });
      socket.on("error", () => socket.terminate());
    },
  ).catch((error: unknown) => {
    restore();
    throw error;
  });
  io.stderr.write(`Debugger listening on ${server.address}\n`);
  if (isWaiting)
    io.stderr.write("The script waits for a debugger: chrome://inspect, or an attach of VS Code.\n");
  return {
    async close() {
      restore();
      const left = await (isolate as Inspected | null)?.leave();
      if (left === false) io.stuck();
      await server.close();
    },
  };
}

const resume = JSON.stringify({ id: 2_000_000_004, method: "Debugger.resume" });

function tell(socket: WebSocket, message: Message): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
}

function parsed(data: Buffer): Message | null {
  try {
    const message: unknown = JSON.parse(data.toString("utf8"));
    return typeof message === "object" && message !== null ? (message as Message) : null;
  } catch {
    return null;
  }
}
