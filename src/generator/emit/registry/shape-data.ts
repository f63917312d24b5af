/**
 * Shapes as data of the registry: what the interpreter needs, without documentation, source locations and notes.
 */
import type { Property, Shape, TupleElement } from "../../../contract/shape.ts";
import type { RegistryDeclaration } from "../../../contract/registry.ts";
import { code, type Data } from "../print/data.ts";

export function shapeData(shape: Shape): Data {
  switch (shape.kind) {
    case "literal":
      return { kind: shape.kind, type: shape.type, value: literalData(shape.value) };
    case "template":
      return { kind: shape.kind, texts: shape.texts, slots: shape.slots.map(shapeData) };
    case "array":
      return { kind: shape.kind, element: shapeData(shape.element), readonly: shape.readonly };
    case "tuple":
      return { kind: shape.kind, elements: shape.elements.map(elementData), readonly: shape.readonly };
    case "object":
      return {
        kind: shape.kind,
        properties: shape.properties.map(propertyData),
        index: shape.index.map(({ key, value, readonly }) => ({
          key: typeof key === "string" ? key : shapeData(key),
          value: shapeData(value),
          readonly,
        })),
      };
    case "map":
      return {
        kind: shape.kind,
        key: shapeData(shape.key),
        value: shapeData(shape.value),
        readonly: shape.readonly,
      };
    case "set":
      return { kind: shape.kind, element: shapeData(shape.element), readonly: shape.readonly };
    case "builtin":
      return { kind: shape.kind, name: shape.name };
    case "error":
      return { kind: shape.kind, name: shape.name, properties: shape.properties.map(propertyData) };
    case "union":
    case "intersection":
      return { kind: shape.kind, members: shape.members.map(shapeData) };
    case "brand":
      return { kind: shape.kind, base: shapeData(shape.base), tag: shapeData(shape.tag) };
    case "reference":
      return {
        kind: shape.kind,
        name: shape.name,
        typeArguments: shape.typeArguments.map(shapeData),
      };
    case "parameter":
      return { kind: shape.kind, name: shape.name };
    case "deferred":
      return {
        kind: shape.kind,
        text: shape.text,
        constraint: shapeData(shape.constraint),
        references: shape.references,
      };
    case "unsupported":
      throw new Error(`A type that cannot cross reached the emitter: ${shape.type}`);
    default:
      return { kind: shape.kind };
  }
}

/** Infinity is a literal type's value, and no literal. */
function literalData(value: string | number | boolean): Data {
  if (typeof value !== "number" || Number.isFinite(value)) return value;
  return code(value > 0 ? "Infinity" : "-Infinity");
}

function elementData({ label, shape, quantity }: TupleElement): Data {
  return { label, shape: shapeData(shape), quantity };
}

function propertyData({ name, shape, optional, readonly }: Property): Data {
  return { name, shape: shapeData(shape), optional, readonly };
}

export function typeParametersData(parameters: RegistryDeclaration["typeParameters"]): Data {
  return parameters.map(({ name, constraint, default: fallback }) => ({
    name,
    constraint: constraint && shapeData(constraint),
    default: fallback && shapeData(fallback),
  }));
}
