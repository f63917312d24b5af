/** Refuses functions and classes, which have no structured clone. */
import type { Shape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import type { Lowering, ViewOf } from "../lowering.ts";
import { notClonable } from "./unsupported.ts";

export function callableShape(lowering: Lowering, use: TypeUse, view: ViewOf<"callable">): Shape {
  return view.constructs
    ? notClonable(lowering, use, "a class has no structured clone", "Offer a binding that creates the data.")
    : notClonable(
        lowering,
        use,
        "a function has no structured clone",
        "Return the data instead, or offer the function as a binding of its own.",
      );
}
