/**
 * Holds the context of one call, and what makes it readable through `callContext()` while the host function runs. A signal
 * is made only when a function asks for it: most calls are over in a microsecond.
 */
import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import type { BindingFunction } from "../../model/registry.ts";
import type { SuspendableCall } from "../../registry/suspend.ts";
import { callContextSlot, type CallContext, type HostContext } from "../../registry/call-context.ts";
import type { RunId } from "./run-id.ts";

/** One for all copies of the package, as the slot is: a copy that is loaded later must not hide the calls of the others. */
const storage = (callContextSlot.store ??= new AsyncLocalStorage<CallContext>());

/**
 * How deep a run is nested that is started here: 0, or 1 more than the run whose host function starts it while that run waits. A run that is over
 * waits for nothing, so what a function of it does later is not nested.
 */
export function nestingHere(): number {
  const call: (CallContext & { readonly nesting?: number }) | undefined =
    callContextSlot.current ?? storage.getStore();
  return call?.nesting === undefined ? 0 : call.nesting + 1;
}

/** The signal of a run, made when the first function asks for it and shared by all its calls. */
export class RunSignal {
  #controller: AbortController | undefined;
  #ended: (() => unknown) | undefined;
  #reason: { readonly made: unknown } | undefined;

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#ended) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** Why nobody waits any more; `undefined` while somebody does. */
  get reason(): unknown {
    if (this.#ended === undefined) return undefined;
    this.#reason ??= { made: this.#ended() };
    return this.#reason.made;
  }

  /**
   * Nobody waits any more. `reason` is made for the first who asks: an error with its stack is dear, and few ask. A listener that throws is the
   * host's own uncaught exception, as with any signal.
   */
  abort(reason: () => unknown): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.#controller?.abort(this.reason);
  }
}

/** An `AsyncResource`, in words that need no types of Node: a program may read our declarations without them. */
export interface Place {
  runInAsyncScope<Args extends unknown[], Result>(
    run: (...args: Args) => Result,
    thisArg: undefined,
    ...args: Args
  ): Result;
}

/** What the calls of one run share. */
export interface CallingRun {
  readonly id: RunId;
  readonly context: HostContext;
  /** How many runs it is inside of; see `nestingHere`. */
  readonly nesting: number;
  readonly signal: RunSignal;
}

const noAnswers: readonly unknown[] = [];

export class RunningCall implements SuspendableCall {
  readonly path: readonly string[];
  readonly #run: CallingRun;
  /** Only for a leaf with a `@timeout`: the one thing that ends a call alone. */
  readonly #own: RunSignal | undefined;
  #signal: AbortSignal | undefined;
  #place: Place | undefined;

  /** What `suspend` returns, of which it has taken `#taken`. */
  readonly #answers: readonly unknown[];
  #taken = 0;

  constructor(
    run: CallingRun,
    path: readonly string[],
    hasTimeout: boolean,
    answers: readonly unknown[] = noAnswers,
  ) {
    this.#answers = answers;
    this.path = path;
    this.#run = run;
    this.#own = hasTimeout ? new RunSignal() : undefined;
  }

  takeAnswer(): { readonly value: unknown } | undefined {
    if (this.#taken >= this.#answers.length) return undefined;
    return { value: this.#answers[this.#taken++] };
  }

  get runId(): string {
    return this.#run.id.text;
  }

  get context(): HostContext {
    return this.#run.context;
  }

  /** Of the run; `undefined` when the run is over. */
  get nesting(): number | undefined {
    return this.#run.signal.ended ? undefined : this.#run.nesting;
  }

  /** Throws what the signal fires with when nobody waits for this call any more. */
  throwIfOver(): void {
    for (const one of [this.#run.signal, this.#own]) if (one?.ended) throw one.reason;
  }

  get signal(): AbortSignal {
    // A signal outlives its call on purpose: work a function left behind is told when the run ends.
    this.#signal ??= this.#own
      ? AbortSignal.any([this.#run.signal.signal, this.#own.signal])
      : this.#run.signal.signal;
    return this.#signal;
  }

  /**
   * Where this call is found after an `await` too: in the asynchronous context of its run. Kept, because Node makes a new map of
   * everybody's contexts for each `run` of a storage.
   */
  get place(): Place {
    this.#place ??= storage.run(
      this,
      () => new AsyncResource("isobind.call", { requireManualDestroy: true }),
    );
    return this.#place;
  }

  /** The binding's own time is over. */
  timeOut(reason: () => unknown): void {
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
export function withAsyncCall<Result>(call: RunningCall, run: () => Result): Result {
  return call.place.runInAsyncScope(withCall<Result>, undefined, call, run);
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

export function applyAsync(call: BindingFunction, args: readonly unknown[], context: RunningCall): unknown {
  return context.place.runInAsyncScope(applySync, undefined, call, args, context);
}
