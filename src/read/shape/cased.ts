/** Lowers `Uppercase<string>`, `` Lowercase<`${number}`> ``: texts that a change of case leaves as they are. */
import type { Shape } from "../../model/shape.ts";
import { lowerBody, type Lowering, type Scope, type ViewOf } from "../lowering.ts";

export function casedShape(lowering: Lowering, view: ViewOf<"cased">, scope: Scope): Shape {
  const base = lowerBody(lowering, view.base, scope);
  return { kind: "cased", casings: view.casings, base: base.kind === "template" ? base : { kind: "string" } };
}
