/**
 * Interprets the one kind of type that no emitter can unroll: a generic that grows with every level of a value (`type G<T> =
 * { next?: G<T[]> }`). Keeps out the explaining.
 */
import { validatorFuel } from "../model/limits.ts";
import { shape as readShape } from "../model/file/shape.ts";
import { readDeclarations } from "../model/file/registry-tables.ts";
import type { ContractData, ExcessProperties } from "../model/registry.ts";
import { remembered } from "../model/remembered.ts";
import type { Shape } from "../model/shape.ts";
import { match } from "./match.ts";
import { startWalk } from "./walk.ts";
import { Types } from "./types.ts";

/** The fuel that is left after matching `value`; negative when it does not match or the fuel is used up. */
export function matches(
  value: unknown,
  shape: ContractData,
  declarations: readonly ContractData[],
  excess: ExcessProperties,
  fuel: number = validatorFuel,
): number {
  const types = new Types(readDeclarations(declarations));
  const walk = startWalk(types, excess, "guest");
  walk.fuel = fuel;
  return match(walk, types.of(shapeOf(shape)), value) === null ? walk.fuel : -1;
}

/** Emitted code hands over the same constant at every call. */
function shapeOf(data: ContractData): Shape {
  return remembered(shapes, data, () => readShape(data, "shape"));
}

const shapes = new WeakMap<ContractData, Shape>();
