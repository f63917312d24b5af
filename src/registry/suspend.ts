/**
 * Lets a host function say that its answer comes later than its process may live: a day, a person, a delivery. Imports
 * nothing but the slot of the call, so that definitions can import it freely.
 */
import { callContext, type CallContext } from "./call-context.ts";

/** The call of a run with a journal, as `suspend` sees it. */
export interface SuspendableCall extends CallContext {
  /** What it was answered, in the order it has asked; `undefined` when nobody has answered yet. */
  takeAnswer(): { readonly value: unknown } | undefined;
}

const brand = Symbol.for("isobind.suspension");

/** Thrown out of the host function: the call waits. */
class Suspension extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super("The call waits for an answer: let this pass, `suspend` has thrown it.");
    this.reason = reason;
    Object.defineProperty(this, brand, { value: true });
  }

  override get name(): string {
    return "Suspension";
  }
}

/** True for what `suspend` throws, whichever copy of the package it is of. */
export function isSuspension(error: unknown): error is { readonly reason: unknown } {
  return typeof error === "object" && error !== null && brand in error;
}

/**
 * Waits for what may take hours: the run ends as `suspended`, and nothing of it is held. When it goes on, `run(source, { journal, answer })`, the host
 * function is called once more from its beginning, and `suspend` returns the answer.
 *
 * It throws what must not be caught, so do nothing before it that may not be done twice. `reason` is plain data, for whoever answers.
 * Throws outside a host function; in a run without a journal the call fails as `ERR_JOURNAL_REQUIRED`.
 *
 * @example
 * export default defineBindings({
 *   deliver: async (order: string): Promise<string> => {
 *     const signedBy = suspend<string>({ order, waitsFor: "a signature" });
 *     return await shipping.close(order, signedBy);
 *   },
 * });
 */
export function suspend<Answer = unknown>(reason?: unknown): Answer {
  const call = callContext() as Partial<SuspendableCall>;
  const answer = call.takeAnswer?.();
  if (answer !== undefined) return answer.value as Answer;
  throw new Suspension(reason);
}
