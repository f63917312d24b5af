/**
 * Declares the hooks: the places where a host watches or steers a run. Only `onCall` can change what happens, and only for
 * its own call; a hook that throws, rejects or never settles disturbs nothing else.
 */
import type { CallContext, HostContext } from "../../registry/call-context.ts";
import type { Mode } from "../../model/contract.ts";
import type { RegistryLeaf } from "../../model/registry.ts";
import type { ErrorCode } from "../errors.ts";
import type { ConsoleLevel } from "../seam.ts";
import type { Approve } from "./approval.ts";
import { isThenable } from "./look.ts";
import type { RunningCall } from "./running-call.ts";
import type { CallWatch } from "./telemetry.ts";

/** One call, as middleware sees it: after validation, before the host function. */
export interface BindingCall extends CallContext {
  /** The dotted name, `db.query`. */
  readonly name: string;
  readonly mode: Mode;
  readonly args: readonly unknown[];
}

/**
 * Runs around every call. Return what the script shall get, usually `next()`; throw to deny; pass other arguments to
 * `next` to rewrite them. `next` returns a promise for an asynchronous leaf; for a synchronous leaf it returns the
 * value, and the middleware must return a value too.
 *
 * @example
 * onCall: (call, next) => {
 *   if (call.path[0] === "admin") throw new Error("not allowed here");
 *   return next();
 * }
 */
export type CallHook = (call: BindingCall, next: (args?: readonly unknown[]) => unknown) => unknown;

export interface ConsoleEvent {
  readonly level: ConsoleLevel;
  readonly text: string;
  readonly runId: string;
  /** What the host gave this run, `run(source, { context })`. */
  readonly context: HostContext;
}

/** A failure on the host's side of a call: the host should know more of it than the script does. */
export interface CallFailure {
  /** What was thrown, untouched. */
  readonly error: unknown;
  readonly code: ErrorCode;
  /** Carried by a masked error as `id`. */
  readonly id: string;
  readonly runId: string;
  /** What the host gave this run, `run(source, { context })`. */
  readonly context: HostContext;
  /** Of the binding; empty when a module loader has failed. */
  readonly path: readonly string[];
  /** The binding's dotted name, or what the script called the module. */
  readonly name: string;
}

/** A call that was refused: its host function was not called. */
export interface RefusedCall {
  /** `ERR_BINDING_INVALID_ARGUMENT`, `ERR_BINDING_LIMIT`, `ERR_SANDBOX_PAYLOAD_TOO_LARGE`, `ERR_BINDING_APPROVAL` or `ERR_JOURNAL_REQUIRED`. */
  readonly code: ErrorCode;
  /** What the script is told. */
  readonly message: string;
  /** What the script has passed; `null` when it was more than may cross. */
  readonly args: readonly unknown[] | null;
  readonly runId: string;
  /** What the host gave this run, `run(source, { context })`. */
  readonly context: HostContext;
  readonly path: readonly string[];
  /** The binding's dotted name. */
  readonly name: string;
}

export interface Hooks {
  /** Of telemetry: asked once for each call. */
  readonly watchCall?: ((leaf: RegistryLeaf) => CallWatch) | undefined;
  readonly approve?: Approve | undefined;
  readonly onCall?: CallHook | undefined;
  readonly onConsole?: ((event: ConsoleEvent) => unknown) | undefined;
  readonly onError?: ((failure: CallFailure) => unknown) | undefined;
  readonly onRefused?: ((refused: RefusedCall) => unknown) | undefined;
}

/** Calls a watching hook so that nothing it does comes back: no exception, no rejection. */
export function notify<Event>(hook: ((event: Event) => unknown) | undefined, event: Event): void {
  if (!hook) return;
  try {
    const result = hook(event);
    if (isThenable(result)) swallow(result);
  } catch {
    // The hook's own problem; the run has none.
  }
}

/** Keeps a promise nobody will look at from becoming an `unhandledRejection`. */
export function swallow(promise: PromiseLike<unknown>): void {
  new Promise((resolve) => resolve(promise)).catch(() => {});
}

/** Two middlewares as one: `outer`, which only watches, runs around `inner`. */
export function compose(outer: CallHook, inner: CallHook | undefined): CallHook {
  if (!inner) return outer;
  return (call, next) => outer(call, () => inner(call, next));
}

/**
 * Runs middleware around a call; its `next` is the host function in the mode of the leaf. Middleware that waited too long finds no host
 * function to call: when nobody waits for the call any more, `next` fails with what the signal fired with.
 */
export function around(
  hook: CallHook,
  leaf: RegistryLeaf,
  args: readonly unknown[],
  running: RunningCall,
): unknown {
  const next = (changed: readonly unknown[] = args): unknown => {
    const start = (): unknown => {
      running.throwIfOver();
      return Reflect.apply(leaf.call, undefined, changed);
    };
    if (leaf.mode !== "async") return start();
    const result = (async () => start())();
    swallow(result); // Middleware may deny after `next()` without looking at its promise.
    return result;
  };
  const { name, mode, path } = leaf;
  const call: BindingCall = {
    name,
    mode,
    path,
    args,
    runId: running.runId,
    context: running.context,
    get signal() {
      return running.signal;
    },
  };
  return hook(call, next);
}
