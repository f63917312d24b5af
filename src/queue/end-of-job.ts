/**
 * Waits for the end of a job. The event of a job that is done has its outcome with it; and whoever waits asks now and then, because an event may be lost.
 */
import type { EventEmitter } from "node:events";
import type { JobOutcome, KeptOutcome } from "./job.ts";
import { inTime } from "./in-time.ts";
import { outcomeOf } from "./outcome.ts";
import type { JobQueue } from "./store.ts";

export type JobEnd =
  | { readonly state: "done"; readonly outcome: JobOutcome }
  | { readonly state: "parked"; readonly reason: string };

/** What it needs of the engine. */
export type Asked = Pick<JobQueue, "getBackend">;
/** It tells each event under the name of its job, too, and its types know nothing of that. */
export type Heard = Pick<EventEmitter, "on" | "off">;

const firstPauseMs = 100;
const longestPauseMs = 1_000;

/** `null` when it has not ended within `timeoutMs`. */
export async function endOfJob(
  queue: Asked,
  events: Heard,
  id: string,
  timeoutMs: number,
): Promise<JobEnd | null> {
  const until = performance.now() + timeoutMs;
  const done = Promise.withResolvers<JobEnd>();
  let hear = (): void => {};
  let isNews = false;
  // What cannot be read is told to who waits, and not to the engine.
  const completed = ({ returnvalue }: { readonly returnvalue: unknown }): void => {
    try {
      done.resolve(doneWith(returnvalue as KeptOutcome));
    } catch (error) {
      done.reject(error);
    }
  };
  // It may have been tried again since: whether it is parked is asked.
  const failed = (): void => {
    isNews = true;
    hear();
  };
  events.on(`completed:${id}`, completed).on(`failed:${id}`, failed);
  try {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      isNews = false;
      // A store that is away for a while is waited for, too.
      const asked = inTime(ask(queue, id), Math.max(1_000, until - performance.now()), () => null);
      const known = await Promise.race([done.promise, asked]);
      if (known !== null) return known;
      const leftMs = until - performance.now();
      if (leftMs <= 0) return null;
      // What was heard while the answer was on its way may be newer.
      if (isNews) continue;
      const pause = new Promise<void>((resolve) => (hear = resolve));
      const heard = inTime(pause, Math.min(pauseMs, leftMs), () => {}).then(() => null);
      const told = await Promise.race([done.promise, heard]);
      hear();
      if (told !== null) return told;
    }
  } finally {
    events.off(`completed:${id}`, completed).off(`failed:${id}`, failed);
  }
}

/** How a job has ended; `null` as long as it has not, and when there is none. Looks through no list. */
async function ask(queue: Asked, id: string): Promise<JobEnd | null> {
  const [status, value] = (await queue.getBackend().isFinished(id, true)) as [number, string];
  if (status === 1) return doneWith(JSON.parse(value) as KeptOutcome);
  return status === 2 ? { state: "parked", reason: value } : null;
}

function doneWith(kept: KeptOutcome): JobEnd {
  return { state: "done", outcome: outcomeOf(kept) };
}
