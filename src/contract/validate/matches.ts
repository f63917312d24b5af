/**
 * The interpreter for the one kind of type no emitter can unroll: a generic that grows with every level of a value
 * (`type G<T> = { next?: G<T[]> }`). Keeps out the explaining.
 */
import { validatorFuel } from "../limits.ts";
import type { ExcessProperties, RegistryDeclaration } from "../registry.ts";
import type { Shape } from "../shape.ts";
import { match } from "./match.ts";
import { startWalk } from "./walk.ts";
import { Types } from "./types.ts";

/** The fuel that is left after matching `value`; negative when it does not match or the fuel is used up. */
export function matches(
  value: unknown,
  shape: Shape,
  declarations: readonly RegistryDeclaration[],
  excess: ExcessProperties,
  fuel: number = validatorFuel,
): number {
  const types = new Types(declarations);
  const walk = startWalk(types, excess, "guest");
  walk.fuel = fuel;
  return match(walk, types.of(shape), value) === null ? walk.fuel : -1;
}
