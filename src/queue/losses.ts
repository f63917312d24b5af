/**
 * Counts how often a job was lost with its worker, and says what follows: it runs alone, or no more.
 *
 * The engine counts each loss of all jobs that were at work beside the one that has killed the worker, and cannot tell which of them it was. So a job that was
 * lost almost as often as it may be runs alone, and only one that is lost again then is given up. It is written into the log of the job when it
 * begins to run alone: one that is lost while it waits for its turn has done nothing.
 */

const alone = "alone:";
const forgiven = "forgiven:";

/** It runs alone from here on; it had been lost so often before. */
export function aloneRow(lost: number): string {
  return `${alone}${lost}`;
}

/** What was lost until here does not count any more: a person has tried it again, or it has come to rest in between. */
export function forgivenRow(lost: number): string {
  return `${forgiven}${lost}`;
}

export interface Losses {
  readonly times: number;
  readonly verdict: "runs" | "runs alone" | "is given up";
}

/** `lost` is the engine's count of the whole life of the job, `rows` its log. */
export function lossesOf(lost: number, rows: readonly string[], maxLost: number): Losses {
  let before = 0;
  let lostWhenAlone: number | undefined;
  for (const row of rows) {
    if (row.startsWith(alone)) lostWhenAlone = Number(row.slice(alone.length));
    if (!row.startsWith(forgiven)) continue;
    before = Number(row.slice(forgiven.length));
    lostWhenAlone = undefined;
  }
  const times = lost - before;
  // One that may not be lost at all has no second time, alone or not.
  const isGivenUp = maxLost === 1 ? times > 0 : lostWhenAlone !== undefined && lost > lostWhenAlone;
  if (isGivenUp) return { times, verdict: "is given up" };
  return { times, verdict: times > 0 && times >= maxLost - 1 ? "runs alone" : "runs" };
}
