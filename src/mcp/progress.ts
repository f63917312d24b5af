/**
 * Tells a client what a run does: lines of its console and its calls, in one notification at a time. What happens while one is on its way waits for the next, as
 * text of a bounded length, so that a script that prints without end cannot fill the memory of the server. A run that has nothing to tell says that it is still
 * there, because clients give up a request of which they hear nothing for a minute.
 */
import type { ServerContext } from "@modelcontextprotocol/server";
import type { OnProgress, Progress } from "../script-tool/session.ts";

/** Of what waits; more of it is only counted. */
const mostChars = 4_000;

const quietMs = 15_000;

export interface ProgressTo {
  readonly onProgress: OnProgress;
  /** To be called when the run has ended. */
  end(): void;
}

/** `undefined` where the client has not asked for it. */
export function progressTo({ mcpReq }: Pick<ServerContext, "mcpReq">): ProgressTo | undefined {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return undefined;
  let waiting: string[] = [];
  let chars = 0;
  let dropped = 0;
  let sending = false;
  let progress = 0;

  const send = async (): Promise<void> => {
    sending = true;
    while (waiting.length > 0) {
      const lines = dropped === 0 ? waiting : [...waiting, `… ${dropped} more`];
      waiting = [];
      chars = dropped = 0;
      const params = { progressToken, progress: ++progress, message: lines.join("\n") };
      await mcpReq.notify({ method: "notifications/progress", params });
    }
    sending = false;
  };
  const tell = (text: string): void => {
    const line = text.slice(0, mostChars);
    if (chars + line.length > mostChars && waiting.length > 0) dropped++;
    else {
      waiting.push(line);
      // And the end of the line, of which a script may print any number.
      chars += line.length + 1;
    }
    // A client that is gone hears nothing; its run ends by its signal.
    if (!sending) send().catch(() => {});
  };
  const quiet = setInterval(() => tell("still running"), quietMs);
  quiet.unref();
  return {
    onProgress(event) {
      quiet.refresh();
      tell(textOf(event));
    },
    end: () => clearInterval(quiet),
  };
}

function textOf(event: Progress): string {
  if (event.kind === "call") return `${event.name}: ${event.state}`;
  return event.level === "log" || event.level === "info" ? event.text : `${event.level}: ${event.text}`;
}
