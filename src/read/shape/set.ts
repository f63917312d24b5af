/** Lowers `Set<T>` and `ReadonlySet<T>`. */
import type { Shape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope, type ViewOf } from "../lowering.ts";

export function setShape(lowering: Lowering, _use: TypeUse, view: ViewOf<"object">, scope: Scope): Shape {
  const [element] = view.typeArguments.map((argument) => lower(lowering, argument, scope));
  return { kind: "set", element: element ?? { kind: "unknown" }, readonly: view.name === "ReadonlySet" };
}
