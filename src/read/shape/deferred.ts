/**
 * Lowers types that compute with a type parameter, such as `T[K]`. Inside a generic declaration that is a reason to declare
 * each instantiation by itself; in a generic leaf it is kept as the text TypeScript prints and checked against its widest
 * form.
 */
import type { Shape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope } from "../lowering.ts";
import { mappedConstraint } from "./mapped.ts";
import { mentionsParameter } from "./parameter.ts";
import { mayBeMissing } from "./property.ts";
import { unionOf } from "../../model/union.ts";
import { orUndefined } from "./union.ts";

export function deferredShape(lowering: Lowering, use: TypeUse, scope: Scope): Shape {
  const { frontend, declarations } = lowering;
  if (scope.generic) {
    declarations.found.add(scope.generic);
    return { kind: "unknown" };
  }
  // What it computes with stands for its constraint from here on.
  const inside: Scope = { ...scope, parameters: new Map() };
  const bound = frontend.constraint(use.type);
  const lowered: Shape =
    (bound ? lowerBound(lowering, bound, inside) : mappedConstraint(lowering, use, inside)) ??
    ({ kind: "unknown" } as const);
  const constraint: Shape = mentionsParameter(lowered) ? { kind: "unknown" } : clonable(lowered);
  const pieces = frontend.pieces(use.type, use.type === scope.definition);
  if (!pieces) return constraint;
  const references: string[] = [];
  const text = pieces.map((piece) => {
    if (piece.kind === "text") return piece.text;
    if (piece.kind === "parameter") return scope.parameters.get(piece.parameter) ?? piece.name;
    const token = declarations.declare(piece.named, piece.named.typeParameters.length > 0);
    references.push(token);
    return token;
  });
  return { kind: "deferred", text: text.join(""), constraint, references: [...new Set(references)] };
}

/** `User[K]` of an optional property is `undefined` where that is missing. */
function lowerBound(lowering: Lowering, bound: TypeUse, scope: Scope): Shape {
  const shape = lower(lowering, bound, scope);
  return !scope.isMapped && mayBeMissing(lowering, bound) ? orUndefined(shape) : shape;
}

/** Of `keyof T`, symbols cannot be sent anyway; that is no finding about the author's type. */
function clonable(shape: Shape): Shape {
  return shape.kind === "union" ? unionOf(shape.members.filter(({ kind }) => kind !== "unsupported")) : shape;
}
