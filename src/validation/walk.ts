/**
 * Holds what the interpreter remembers on its way through a value: how much work is left, how deep it is, and which pairs of
 * value and type it has met.
 */
import { validatorFuel } from "../model/limits.ts";
import type { ExcessProperties } from "../model/registry.ts";
import { remembered } from "../model/remembered.ts";
import type { Type, Types } from "./types.ts";

export interface Walk {
  readonly types: Types;
  readonly excess: ExcessProperties;
  /**
   * `guest`: arguments. What matches is small enough to be walked: shared values count each time they are reached.
   * `host`: results, which the host vouches for: of any size, each pair of value and type looked at once.
   */
  readonly trust: "guest" | "host";
  fuel: number;
  /** Steps the emitted validator had. */
  readonly steps: number;
  depth: number;
  /** Pairs on the way from the outermost value to here: meeting one again is a cycle, and says nothing new. */
  readonly active: Map<object, Set<Type>>;
  /** Pairs known to match. */
  readonly proven: Map<object, Set<Type>>;
  /** What to forget when a member of a union did not match after all. */
  readonly trail: [object, Type][];
}

/** `steps`: what the emitted validator could take of a guest's arguments. */
export function startWalk(
  types: Types,
  excess: ExcessProperties,
  trust: Walk["trust"],
  steps: number = validatorFuel,
): Walk {
  // A union may try a part of the value several times before the emitted validator gave up: some more than its own steps.
  const fuel = trust === "guest" ? 3 * validatorFuel + steps : Infinity;
  return { types, excess, trust, fuel, steps, depth: 0, active: new Map(), proven: new Map(), trail: [] };
}

export function has(map: Map<object, Set<Type>>, value: object, type: Type): boolean {
  return map.get(value)?.has(type) === true;
}

export function add(map: Map<object, Set<Type>>, value: object, type: Type): void {
  remembered(map, value, () => new Set()).add(type);
}
