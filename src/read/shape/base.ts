/**
 * Finds what a class or interface extends, and what its instances arrive as because of that. An error class arrives as an
 * error, a class that extends `Map` as a `Map`; one that extends a stream cannot cross.
 */
import type { Lossy, Shape } from "../../model/shape.ts";
import type { TypeUse } from "../frontend/frontend.ts";
import type { Lowering, Scope, ViewOf } from "../lowering.ts";
import { arrayShape } from "./array.ts";
import { customErrorShape, withArticle } from "./error.ts";
import { globalOf } from "./global.ts";
import { refusals, type Refusal } from "./host.ts";
import { isError } from "./language.ts";
import { dataProperties } from "./property.ts";
import { orUndefined } from "./union.ts";
import { notClonable, unresolved } from "./unsupported.ts";

/** A longer chain of classes is a loop. */
const maxAncestors = 64;

/** What an instance arrives as because of what it extends; `null` when it is plain data. */
export function extendedShape(
  lowering: Lowering,
  use: TypeUse,
  view: ViewOf<"object">,
  scope: Scope,
): Shape | null {
  const refused = refusedBase(lowering, use);
  if (refused) return notClonable(lowering, use, refused.reason, refused.help);
  for (const base of ancestors(lowering, use)) {
    const baseView = lowering.frontend.view(base);
    if (baseView.kind === "unresolved") return unresolved(lowering, base, baseView);
    if (baseView.kind === "array") return extendedArray(lowering, { use, view, base, baseView }, scope);
    if (baseView.kind !== "object" || baseView.library === null) continue;
    if (isError(baseView.name)) return customErrorShape(lowering, use, view.name, baseView.name, scope);
    const global = globalOf(lowering, base, baseView);
    if (!global) continue;
    const shape = global(lowering, base, baseView, scope);
    const name = globalName(shape);
    if (name === null) return shape;
    const own = ownProperties(lowering, use, base);
    return { ...shape, ...lossyOf(view, name, own.length > 0 ? ["its own properties"] : []) };
  }
  return null;
}

/** What an instance arrives as; `null` for what is no instance of one class. */
function globalName(shape: Shape): string | null {
  if (shape.kind === "map") return "Map";
  if (shape.kind === "set") return "Set";
  return shape.kind === "builtin" ? shape.name : null;
}

interface ExtendedArray {
  readonly use: TypeUse;
  readonly view: ViewOf<"object">;
  readonly base: TypeUse;
  readonly baseView: ViewOf<"array">;
}

/** Structured clone keeps named properties of an array beside its elements. */
function extendedArray(
  lowering: Lowering,
  { use, view, base, baseView }: ExtendedArray,
  scope: Scope,
): Shape {
  const array = { ...arrayShape(lowering, baseView, scope), ...lossyOf(view, "Array", []) };
  const own = new Set(ownProperties(lowering, use, base));
  if (own.size === 0) return array;
  const { properties } = dataProperties(lowering, use, scope);
  const beside = properties
    .filter(({ name }) => own.has(name))
    // What the engine makes says `undefined` where its typings say absent: the `groups` of a match.
    .map((property) =>
      property.optional && view.library === "es"
        ? { ...property, shape: orUndefined(property.shape) }
        : property,
    );
  return { kind: "intersection", members: [array, { kind: "object", properties: beside, index: [] }] };
}

/** Names of the data that a type has and its base has not. */
function ownProperties({ frontend }: Lowering, use: TypeUse, base: TypeUse): string[] {
  const inherited = new Set(frontend.properties(base.type).map(({ name }) => name));
  return frontend
    .properties(use.type)
    .filter(
      ({ name, symbol, onPrototype, hidden }) => !symbol && !onPrototype && !hidden && !inherited.has(name),
    )
    .map(({ name }) => name);
}

/** Of an interface only what its data loses: nobody told it apart from its base by a class. */
function lossyOf(view: ViewOf<"object">, base: string, losses: readonly string[]): { lossy?: Lossy } {
  const itsClass = view.form === "class" ? [`its class (it arrives as ${withArticle(base)})`] : [];
  const all = [...itsClass, ...losses];
  return all.length === 0 ? {} : { lossy: { from: view.name, loses: all.join(" and ") } };
}

/** Why a class cannot cross, if it is because of what it extends. */
export function refusedBase(lowering: Lowering, use: TypeUse): Refusal | null {
  for (const base of ancestors(lowering, use)) {
    const view = lowering.frontend.view(base);
    if (view.kind !== "object" || view.library === null) continue;
    const refusal = refusals.get(view.name);
    if (refusal) return refusal;
  }
  return null;
}

/** Nearest first. */
function ancestors(lowering: Lowering, use: TypeUse): TypeUse[] {
  const found: TypeUse[] = [];
  const pending = [...lowering.frontend.bases(use.type)];
  for (let type = pending.shift(); type && found.length < maxAncestors; type = pending.shift()) {
    found.push({ type, node: null });
    pending.push(...lowering.frontend.bases(type));
  }
  return found;
}
