/**
 * A type as one shape without type parameters: each is replaced by what it stands for.
 */
import type { Shape } from "../../../../contract/shape.ts";
import type { Bound, Scope, Type, Types } from "../../../../contract/validate/types.ts";

export function closedShape(types: Types, type: Type): Shape {
  const shapes = type.bounds.map((bound: Bound) => substitute(types, bound.shape, bound.scope));
  const [only] = shapes;
  return only !== undefined && shapes.length === 1 ? only : { kind: "intersection", members: shapes };
}

function substitute(types: Types, shape: Shape, scope: Scope): Shape {
  const of = (part: Shape): Shape => substitute(types, part, scope);
  switch (shape.kind) {
    case "parameter":
      return closedShape(types, types.of(shape, scope));
    case "array":
    case "set":
      return { ...shape, element: of(shape.element) };
    case "tuple":
      return {
        ...shape,
        elements: shape.elements.map((element) => ({ ...element, shape: of(element.shape) })),
      };
    case "object":
      return {
        ...shape,
        properties: shape.properties.map((property) => ({ ...property, shape: of(property.shape) })),
        index: shape.index.map((signature) => ({ ...signature, value: of(signature.value) })),
      };
    case "error":
      return {
        ...shape,
        properties: shape.properties.map((property) => ({ ...property, shape: of(property.shape) })),
      };
    case "map":
      return { ...shape, key: of(shape.key), value: of(shape.value) };
    case "union":
    case "intersection":
      return { ...shape, members: shape.members.map(of) };
    case "cased":
      return { ...shape, base: of(shape.base) };
    case "brand":
      return of(shape.base);
    case "deferred":
      return of(shape.constraint);
    case "template":
      return { ...shape, slots: shape.slots.map(of) };
    case "reference":
      return { ...shape, typeArguments: shape.typeArguments.map(of) };
    default:
      return shape;
  }
}
