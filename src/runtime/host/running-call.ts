/**
 * RunningCall: the context of one call, and what makes it readable through `callContext()` while the host function
 * runs. A signal is made only when a function asks for it: most calls are over in a microsecond.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { BindingFunction } from "../../contract/registry.ts";
import { callContextSlot, type CallContext } from "../../contract/call-context.ts";

const storage = new AsyncLocalStorage<CallContext>();
callContextSlot.stored = () => storage.getStore();

/** The signal of a run, made when the first function asks for it and shared by all its calls. */
export class RunSignal {
  #controller: AbortController | undefined;
  #ended: { readonly reason: unknown } | undefined;

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#ended) this.#controller.abort(this.#ended.reason);
    }
    return this.#controller.signal;
  }

  /** Nobody waits any more. A listener that throws is the host's own uncaught exception, as with any signal. */
  abort(reason: unknown): void {
    if (this.#ended) return;
    this.#ended = { reason };
    this.#controller?.abort(reason);
  }
}

export class RunningCall implements CallContext {
  readonly runId: string;
  readonly path: readonly string[];
  readonly #run: RunSignal;
  /** Only for a leaf with a `@timeout`: the one thing that ends a call alone. */
  readonly #own: RunSignal | undefined;
  #signal: AbortSignal | undefined;

  constructor(runId: string, path: readonly string[], run: RunSignal, hasTimeout: boolean) {
    this.runId = runId;
    this.path = path;
    this.#run = run;
    this.#own = hasTimeout ? new RunSignal() : undefined;
  }

  get signal(): AbortSignal {
    // A signal outlives its call on purpose: work a function left behind is told when the run ends.
    this.#signal ??= this.#own ? AbortSignal.any([this.#run.signal, this.#own.signal]) : this.#run.signal;
    return this.#signal;
  }

  /** The binding's own time is over. */
  timeOut(reason: unknown): void {
    this.#own?.abort(reason);
  }
}

/** Runs the synchronous part of a sync leaf: one variable, no async store. */
export function withCall<Result>(call: CallContext, run: () => Result): Result {
  const outer = callContextSlot.current;
  callContextSlot.current = call;
  try {
    return run();
  } finally {
    callContextSlot.current = outer;
  }
}

/** Runs a leaf that may go on after an `await`: the context follows it. */
export function withAsyncCall<Result>(call: CallContext, run: () => Result): Result {
  return storage.run(call, withCall<Result>, call, run);
}

/** `withCall` for a plain call, without a closure: the path of most calls. */
export function applySync(call: BindingFunction, args: readonly unknown[], context: CallContext): unknown {
  const outer = callContextSlot.current;
  callContextSlot.current = context;
  try {
    return Reflect.apply(call, undefined, args);
  } finally {
    callContextSlot.current = outer;
  }
}

export function applyAsync(call: BindingFunction, args: readonly unknown[], context: CallContext): unknown {
  return storage.run(context, applySync, call, args, context);
}
