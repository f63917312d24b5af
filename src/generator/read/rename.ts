/**
 * Rename: the same shape with the final names of the declarations it mentions, and of the type parameters around it.
 */
import type { TypeParameter } from "../../contract/contract.ts";
import type { ObjectShape, Property, Shape } from "../../contract/shape.ts";
import { tokens } from "./declarations.ts";

export interface NameOf {
  (token: string): string;
  /** The name of a type parameter; as it is, when absent. */
  readonly parameter?: (name: string) => string;
}

export function renameParameter(parameter: TypeParameter, nameOf: NameOf): TypeParameter {
  return {
    ...parameter,
    constraint: parameter.constraint && rename(parameter.constraint, nameOf),
    default: parameter.default && rename(parameter.default, nameOf),
  };
}

export function rename(shape: Shape, nameOf: NameOf): Shape {
  const each = (shapes: readonly Shape[]): Shape[] => shapes.map((part) => rename(part, nameOf));
  switch (shape.kind) {
    case "reference":
      return { kind: "reference", name: nameOf(shape.name), typeArguments: each(shape.typeArguments) };
    case "deferred":
      return {
        ...shape,
        text: renameText(shape.text, nameOf),
        constraint: rename(shape.constraint, nameOf),
        references: shape.references.map(nameOf),
      };
    case "array":
    case "set":
      return { ...shape, element: rename(shape.element, nameOf) };
    case "map":
      return { ...shape, key: rename(shape.key, nameOf), value: rename(shape.value, nameOf) };
    case "tuple":
      return {
        ...shape,
        elements: shape.elements.map((element) => ({ ...element, shape: rename(element.shape, nameOf) })),
      };
    case "union":
    case "intersection":
      return { ...shape, members: each(shape.members) };
    case "brand":
      return { ...shape, base: rename(shape.base, nameOf), tag: renameObject(shape.tag, nameOf) };
    case "object":
      return renameObject(shape, nameOf);
    case "error":
      return { ...shape, properties: renameProperties(shape.properties, nameOf) };
    case "cased":
      return { ...shape, base: rename(shape.base, nameOf) };
    case "template":
      return { ...shape, slots: each(shape.slots) };
    case "parameter":
      return nameOf.parameter ? { ...shape, name: nameOf.parameter(shape.name) } : shape;
    default:
      return shape;
  }
}

function renameObject(shape: ObjectShape, nameOf: NameOf): ObjectShape {
  return {
    ...shape,
    properties: renameProperties(shape.properties, nameOf),
    index: shape.index.map((signature) => ({ ...signature, value: rename(signature.value, nameOf) })),
  };
}

function renameProperties(properties: readonly Property[], nameOf: NameOf): Property[] {
  return properties.map((property) => ({ ...property, shape: rename(property.shape, nameOf) }));
}

/** In printed text a type parameter is a word of its own, not a member's name or part of a string. */
function renameText(text: string, nameOf: NameOf): string {
  const { parameter } = nameOf;
  const named = text.replace(tokens, nameOf);
  if (!parameter) return named;
  return named.replace(
    /"(?:[^"\\]|\\.)*"|(?<![\w$]|[\w$)\]]\.)[\p{ID_Start}$_][\p{ID_Continue}$]*(?!\s*\??:)/gu,
    (word) => (word.startsWith('"') ? word : parameter(word)),
  );
}
