/**
 * Bodies: lowers the waiting declarations, up to a budget for each leaf. A type that drags in more than anybody would read is
 * replaced where the leaf mentions it, with the `Pick<>` that would do.
 */
import type { Shape } from "../../contract/shape.ts";
import type { Draft, Pending } from "./declarations.ts";
import { lower, lowerBody, outerScope, type Lowering, type Scope } from "./lowering.ts";
import { lowerTypeParameters, parameterNames } from "./signature.ts";

/** Lowers one waiting body. */
export function lowerPending(lowering: Lowering, { draft, named, generic }: Pending): void {
  const parameters = parameterNames(generic ? named.typeParameters : []);
  const self: Shape = {
    kind: "reference",
    name: draft.token,
    typeArguments: [...parameters.values()].map((name) => ({ kind: "parameter", name })),
  };
  const scope: Scope = {
    ...outerScope,
    parameters,
    generic: generic ? named.key : null,
    self,
    hint: named.name.at(-1) ?? "",
  };
  const use = generic ? named.declared : named.instance;
  draft.typeParameters = lowerTypeParameters(lowering, generic ? named.typeParameters : [], scope);
  draft.shape = named.kind === "enum" ? enumBody(lowering, use, scope) : lowerBody(lowering, use, scope);
}

/** An enum has no run-time object in a script whose types are stripped: its members are declared as a literal union. */
function enumBody(lowering: Lowering, use: Parameters<typeof lowerBody>[1], scope: Scope): Shape {
  const view = lowering.frontend.view(use);
  if (view.kind !== "union") return lowerBody(lowering, use, scope);
  const members = view.members.map((member) => lower(lowering, member.use, scope));
  return { kind: "union", members };
}

export function isLowered(draft: Draft): draft is Draft & { shape: Shape } {
  return draft.shape !== null;
}
