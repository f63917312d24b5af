/**
 * Declares what the caller of a run with a journal says and hears: what a call waits for, what it is answered, and what becomes of one that
 * may or may not have been carried out.
 */
import { option } from "../errors.ts";
import { isJournal, type Journal } from "./journal.ts";

/** What was waited for. */
export interface Answer {
  /** Which call it is for. May be left out when only one waits. */
  readonly call?: number;
  /** For an approval: whether the call is made. */
  readonly approved?: boolean;
  /** Why not; the script is told. */
  readonly reason?: string;
  /** What `suspend` returns. Plain data. */
  readonly value?: unknown;
}

/** A call that was begun, and of which the journal does not say whether it was carried out. */
export interface DoubtfulCall {
  readonly call: number;
  readonly path: readonly string[];
  readonly arguments: readonly unknown[];
}

/**
 * Decides about a doubtful call of a leaf without `@idempotent`: `stop` ends the run as `ERR_JOURNAL_IN_DOUBT`, `repeat` makes the call again, and
 * `{ result }` is what the script gets, as if the host function had returned it. Anything else, and an error in it, is `stop`.
 */
export type OnDoubt = (call: DoubtfulCall) => DoubtDecision | Promise<DoubtDecision>;

export type DoubtDecision = "stop" | "repeat" | { readonly result: unknown };

/** What a host has decided. Whatever is no decision is `stop`: nothing, another word, an error while deciding. */
export function decide(ask: () => unknown): DoubtDecision | Promise<DoubtDecision> {
  try {
    const decided = ask();
    if (!isThenable(decided)) return decisionOf(decided);
    return Promise.resolve(decided)
      .then(decisionOf)
      .catch(() => "stop" as const);
  } catch {
    return "stop";
  }
}

function decisionOf(decided: unknown): DoubtDecision {
  if (decided === "repeat") return decided;
  return typeof decided === "object" && decided !== null && "result" in decided
    ? { result: decided.result }
    : "stop";
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}

/** Options of a run that has a journal. */
export interface JournalOptions {
  /** Where the run is recorded; one that has entries is gone on with. */
  readonly journal?: Journal;
  /** What the run was waiting for. */
  readonly answer?: Answer | readonly Answer[];
  /** Default: `stop`. */
  readonly onDoubt?: OnDoubt;
}

/** Throws a `SandboxError` for a journal that is none, and for what only a run with a journal has. */
export function checkJournalOptions({ journal, answer, onDoubt }: JournalOptions): void {
  if (journal !== undefined && !isJournal(journal)) {
    throw option(
      "journal: expected what `memoryJournal()` or `fileJournal(path)` gives, or an object with `read`, `append` and `truncate`.",
    );
  }
  if (onDoubt !== undefined && typeof onDoubt !== "function") throw option("onDoubt: expected a function.");
  for (const one of answersOf(answer)) {
    if (typeof one !== "object" || one === null)
      throw option("answer: expected an object, such as { approved: true } or { value }.");
  }
  if (journal !== undefined) return;
  if (answer !== undefined) throw option("answer: only a run with a `journal` waits for one.");
  if (onDoubt !== undefined) throw option("onDoubt: only in a run with a `journal` a call can be in doubt.");
}

/**
 * Why an answer is none to what was asked, as the end of a sentence; `null` when it is one. A value is no yes, and must not be taken for one later;
 * a yes is no value, and what waits for one would wait for ever.
 */
export function faultOf(answer: Answer, asked: "approval" | "suspend"): string | null {
  if (asked === "approval") {
    if (typeof answer.approved === "boolean") return null;
    return "waits for an approval, which is `approved: true` or `approved: false`";
  }
  if (answer.approved === undefined && "value" in answer) return null;
  return "waits for what `suspend` returns, which is `value`, and for no approval";
}

export function answersOf(answer: JournalOptions["answer"]): readonly Answer[] {
  if (answer === undefined) return [];
  return Array.isArray(answer) ? (answer as readonly Answer[]) : [answer as Answer];
}
