/**
 * Writes into the log of a job what it is told from outside, and reads it: answers to what it waits for, and that it is cancelled.
 *
 * Several may tell a job something at once, and its worker writes at the same time. The engine replaces the data of a job as a whole, so of two
 * who read and write it one would undo the other. Rows of a log are only ever added, in one order for all: what comes first counts, and nothing is lost.
 */
import type { GivenAnswer } from "./job.ts";
import { packed, unpacked } from "./values.ts";

const answered = "answer:";
const cancelled = "cancel:";

/** Answers that are given together are one row: all of them count, or none. */
export function answerRow(answers: readonly GivenAnswer[]): string {
  return answered + packed(answers, "answer");
}

export function cancelRow(reason: string): string {
  return cancelled + packed(reason, "reason");
}

export interface Told {
  readonly answers: readonly GivenAnswer[];
  /** Why it was cancelled; `undefined` when it was not. */
  readonly cancelled: string | undefined;
}

/** Reads rows of a log, in order; those of the journal are passed over. */
export function readTold(rows: readonly string[]): Told {
  const answers: GivenAnswer[] = [];
  let reason: string | undefined;
  for (const row of rows) {
    if (row.startsWith(cancelled)) reason ??= String(unpacked(row.slice(cancelled.length)));
    if (!row.startsWith(answered)) continue;
    const given = unpacked(row.slice(answered.length)) as readonly GivenAnswer[];
    if (answeredBefore(answers, given) === undefined) answers.push(...given);
  }
  return { answers, cancelled: reason };
}

/** The first of some answers that is for a wait which has one. */
export function answeredBefore(
  before: readonly GivenAnswer[],
  given: readonly GivenAnswer[],
): GivenAnswer | undefined {
  return given.find(
    (one, at) =>
      before.some((other) => isSameWait(one, other)) ||
      given.findIndex((other) => isSameWait(one, other)) < at,
  );
}

/** True for what is of one call, in the same of its waits. */
export function isSameWait(
  one: Pick<GivenAnswer, "call" | "answered">,
  other: Pick<GivenAnswer, "call" | "answered">,
): boolean {
  return one.call === other.call && one.answered === other.answered;
}
