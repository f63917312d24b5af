/**
 * Counts how many calls one run still has, in all and per binding, and how many may be in flight.
 */
import { counted } from "../../model/counted.ts";
import type { RegistryLeaf } from "../../model/registry.ts";
import type { LimitsOf } from "../limits.ts";
import type { Refusal } from "./refusal.ts";

export function createBudget(
  leaves: readonly RegistryLeaf[],
  limits: Pick<LimitsOf<"host">, "calls" | "concurrency">,
) {
  // By leaf; most are never called.
  const made: (number | undefined)[] = [];
  const open: (number | undefined)[] = [];
  let calls = 0;
  let inFlight = 0;
  return {
    /** Calls that were made, refused ones included. */
    get calls(): number {
      return calls;
    },
    /** Counts one call in; a refusal when it may not start, and then nothing was taken. */
    enter(index: number): Refusal | null {
      const { name, policy } = leaves[index]!;
      calls += 1;
      if (calls > limits.calls) return exceeded(name, "calls", limits.calls, "in one run");
      if (policy.maxCalls !== undefined && (made[index] ?? 0) >= policy.maxCalls) {
        return exceeded(name, "maxCalls", policy.maxCalls, `of ${name} in one run`);
      }
      if (inFlight >= limits.concurrency) {
        return exceeded(name, "concurrency", limits.concurrency, "in flight at once");
      }
      if (policy.maxConcurrency !== undefined && (open[index] ?? 0) >= policy.maxConcurrency) {
        return exceeded(name, "maxConcurrency", policy.maxConcurrency, `of ${name} in flight at once`);
      }
      made[index] = (made[index] ?? 0) + 1;
      open[index] = (open[index] ?? 0) + 1;
      inFlight += 1;
      return null;
    },
    /** A call was made in an earlier process. `refused`: nobody had seen it. */
    recall(index: number, refused: boolean): void {
      calls += 1;
      if (!refused) made[index] = (made[index] ?? 0) + 1;
    },
    /** The call was refused before anyone saw it: it does not count against `@maxCalls`. It is still to leave. */
    takeBack(index: number): void {
      made[index]! -= 1;
    },
    /** The call has been answered. */
    leave(index: number): void {
      open[index]! -= 1;
      inFlight -= 1;
    },
  };
}

function exceeded(binding: string, limit: string, max: number, which: string): Refusal {
  return {
    class: "RangeError",
    code: "ERR_BINDING_LIMIT",
    message: `${binding} was not called: at most ${counted(max, `call ${which} is`, `calls ${which} are`)} allowed.`,
    data: { binding, limit, max },
  };
}
