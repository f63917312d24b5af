/**
 * Lowers type parameters. One of the enclosing signature or declaration keeps its name; any other (of a type around it, or
 * `this`) stands for its constraint.
 */
import type { Shape } from "../../model/shape.ts";
import { partsOf } from "../../model/parts.ts";
import { lower, type Lowering, type Scope, type ViewOf } from "../lowering.ts";

export function parameterShape(lowering: Lowering, view: ViewOf<"parameter">, scope: Scope): Shape {
  if (view.isThis && scope.self) return scope.self;
  const name = scope.parameters.get(view.parameter);
  if (name !== undefined) return { kind: "parameter", name };
  // A parameter nobody here declares: the body computes with it, so it cannot stay generic.
  if (scope.generic) lowering.declarations.found.add(scope.generic);
  return view.constraint && !view.isThis ? lower(lowering, view.constraint, scope) : { kind: "unknown" };
}

/** True when a type parameter of the signature occurs in the shape. */
export function mentionsParameter(shape: Shape): boolean {
  if (shape.kind === "parameter") return true;
  if (shape.kind === "deferred") return true;
  return partsOf(shape).some((part) => mentionsParameter(part.shape));
}
