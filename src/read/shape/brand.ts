/**
 * Lowers brands: types with a tag that no value has. They are recognised by what no value has: a property beside a
 * primitive, a key that is a unique symbol, or a name that says so (`__brand`). `string & {}` keeps the suggestions of a
 * union and tags nothing.
 *
 * A value has all of its tags, also where several use one key, so a second one of a key is a brand around the first:
 * `string & { __tag: A } & { __tag: B }`. An object type with both properties would be none.
 */
import { remembered } from "../../model/remembered.ts";
import type { BrandShape, ObjectShape, Property, Shape } from "../../model/shape.ts";
import type { PropertyView, TypeUse, TypeView } from "../frontend/frontend.ts";
import { freeName } from "../free-name.ts";
import { lower, type Lowering, type Scope } from "../lowering.ts";
import { asType } from "../type-only.ts";

const saysSo = /^_{1,2}(brand|tag|type|opaque|nominal|flavou?r|kind|unit)$/i;

/** True when `member` of an intersection tags the others. */
export function isTag(lowering: Lowering, use: TypeUse, view: TypeView, besidePrimitive: boolean): boolean {
  if (view.kind === "nonnullish") return besidePrimitive;
  if (view.kind !== "object" || view.form === "class" || view.library !== null) return false;
  if (besidePrimitive) return true;
  const properties = lowering.frontend.properties(use.type);
  return (
    properties.length > 0 &&
    lowering.frontend.indexes(use.type).length === 0 &&
    properties.every((property) => property.symbol || saysSo.test(property.name))
  );
}

/** The types of an intersection that is a brand. */
export interface Branded {
  readonly brand: TypeUse;
  readonly base: Shape;
  readonly tags: readonly TypeUse[];
}

export function brandShape(lowering: Lowering, { brand, base, tags }: Branded, scope: Scope): Shape {
  const [innermost = [], ...others] = layers(
    tags.flatMap((tag) => tagProperties(lowering, brand, tag, scope)),
  );
  return others.reduce<BrandShape>(
    (inner, properties) => ({ kind: "brand", base: inner, tag: tagOf(properties) }),
    { kind: "brand", base, tag: tagOf(innermost) },
  );
}

const tagOf = (properties: readonly Property[]): ObjectShape => ({ kind: "object", properties, index: [] });

/** Each property stands in the first layer that has none of its name. */
function layers(properties: readonly Property[]): readonly (readonly Property[])[] {
  const all: Property[][] = [];
  for (const property of properties) {
    const free = all.find((layer) => layer.every(({ name }) => name !== property.name));
    if (free) free.push(property);
    else all.push([property]);
  }
  return all;
}

/** The properties of a tag as they can be printed: a symbol becomes a name. */
function tagProperties(lowering: Lowering, brand: TypeUse, tag: TypeUse, scope: Scope): Property[] {
  const { frontend, declarations } = lowering;
  const value = (use: TypeUse): Shape => {
    const shape = lower(lowering, use, scope);
    if (shape.kind !== "unsupported") return asType(shape);
    // A `unique symbol`, as a rule, is said by the name of the brand.
    const name = frontend.named(brand)?.name.join(".") ?? frontend.text(brand.type);
    const isSymbol = frontend.view(use).kind === "primitive";
    const text = isSymbol ? declarations.ownText(use.type, name) : name;
    return { kind: "literal", type: "string", value: text };
  };
  return frontend.properties(tag.type).map((view) => ({
    name: keyName(lowering, view),
    shape: value(view.use),
    optional: view.optional,
    readonly: true,
  }));
}

/** Two symbols of one name stay two: `__tag` and `__tag_2`. */
function keyName({ declarations }: Lowering, { name, symbolId }: PropertyView): string {
  const { written, symbols } = declarations.brandKeys;
  if (symbolId === null) {
    written.add(name);
    return name;
  }
  return remembered(symbols, symbolId, () => {
    const plain = `__${name.replace(/^[_$]+/, "").replace(/[^\p{ID_Continue}]/gu, "_")}`;
    const taken = new Set([...written, ...symbols.values()]);
    return freeName(plain, (wished) => taken.has(wished));
  });
}
