/**
 * Evaluates the modules of a run in the order ECMAScript says: who waits, who has ended, and who has failed. The order is that of `InnerModuleEvaluation`
 * and `AsyncModuleExecutionFulfilled` of the standard.
 *
 * Self-contained: part of the prelude.
 */
import type { Primordials } from "../../crossing/primordials.ts";
import type { ModuleEntries } from "./module-entries.ts";
import type { ModulePlan, PlannedModule } from "./module-plan.ts";

/** Evaluates a module and all it names. Calls one of the two, once. */
export type Evaluate = (module: number, done: () => void, failed: (error: unknown) => void) => void;

export function makeEvaluation(p: Primordials, plan: ModulePlan, entries: ModuleEntries): Evaluate {
  // States of a module. `waiting`: it waits for one it names, or at its own top level.
  const fresh = 0;
  const waiting = 1;
  const ended = 2;
  const broken = 3;

  interface Running {
    state: number;
    /** Its place in the order in which modules began to be evaluated. */
    turn: number;
    /** How many of those it names it waits for. */
    pending: number;
    readonly waiters: number[];
    error: unknown;
    readonly listeners: { done: () => void; failed: (error: unknown) => void }[];
  }

  const running = p.list<Running>();
  /** Of each circle the module that ended last: who waits for one of them waits for it. */
  const roots = p.list<number>();
  let turns = 0;

  function planned(module: number): PlannedModule {
    return plan.modules[module] as PlannedModule;
  }

  function at(module: number): Running {
    return running[module] as Running;
  }

  function runNow(module: number): void {
    entries.now(module);
    at(module).state = ended;
    tell(module);
  }

  function runLater(module: number): void {
    let end: unknown;
    try {
      end = entries.later(module);
    } catch (error) {
      // An asynchronous function only throws when there is no stack left to call it.
      return fail(module, error);
    }
    p.promiseThen(
      end as object,
      () => {
        succeed(module);
      },
      (error) => {
        fail(module, error);
      },
    );
  }

  /** A module that waited has ended: those that wait for it alone go on, in the order in which they began to wait. */
  function succeed(module: number): void {
    if (at(module).state === broken) return;
    at(module).state = ended;
    tell(module);
    const byTurn = p.list<number>();
    const stack = p.list<number>();
    stack[0] = module;
    let size = 1;
    while (size > 0) {
      const { waiters } = at(stack[--size] as number);
      for (let i = 0; i < waiters.length; i++) {
        const waiter = waiters[i] as number;
        const one = at(waiter);
        if (one.state !== waiting || --one.pending > 0) continue;
        byTurn[one.turn] = waiter;
        if (!planned(waiter).isAsync) stack[size++] = waiter;
      }
    }
    for (let turn = 0; turn < byTurn.length; turn++) {
      const next = byTurn[turn];
      if (next === undefined || at(next).state !== waiting) continue;
      if (planned(next).isAsync) runLater(next);
      else {
        try {
          runNow(next);
        } catch (error) {
          fail(next, error);
        }
      }
    }
  }

  /** A module has failed, and with it all that wait for it. */
  function fail(module: number, error: unknown): void {
    const stack = p.list<number>();
    stack[0] = module;
    let size = 1;
    while (size > 0) {
      const failed = stack[--size] as number;
      const one = at(failed);
      if (one.state === broken) continue;
      one.state = broken;
      one.error = error;
      for (let i = 0; i < one.waiters.length; i++) stack[size++] = one.waiters[i] as number;
      tell(failed);
    }
  }

  function tell(module: number): void {
    const { state, error, listeners } = at(module);
    for (let i = 0; i < listeners.length; i++) {
      const listener = listeners[i] as Running["listeners"][number];
      if (state === ended) listener.done();
      else listener.failed(error);
    }
    listeners.length = 0;
  }

  /** Begins one module whose own have all begun. Throws what it throws, or what one it names has thrown. */
  function begin(module: number): void {
    const one = at(module);
    const { wanted, circle, isAsync } = planned(module);
    for (let i = 0; i < wanted.length; i++) {
      const named = wanted[i] as number;
      const other = planned(named).circle;
      const root = other === circle ? named : (roots[other] as number);
      if (at(root).state === broken) throw at(root).error;
      if (at(root).state !== waiting) continue;
      at(root).waiters[at(root).waiters.length] = module;
      one.pending++;
    }
    one.turn = turns++;
    if (one.pending > 0) one.state = waiting;
    else if (isAsync) {
      one.state = waiting;
      runLater(module);
    } else runNow(module);
  }

  function evaluateFrom(module: number, done: () => void, failed: (error: unknown) => void): void {
    const order = plan.orders[module] as readonly number[];
    const one = at(module);
    for (let i = 0; i < order.length; i++) {
      const next = order[i] as number;
      if (at(next).state !== fresh) continue;
      roots[planned(next).circle] = next;
      try {
        begin(next);
      } catch (error) {
        // Those that would have come after it are not evaluated at all, and those of its circle have failed with it.
        const { circle } = planned(next);
        for (let j = 0; j < order.length; j++) {
          const other = order[j] as number;
          if (planned(other).circle === circle || other === module) fail(other, error);
        }
        break;
      }
    }
    if (one.state === ended) done();
    else if (one.state === broken) failed(one.error);
    else one.listeners[one.listeners.length] = { done, failed };
  }

  for (let i = 0; i < plan.modules.length; i++) {
    running[i] = {
      state: fresh,
      turn: 0,
      pending: 0,
      waiters: p.list(),
      error: undefined,
      listeners: p.list(),
    };
  }
  return evaluateFrom;
}
