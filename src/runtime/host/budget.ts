/**
 * Counts how many calls one run still has, in all and per binding, and how many may be in flight.
 */
import type { RegistryLeaf } from "../../model/registry.ts";
import type { LimitsOf } from "../limits.ts";
import type { Refusal } from "./refusal.ts";

export interface Budget {
  /** Counts one call in; a refusal when it may not start, and then nothing was taken. */
  enter(index: number): Refusal | null;
  /** The call has been answered. */
  leave(index: number): void;
  /** The call was refused before anyone saw it: it does not count against `@maxCalls`. It is still to leave. */
  takeBack(index: number): void;
  /** A call was made in an earlier process. `refused`: nobody had seen it. */
  recall(index: number, refused: boolean): void;
  /** Calls that were made, refused ones included. */
  readonly calls: number;
}

export function createBudget(
  leaves: readonly RegistryLeaf[],
  limits: Pick<LimitsOf<"host">, "calls" | "concurrency">,
): Budget {
  // By leaf; most are never called.
  const made: (number | undefined)[] = [];
  const open: (number | undefined)[] = [];
  let calls = 0;
  let inFlight = 0;
  return {
    get calls() {
      return calls;
    },
    enter(index) {
      const { name, policy } = leaves[index]!;
      calls += 1;
      if (calls > limits.calls) return exceeded(name, "calls", limits.calls, "calls in one run");
      if (policy.maxCalls !== undefined && (made[index] ?? 0) >= policy.maxCalls) {
        return exceeded(name, "maxCalls", policy.maxCalls, `calls of ${name} in one run`);
      }
      if (inFlight >= limits.concurrency) {
        return exceeded(name, "concurrency", limits.concurrency, "calls in flight at once");
      }
      if (policy.maxConcurrency !== undefined && (open[index] ?? 0) >= policy.maxConcurrency) {
        return exceeded(name, "maxConcurrency", policy.maxConcurrency, `calls of ${name} in flight at once`);
      }
      made[index] = (made[index] ?? 0) + 1;
      open[index] = (open[index] ?? 0) + 1;
      inFlight += 1;
      return null;
    },
    recall(index, refused) {
      calls += 1;
      if (!refused) made[index] = (made[index] ?? 0) + 1;
    },
    takeBack(index) {
      made[index]! -= 1;
    },
    leave(index) {
      open[index]! -= 1;
      inFlight -= 1;
    },
  };
}

function exceeded(binding: string, limit: string, max: number, of: string): Refusal {
  return {
    class: "RangeError",
    code: "ERR_BINDING_LIMIT",
    message: `${binding} was not called: at most ${max} ${of} are allowed.`,
    data: { binding, limit, max },
  };
}
