/**
 * Lowers declarations, each when something reaches it: a type that nobody mentions costs nothing.
 */
import { referencesOf } from "../model/parts.ts";
import type { Shape } from "../model/shape.ts";
import { boundsOf } from "../model/signatures.ts";
import type { Draft } from "./declarations.ts";
import type { TypeUse } from "./frontend/frontend.ts";
import { lower, lowerBody, lowerWhole, outerScope, type Lowering, type Scope } from "./lowering.ts";
import { lowerTypeParameters, parameterNames } from "./signature.ts";

export interface Reach {
  /** Declarations, by their tokens. */
  readonly found: ReadonlySet<string>;
  /** One of them has no end. */
  readonly isGrowing: boolean;
}

/** All declarations that shapes reach, lowered on the way; stops when there are more than `limit`, and at one that has no end. */
export function reach(lowering: Lowering, shapes: readonly Shape[], limit: number): Reach {
  const found = new Set<string>();
  const pending = shapes.flatMap((shape) => [...referencesOf(shape)]);
  for (let token = pending.shift(); token !== undefined && found.size <= limit; token = pending.shift()) {
    if (found.has(token)) continue;
    found.add(token);
    const draft = lowering.declarations.drafts.get(token);
    if (!draft) throw new Error("A reference to a declaration that was never made.");
    const shape = lowerDraft(lowering, draft);
    if (draft.isGrowing === true) return { found, isGrowing: true };
    for (const part of [shape, ...draft.typeParameters.flatMap(boundsOf)])
      pending.push(...referencesOf(part));
  }
  return { found, isGrowing: false };
}

function lowerDraft(lowering: Lowering, draft: Draft): Shape {
  if (draft.shape) return draft.shape;
  if (!draft.origin) throw new Error("An unnamed recursive type was left open.");
  const { named, generic } = draft.origin;
  const parameters = parameterNames(generic ? named.typeParameters : []);
  const isComputing = lowering.declarations.computing.has(named.key);
  const use = generic ? named.declared : named.instance;
  const scope: Scope = {
    ...outerScope,
    parameters,
    // One that is mentioned by the text of a generic leaf is kept generic, computing or not.
    generic: generic && !isComputing ? named.key : null,
    definition: use.type,
    self: {
      kind: "reference",
      name: draft.token,
      typeArguments: [...parameters.values()].map((name) => ({ kind: "parameter", name })),
    },
    hint: named.name.at(-1) ?? "",
  };
  draft.typeParameters = generic ? lowerTypeParameters(lowering, named.typeParameters, scope) : [];
  draft.shape = lowerWhole(lowering, use, () =>
    named.kind === "enum" ? enumBody(lowering, use, scope) : lowerBody(lowering, use, scope),
  );
  if (lowering.endless === "growing") draft.isGrowing = true;
  return draft.shape;
}

/** An enum has no run-time object in a script whose types are stripped: its members are declared as a literal union. */
function enumBody(lowering: Lowering, use: TypeUse, scope: Scope): Shape {
  const { frontend } = lowering;
  const values = frontend.enumValues(use.type);
  if (values.length < 2) return lowerBody(lowering, use, scope);
  const members = values.map((value) => lower(lowering, value, scope));
  // A member that is computed when the enum is made may have any number.
  return members.every(({ kind }) => kind === "literal") ? { kind: "union", members } : { kind: "number" };
}
