/**
 * Lowers what is known of a mapped type before its type arguments are: `Pick<T, K>` of a `T extends User` has some of the
 * properties of a `User`, and maybe others. Every value that a caller may choose fits, as long as the type parameters meet
 * their constraints.
 */
import type { IndexSignature, ObjectShape, Property, Shape } from "../../model/shape.ts";
import type { MappedView, TypeUse, TypeView } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope } from "../lowering.ts";
import { dataProperties } from "./property.ts";
import { unionOf } from "../../model/union.ts";
import { orUndefined } from "./union.ts";

/** `null` for a type that is not mapped, or of which nothing is known. */
export function mappedConstraint(lowering: Lowering, use: TypeUse, scope: Scope): Shape | null {
  const view = lowering.frontend.mapped(use.type);
  if (!view) return null;
  if (view.renames) return some([], true);
  return view.isWhole ? wholeOf(lowering, view, use, scope) : partOf(lowering, view, scope);
}

/** `Partial<T>`: of an array it makes an array, of a primitive that primitive. */
function wholeOf(lowering: Lowering, view: MappedView, use: TypeUse, scope: Scope): Shape | null {
  const bound = view.source && boundOf(lowering, view.source);
  if (bound?.view.kind === "primitive" && bound.view.name === "nonprimitive") return { kind: "nonprimitive" };
  if (!bound || !isPlain(lowering, bound.view)) return null;
  const { properties, index } = dataProperties(lowering, use, { ...scope, isMapped: true });
  const bounded = properties.map((property) => ({ ...property, shape: boundShape(property.shape) }));
  const rest = index.map((signature) => ({ ...signature, value: boundShape(signature.value) }));
  return { ...some(bounded, bound.isOpen), ...(rest.length > 0 ? { index: rest } : {}) };
}

/** `T["id"]` of a `T extends User` is some `User["id"]`. */
function boundShape(shape: Shape): Shape {
  if (shape.kind === "deferred") return shape.constraint;
  if (shape.kind !== "union") return shape;
  const members = shape.members.flatMap((member) => {
    const inner = boundShape(member);
    return inner.kind === "union" ? inner.members : [inner];
  });
  const distinct = [...new Map(members.map((member) => [JSON.stringify(member), member])).values()];
  return unionOf(distinct);
}

/** `Pick<T, K>`: any of the properties may have been left out. */
function partOf(lowering: Lowering, view: MappedView, scope: Scope): ObjectShape {
  const names = view.keys && namesIn(lower(lowering, view.keys, scope));
  if (view.values === "source") {
    const from = view.source && sourceOf(lowering, view.source, scope);
    if (!from) return some([], true);
    const wanted = from.properties.filter(({ name }) => names?.has(name) ?? true);
    return some(
      wanted.map((property) => left(property, view)),
      from.index.length > 0,
    );
  }
  const value: Shape = view.values ? lower(lowering, view.values, scope) : { kind: "unknown" };
  if (!names) return { kind: "object", properties: [], index: [{ key: "string", value, readonly: false }] };
  const named = [...names].map((name): Property => ({ name, shape: value, optional: true, readonly: false }));
  return some(
    named.map((property) => left(property, view)),
    false,
  );
}

function sourceOf(lowering: Lowering, source: TypeUse, scope: Scope): ObjectShape | null {
  const inner = mappedConstraint(lowering, source, scope);
  if (inner) return inner.kind === "object" ? inner : null;
  const bound = boundOf(lowering, source);
  if (!bound || !isPlain(lowering, bound.view)) return null;
  const { properties, index } = dataProperties(lowering, bound.use, scope);
  return { ...some(properties, bound.isOpen), ...(index.length > 0 ? { index } : {}) };
}

/** The type itself, or what a type parameter is bound by: then there may be more to it. */
function boundOf(
  { frontend }: Lowering,
  use: TypeUse,
): { readonly use: TypeUse; readonly view: TypeView; readonly isOpen: boolean } | null {
  const view = frontend.view(use);
  if (view.kind !== "parameter") return { use, view, isOpen: false };
  if (!view.constraint) return null;
  return { use: view.constraint, view: frontend.view(view.constraint), isOpen: true };
}

/** An object that a mapped type goes through key by key, and nothing but data. */
function isPlain({ frontend }: Lowering, view: TypeView): boolean {
  if (view.kind === "intersection")
    return view.members.every((member) => isPlainObject(frontend.view(member)));
  return isPlainObject(view);
}

function isPlainObject(view: TypeView): boolean {
  return view.kind === "object" && (view.library === null || view.form === "literal");
}

function some(properties: readonly Property[], isOpen: boolean): ObjectShape {
  const anything: IndexSignature = { key: "string", value: { kind: "unknown" }, readonly: false };
  return { kind: "object", properties, index: isOpen ? [anything] : [] };
}

function left(property: Property, { addsOptional }: MappedView): Property {
  const { shape } = property;
  const isOpen = !addsOptional || shape.kind === "unknown";
  return { ...property, shape: isOpen ? shape : orUndefined(shape), optional: true };
}

/** Names that keys are one of; `null` when they may be any. */
function namesIn(keys: Shape): ReadonlySet<string> | null {
  const members = keys.kind === "union" ? keys.members : [keys];
  const names = members.flatMap((member) =>
    member.kind === "literal" ? [String(member.value)] : member.kind === "unsupported" ? [] : [null],
  );
  return names.includes(null) ? null : new Set(names.filter((name) => name !== null));
}
