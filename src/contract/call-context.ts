/**
 * The context of the call a host function is answering: how it learns that nobody waits for it any more. Holds the
 * slot and the reader; the runtime fills the slot. Imports nothing, so that definitions can import it freely.
 */

/** What a host function may know about its own call. */
export interface CallContext {
  /** Fires within 10 ms of the end of the run, of the binding's `@timeout`, or of the signal the run was given. */
  readonly signal: AbortSignal;
  /** The run the call belongs to, as in `run(source, { runId })`, `onCall` and `onError`. */
  readonly runId: string;
  /** The binding, `["db", "query"]`. */
  readonly path: readonly string[];
}

/** Where the runtime puts the context: a variable while a function runs, an async store for what comes after. */
export interface CallContextSlot {
  current: CallContext | undefined;
  /** Set once an asynchronous leaf has run; kept out of here so that importing this file loads nothing. */
  stored: (() => CallContext | undefined) | undefined;
}

const slots = globalThis as { [key: symbol]: CallContextSlot | undefined };

/**
 * One slot per process, however many copies of the package it holds: a definition and the runtime may come from two
 * (a linked workspace, a bundled host).
 *
 * @internal
 */
export const callContextSlot: CallContextSlot = (slots[Symbol.for("isobind.call-context")] ??= {
  current: undefined,
  stored: undefined,
});

/**
 * The context of the current call. Works in the function itself and in everything it awaits.
 *
 * Throws when no call is being answered, because a signal that never fires would hide the mistake.
 *
 * @example
 * export default defineBindings({
 *   fetchUser: async (id: string): Promise<User> => {
 *     const { signal } = callContext();
 *     return (await fetch(`${api}/users/${id}`, { signal })).json();
 *   },
 * });
 */
export function callContext(): CallContext {
  const context = callContextSlot.current ?? callContextSlot.stored?.();
  if (context) return context;
  throw new Error(
    "callContext() was called outside a binding: it works while the runtime waits for a host function.",
  );
}
