/**
 * What a suspended job waits for, and whether an answer is one to that.
 */
import type { Answer } from "../runtime/index.ts";
import { faultOf } from "../runtime/journal/options.ts";
import type { AskedWait, GivenAnswer, JobData } from "./job.ts";
import { option } from "./options.ts";
import { unpacked } from "./values.ts";

export function askedIn({ waits }: JobData): readonly AskedWait[] {
  return waits === undefined ? [] : (unpacked(waits) as AskedWait[]);
}

/** Throws `ERR_QUEUE_OPTION` for an answer to what does not wait, and for one that is none to what does. */
export function givenTo(id: string, asked: readonly AskedWait[], answer: Answer): GivenAnswer {
  const call = answer.call ?? (asked.length === 1 ? asked[0]!.call : -1);
  const wait = asked.find((known) => known.call === call);
  if (wait === undefined) {
    const calls = asked.map((known) => known.call).join(", ") || "none";
    throw option(`answer: of job ${id}, these calls wait: ${calls}.`);
  }
  const why = faultOf(answer, wait.for);
  if (why !== null) throw option(`answer: call ${call} of job ${id} ${why}.`);
  return { ...answer, call, answered: wait.answered };
}

/** What a job waits for, in the words of `state`. */
export function waitsOf(data: JobData): readonly Omit<AskedWait, "answered">[] {
  return askedIn(data).map(({ answered: _, ...wait }) => wait);
}
