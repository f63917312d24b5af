/** Lowers `Map<K, V>` and `ReadonlyMap<K, V>`. */
import type { Shape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope, type ViewOf } from "../lowering.ts";

export function mapShape(lowering: Lowering, _use: TypeUse, view: ViewOf<"object">, scope: Scope): Shape {
  const [key, value] = view.typeArguments.map((argument) => lower(lowering, argument, scope));
  return {
    kind: "map",
    key: key ?? { kind: "unknown" },
    value: value ?? { kind: "unknown" },
    readonly: view.name === "ReadonlyMap",
  };
}
