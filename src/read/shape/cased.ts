/** `Uppercase<string>`, `` Lowercase<`${number}`> ``: texts that a change of case leaves as they are. */
import type { Shape } from "../../model/shape.ts";
import type { TypeView } from "../frontend/frontend.ts";
import { lowerBody, type Lowering, type Scope } from "../lowering.ts";

export function casedShape(
  lowering: Lowering,
  view: Extract<TypeView, { kind: "cased" }>,
  scope: Scope,
): Shape {
  const base = lowerBody(lowering, view.base, scope);
  return { kind: "cased", casings: view.casings, base: base.kind === "template" ? base : { kind: "string" } };
}
