/**
 * Declares what the caller of a run with a journal says and hears: what a call waits for, what it is answered, and what becomes of one that
 * may or may not have been carried out.
 */
import { SandboxError } from "../errors.ts";
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
 * `{ result }` is what the script gets, as if the host function had returned it.
 */
export type OnDoubt = (call: DoubtfulCall) => DoubtDecision | Promise<DoubtDecision>;

export type DoubtDecision = "stop" | "repeat" | { readonly result: unknown };

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

export function answersOf(answer: JournalOptions["answer"]): readonly Answer[] {
  if (answer === undefined) return [];
  return Array.isArray(answer) ? (answer as readonly Answer[]) : [answer as Answer];
}

function option(message: string): SandboxError {
  return new SandboxError("ERR_SANDBOX_OPTION", message);
}
