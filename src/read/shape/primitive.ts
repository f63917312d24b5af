/** Lowers types without parts. `symbol` is one of them for TypeScript, and cannot cross. */
import type { Shape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import type { Lowering, ViewOf } from "../lowering.ts";
import { notClonable } from "./unsupported.ts";

export function primitiveShape(lowering: Lowering, use: TypeUse, view: ViewOf<"primitive">): Shape {
  if (view.name !== "symbol") return { kind: view.name };
  const refused = notClonable(
    lowering,
    use,
    "a symbol exists on one side only",
    "Send a string that names it.",
  );
  return { ...refused, type: lowering.declarations.ownText(use.type, refused.type) };
}
