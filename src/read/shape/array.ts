/** Lowers `T[]` and `readonly T[]`. */
import type { Shape } from "../../model/shape.ts";
import { lower, type Lowering, type Scope, type ViewOf } from "../lowering.ts";

export function arrayShape(lowering: Lowering, view: ViewOf<"array">, scope: Scope): Shape {
  return { kind: "array", element: lower(lowering, view.element, scope), readonly: view.readonly };
}
