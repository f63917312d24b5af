/**
 * Settles what only types speak of: tags of brands, bounds of type parameters, type arguments that no value holds. No value
 * of them crosses, so rules do not judge them; but a declaration has to print them.
 *
 * `number & { Positive: unique symbol }` -> `number & { Positive: "typeof Positive" }`
 */
import type { ContractGlobals, Leaf, Namespace, ScriptKind } from "../model/contract.ts";
import { mapParts, partsOf } from "../model/parts.ts";
import { remembered } from "../model/remembered.ts";
import type { Shape } from "../model/shape.ts";
import {
  boundsOf,
  declarationShapesOf,
  globalShapesOf,
  mapGlobals,
  mapLeaf,
  mapScript,
  mapSignatures,
  scriptShapesOf,
} from "../model/signatures.ts";
import { valuesOf, type Values } from "../model/values.ts";
import { contractShapesOf, mapLeaves, walkLeaves } from "../model/walk.ts";
import { findBrokenBounds, leafParameters, settleBounds, withoutUnsupported } from "./bounds.ts";
import type { Declarations, Draft } from "./declarations.ts";

/** The same type where nothing but types looks at it: what has no values that cross is told apart by its text. */
export function asType(shape: Shape): Shape {
  if (shape.kind === "unsupported") return { kind: "literal", type: "string", value: shape.type };
  return mapParts(shape, asType);
}

/** What types are read for: the tree, what scripts are, and their globals. */
export interface Typed {
  readonly root: Namespace;
  readonly scripts: readonly ScriptKind[];
  readonly globals: ContractGlobals | null;
}

/** The same with what its types say beside values settled, and the same done to the drafts it reaches. */
export function settleTypeOnly({ root: tree, scripts, globals }: Typed, declarations: Declarations): Typed {
  const { drafts } = declarations;
  const values = valuesOf(drafts);
  const leaves = [...walkLeaves(tree)];
  const held = values.reachedFrom([
    ...leaves.flatMap(heldShapes),
    ...scripts.flatMap(scriptShapesOf),
    ...(globals === null ? [] : globalShapesOf(globals)),
  ]);
  for (const [token, draft] of drafts) {
    if (draft.shape && !held.has(token)) draft.shape = withoutUnsupported(draft.shape);
  }
  for (const draft of drafts.values())
    settleBounds(draft, declarations, (shape) => !meetsUnsupported(shape, values, drafts));
  const bounded = mapLeaves(tree, (leaf) =>
    mapSignatures(leaf, (signature) => ({
      ...signature,
      typeParameters: leafParameters(signature.typeParameters),
    })),
  );

  const printed = contractShapesOf({ root: bounded, scripts, ...(globals && { globals }) });
  for (const shape of [...printed, ...[...drafts.values()].flatMap(draftShapes)])
    findBrokenBounds(shape, declarations);
  const judged = values.reachedFrom(printed);
  for (const [token, draft] of drafts) {
    if (!draft.shape) continue;
    draft.shape = judged.has(token) ? withArguments(draft.shape, values) : asType(draft.shape);
  }
  const settled = (shape: Shape): Shape => withArguments(shape, values);
  return {
    root: mapLeaves(bounded, (leaf) => mapLeaf(leaf, settled)),
    scripts: scripts.map((script) => mapScript(script, settled)),
    globals: globals && mapGlobals(globals, settled),
  };
}

function heldShapes({ signatures, throws }: Leaf): Shape[] {
  return [
    ...signatures.flatMap(({ parameters, result }) => [...parameters.map(({ shape }) => shape), result]),
    ...throws.map(({ shape }) => shape),
  ];
}

function draftShapes({ shape, typeParameters }: Draft): readonly Shape[] {
  return shape
    ? declarationShapesOf({ name: "", kind: "alias", typeParameters, shape })
    : typeParameters.flatMap(boundsOf);
}

function meetsUnsupported(shape: Shape, values: Values, drafts: ReadonlyMap<string, Draft>): boolean {
  const has = (part: Shape): boolean =>
    part.kind === "unsupported" || values.partsOf(part).some((inner) => has(inner.shape));
  const bodies = [...values.reachedFrom([shape])].flatMap((token) => drafts.get(token)?.shape ?? []);
  return [shape, ...bodies].some(has);
}

/** Type arguments that no value holds, as types; of alternatives those that cross, as their bound has them. */
function withArguments(shape: Shape, values: Values): Shape {
  if (!hasArguments(shape)) return shape;
  const inner = mapParts(shape, (part) => withArguments(part, values));
  if (inner.kind !== "reference") return inner;
  const held = new Set(values.partsOf(inner).map((part) => part.shape));
  return {
    ...inner,
    typeArguments: inner.typeArguments.map((argument) =>
      held.has(argument) ? argument : asType(withoutUnsupported(argument)),
    ),
  };
}

/** Whether a type argument stands anywhere in it: in most shapes none does. */
function hasArguments(shape: Shape): boolean {
  return remembered(
    withSome,
    shape,
    () =>
      (shape.kind === "reference" && shape.typeArguments.length > 0) ||
      partsOf(shape).some((part) => hasArguments(part.shape)),
  );
}

/** Shapes are never changed in place. */
const withSome = new WeakMap<Shape, boolean>();
