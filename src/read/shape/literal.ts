/** Lowers the type of one value. `NaN` and the infinities have no literal; they stay numbers. */
import type { Shape } from "../../model/shape.ts";
import type { ViewOf } from "../lowering.ts";

export function literalShape({ shape }: ViewOf<"literal">): Shape {
  return shape.type === "number" && !Number.isFinite(shape.value) ? { kind: "number" } : shape;
}
