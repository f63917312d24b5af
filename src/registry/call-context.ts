/**
 * The context of the call a host function is answering: whose run it is, and how it learns that nobody waits for it any more. Holds the
 * slot and the reader; the runtime fills the slot. Imports nothing, so that definitions can import it freely.
 */

declare global {
  // Global, because an interface that two entries of a package export can only be added to where it is declared.
  namespace Isobind {
    /**
     * Add `context` to it to say what every run of your program is given: `run` then asks for it, and `callContext().context` and the hooks
     * have its type.
     *
     * @example
     * declare global {
     *   namespace Isobind {
     *     interface Register {
     *       context: { readonly tenant: string };
     *     }
     *   }
     * }
     */
    interface Register {}
  }
}

/** What `run(source, { context })` takes: the `context` of `Isobind.Register`, `unknown` until a program has added one. */
export type HostContext = Isobind.Register extends { readonly context: infer Context } ? Context : unknown;

/** What a host function may know about its own call. */
export interface CallContext<Context = HostContext> {
  /** Fires within 10 ms of the end of the run, of the binding's `@timeout`, or of the signal the run was given. */
  readonly signal: AbortSignal;
  /** The run the call belongs to, as in `run(source, { runId })`, `onCall` and `onError`. */
  readonly runId: string;
  /** The binding, `["db", "query"]`. */
  readonly path: readonly string[];
  /** What the host gave this run, `run(source, { context })`; `undefined` when it gave nothing. No script ever sees it. */
  readonly context: Context;
}

/** The store of what comes after the first `await`: an `AsyncLocalStorage`, in words that load nothing. */
export interface CallContextStore {
  getStore(): CallContext | undefined;
  run<Args extends unknown[], Result>(
    context: CallContext,
    call: (...args: Args) => Result,
    ...args: Args
  ): Result;
}

/** Where the runtime puts the context: a variable while a function runs, an async store for what comes after. */
export interface CallContextSlot {
  current: CallContext | undefined;
  /** Set once a runtime has been loaded, by the first of them; kept out of here so that importing this file loads nothing. */
  store: CallContextStore | undefined;
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
  store: undefined,
});

/**
 * The context of the current call. Works in the function itself and in everything it awaits.
 *
 * Throws when no call is being answered, because a signal that never fires would hide the mistake. The type of `context` is that of
 * `Isobind.Register`; a type argument says another, which is not checked.
 *
 * @example
 * export default defineBindings({
 *   fetchUser: async (id: string): Promise<User> => {
 *     const { signal, context } = callContext<{ readonly token: string }>();
 *     const headers = { authorization: `Bearer ${context.token}` };
 *     return (await fetch(`${api}/users/${id}`, { signal, headers })).json();
 *   },
 * });
 */
export function callContext<Context = HostContext>(): CallContext<Context> {
  const context = callContextSlot.current ?? callContextSlot.store?.getStore();
  if (context) return context as CallContext<Context>;
  throw new Error(
    "callContext() was called outside a binding: it works while the runtime waits for a host function.",
  );
}
