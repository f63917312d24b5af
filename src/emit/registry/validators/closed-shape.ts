/**
 * Makes a type one shape without type parameters: each is replaced by what it stands for.
 */
import { mapParts } from "../../../model/parts.ts";
import type { Shape } from "../../../model/shape.ts";
import type { Bound, Scope, Type, Types } from "../../../validation/types.ts";

export function closedShape(types: Types, type: Type): Shape {
  const shapes = type.bounds.map((bound: Bound) => substitute(types, bound.shape, bound.scope));
  const [only] = shapes;
  return only !== undefined && shapes.length === 1 ? only : { kind: "intersection", members: shapes };
}

/** What a value of it is checked against, so without what lives in the type only. */
function substitute(types: Types, shape: Shape, scope: Scope): Shape {
  const of = (part: Shape): Shape => substitute(types, part, scope);
  if (shape.kind === "parameter") return closedShape(types, types.of(shape, scope));
  if (shape.kind === "brand") return of(shape.base);
  if (shape.kind === "deferred") return of(shape.constraint);
  return mapParts(shape, of);
}
