/**
 * Brands: a tag that exists in the type only. Recognised by what no value has: a property beside a primitive, a key that is
 * a unique symbol, or a name that says so (`__brand`). `string & {}` keeps the suggestions of a union and tags nothing.
 */
import type { ObjectShape, Shape } from "../../../contract/shape.ts";
import type { TypeUse, TypeView } from "../frontend/frontend.ts";
import { lower, type Lowering, type Scope } from "../lowering.ts";

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

/**
 * The tag as an object type that can be printed: a symbol key becomes a name, and a type that no value here could have (a
 * `unique symbol`) becomes the brand's name.
 */
export function brandTag(
  lowering: Lowering,
  brand: TypeUse,
  tags: readonly TypeUse[],
  scope: Scope,
): ObjectShape {
  const value = (use: TypeUse): Shape => {
    const shape = lower(lowering, use, scope);
    if (shape.kind !== "unsupported") return shape;
    const { frontend } = lowering;
    const name = frontend.named(brand)?.name.join(".") ?? frontend.text(brand.type);
    return { kind: "literal", type: "string", value: name };
  };
  const properties = tags.flatMap((tag) =>
    lowering.frontend.properties(tag.type).map((view) => ({
      name: view.symbol
        ? `__${view.name.replace(/^[_$]+/, "").replace(/[^\p{ID_Continue}]/gu, "_")}`
        : view.name,
      shape: value(view.use),
      optional: view.optional,
      readonly: true,
    })),
  );
  return { kind: "object", properties, index: [] };
}
