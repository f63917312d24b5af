/** `T[]` and `readonly T[]`. */
import type { Shape } from "../../model/shape.ts";
import type { TypeView } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope } from "../lowering.ts";

export function arrayShape(
  lowering: Lowering,
  view: Extract<TypeView, { kind: "array" }>,
  scope: Scope,
): Shape {
  return { kind: "array", element: lower(lowering, view.element, scope), readonly: view.readonly };
}
