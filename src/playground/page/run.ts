/** One run of the page: asks for it, tells the views of what happens, and stops it. */
import type { RunEnded, RunEvent, RunRequest } from "../protocol.ts";
import { ask, run } from "./api.ts";
import type { Asking } from "./ask/ask.ts";
import type { Calls } from "./calls/calls.ts";
import { drawMeters } from "./calls/meters.ts";
import type { Console } from "./output/console.ts";
import { plural } from "./format.ts";
import type { ResultView } from "./output/result.ts";

export interface RunViews {
  readonly console: Console;
  readonly result: ResultView;
  readonly calls: Calls;
  readonly meters: Element;
  readonly asking: Asking;
  /** For those who do not see the page. */
  readonly announce: (text: string) => void;
  readonly running: (isRunning: boolean) => void;
}

export interface Running {
  readonly id: string;
  stop(): void;
  /** Resolves to the last event. */
  readonly ended: Promise<RunEnded>;
}

/** `limits`: all of them, tightened or not. */
export function startRun(
  request: RunRequest,
  limits: Readonly<Record<string, number>>,
  views: RunViews,
): Running {
  const { console, result, calls, meters, asking, announce, running } = views;
  console.clear();
  result.running();
  calls.begin(limits);
  drawMeters(meters, {}, limits);
  running(true);
  const stop = (): void => void ask("stop", { id: request.id }).catch(() => {});
  asking.begin({ stop, answer: (answer) => ask("answer", { id: request.id, ...answer }) });
  let last: RunEnded | null = null;

  function tell(event: RunEvent): void {
    switch (event.kind) {
      case "console":
        return console.print(event.level, event.text, event.at);
      case "call":
      case "answer":
      case "refused":
        return calls.tell(event);
      case "wait":
        calls.tell(event);
        return asking.add(event);
      case "told":
        calls.tell(event);
        return asking.told(event.wait);
      case "end":
        last = event;
    }
  }
  async function follow(): Promise<RunEnded> {
    try {
      await run(request, (events) => events.forEach(tell));
    } catch (error) {
      last = lost(error instanceof Error ? error.message : String(error));
    }
    asking.end();
    const end = last ?? lost("The playground has ended the connection. Is it still running?");
    // Until the end nobody can say how long the run has waited for a worker: times count from the start of the script.
    const waited = end.stats?.["queuedMs"] ?? 0;
    console.startAt(waited);
    calls.startAt(waited);
    result.show(end);
    calls.ended({ ...end, at: end.at - waited });
    drawMeters(meters, end.stats ?? {}, limits);
    running(false);
    announce(
      `Run ended: ${end.status}. ${plural(console.lines, "line")} on the console, ${plural(calls.count, "host call")}.`,
    );
    return end;
  }
  return {
    id: request.id,
    stop,
    ended: follow(),
  };
}

function lost(text: string): RunEnded {
  const problem = { name: "lost", code: null, text, line: null, column: null };
  return { kind: "end", at: 0, status: "refused", problem, hasRecording: false };
}
