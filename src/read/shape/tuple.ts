/** Lowers `[a: string, b?: number, ...rest: boolean[]]`. Labels are kept when every element has one. */
import type { Shape } from "../../model/shape.ts";
import { lower, type Lowering, type Scope, type ViewOf } from "../lowering.ts";

export function tupleShape(lowering: Lowering, view: ViewOf<"tuple">, scope: Scope): Shape {
  const labelled = view.elements.every(({ label }) => label !== null);
  return {
    kind: "tuple",
    elements: view.elements.map(({ label, use, quantity }) => ({
      label: labelled ? label : null,
      shape: lower(lowering, use, scope),
      quantity,
    })),
    readonly: view.readonly,
  };
}
