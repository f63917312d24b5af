/** `Set<T>` and `ReadonlySet<T>`. */
import type { Shape } from "../../model/shape.ts";
import type { TypeUse, TypeView } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope } from "../lowering.ts";

export function setShape(
  lowering: Lowering,
  _use: TypeUse,
  view: Extract<TypeView, { kind: "object" }>,
  scope: Scope,
): Shape {
  const [element] = view.typeArguments.map((argument) => lower(lowering, argument, scope));
  return { kind: "set", element: element ?? { kind: "unknown" }, readonly: view.name === "ReadonlySet" };
}
