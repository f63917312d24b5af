/**
 * Stops a run for what its journal has found. The first reason counts; whoever has the isolate hears of it by a signal, which is aborted when the caller ends the run, too.
 */
import type { RunError } from "../result.ts";

/** Why: an error of the journal, or a call that blocks its script and waits. */
export type Stop = { readonly kind: "error"; readonly error: RunError } | { readonly kind: "suspended" };

export class Stopping {
  readonly #caller: AbortSignal;
  readonly #controller = new AbortController();
  readonly #forward = (): void => this.#controller.abort(this.#caller.reason);
  #why: Stop | null = null;
  #isOver = false;

  /** `caller`: ends the run from outside. */
  constructor(caller: AbortSignal) {
    this.#caller = caller;
    if (caller.aborted) this.#forward();
    else caller.addEventListener("abort", this.#forward, { once: true });
  }

  /** Aborted when the run is stopped here, or by its caller. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** True when nothing that the script does counts any more. */
  get isStopped(): boolean {
    return this.#why !== null;
  }

  /** True when nobody would hear an answer any more. */
  get isOver(): boolean {
    return this.#why !== null || this.#isOver || this.#caller.aborted;
  }

  /** What its caller gives to the guest side: nothing, ever. */
  stop(why: Stop): Promise<never> {
    if (!this.#isOver && this.#why === null) {
      this.#why = why;
      this.#controller.abort(why);
    }
    return never();
  }

  /** The run has ended, and is stopped no more. Gives why it was. */
  over(): Stop | null {
    this.#isOver = true;
    this.#caller.removeEventListener("abort", this.#forward);
    return this.#why;
  }
}

/** Nobody waits for it: the run is over. */
export function never(): Promise<never> {
  return new Promise(() => {});
}
