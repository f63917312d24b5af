/**
 * JSON Schema (draft 2020-12) of what a script is given or gives, in the form that `plainJson` writes it: a `Date` is `{ $type: "Date", value }`. What is
 * declared by name is in `$defs`, once for each set of type arguments.
 */
import type { RegistryDeclaration } from "../model/registry.ts";
import { mapParts } from "../model/parts.ts";
import type { BuiltinName, Property, Shape } from "../model/shape.ts";
import { isTemporalName } from "../model/shape.ts";
import { withoutUndefined } from "../model/union.ts";
import { tag } from "../json-form/json-form.ts";

export type JsonSchema = { readonly [keyword: string]: unknown };

/** Makes schemas that share their `$defs`. */
export interface Schemas {
  of(shape: Shape): JsonSchema;
  /** What the schemas made until now refer to. */
  defs(): { readonly [name: string]: JsonSchema };
}

export function schemasOf(declarations: readonly RegistryDeclaration[]): Schemas {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const names = new Map<string, string>();
  const defs = new Map<string, JsonSchema>();

  const of = (shape: Shape): JsonSchema => {
    switch (shape.kind) {
      case "any":
      case "unknown":
      case "unsupported":
        return {};
      case "never":
        return { not: {} };
      case "void":
      case "undefined":
        return tagged("undefined", {});
      case "null":
        return { type: "null" };
      case "boolean":
        return { type: "boolean" };
      case "string":
      case "template":
      case "cased":
        return { type: "string" };
      case "number":
        return shared("number", () => ({
          anyOf: [
            { type: "number" },
            tagged("number", { value: { enum: ["NaN", "Infinity", "-Infinity", "-0"] } }),
          ],
        }));
      case "bigint":
        return tagged("bigint", { value: { type: "string", pattern: "^-?\\d+$" } });
      case "nonprimitive":
        return { type: ["object", "array"] };
      case "literal":
        return shape.type === "bigint"
          ? tagged("bigint", { value: { const: shape.value } })
          : { const: shape.value };
      case "array":
        return { type: "array", items: of(shape.element) };
      case "tuple":
        return tuple(shape.elements);
      case "object":
        return object(shape.properties, shape.index);
      case "map":
        return tagged("Map", {
          entries: {
            type: "array",
            items: {
              type: "array",
              prefixItems: [of(shape.key), of(shape.value)],
              items: false,
              minItems: 2,
            },
          },
        });
      case "set":
        return tagged("Set", { values: { type: "array", items: of(shape.element) } });
      case "builtin":
        return builtin(shape.name);
      case "error":
        // Its own data, its cause and its errors stand beside these.
        return {
          type: "object",
          properties: { [tag]: { type: "string" }, message: { type: "string" } },
          required: [tag],
        };
      case "union":
        return { anyOf: shape.members.map(of) };
      case "intersection":
        return { allOf: shape.members.map(of) };
      case "brand":
        return of(shape.base);
      case "deferred":
        return of(shape.constraint);
      case "parameter":
        return {};
      case "reference":
        return reference(shape.name, shape.typeArguments);
    }
  };

  /** Open, because members of an intersection are held to the same object; what a type does not declare has been left out of the value. */
  const object = (
    properties: readonly Property[],
    index: (Shape & { kind: "object" })["index"] = [],
  ): JsonSchema => {
    // Of data that has this key itself the form is another.
    if (properties.some(({ name }) => name === tag)) return { type: "object" };
    const required = properties.filter((property) => !property.optional && !mayBeUndefined(property.shape));
    const values = index.map(({ value }) => of(value));
    const schema = {
      type: "object",
      properties: Object.fromEntries(
        properties.map(({ name, shape, doc }) => [
          name,
          // A property that is `undefined` is not written.
          { ...of(withoutUndefined(shape)), ...(doc?.text && { description: doc.text }) },
        ]),
      ),
      ...(required.length > 0 && { required: required.map(({ name }) => name) }),
      ...(values.length > 0 && {
        additionalProperties: values.length === 1 ? values[0] : { anyOf: values },
      }),
    };
    // With keys of any name, the one that marks a form may be among them.
    const isFree = index.some(({ key }) => key === "string");
    return isFree ? { anyOf: [schema, tagged("object", { properties: { type: "object" } })] } : schema;
  };

  const tuple = (elements: (Shape & { kind: "tuple" })["elements"]): JsonSchema => {
    const fixed = elements.filter(({ quantity }) => quantity !== "rest");
    const isPlain = fixed.length === elements.length || elements.at(-1)?.quantity === "rest";
    const least = elements.filter(({ quantity }) => quantity === "one").length;
    if (!isPlain) return { type: "array", minItems: least };
    const rest = elements.find(({ quantity }) => quantity === "rest");
    return {
      type: "array",
      ...(fixed.length > 0 && { prefixItems: fixed.map(({ shape }) => of(shape)) }),
      items: rest === undefined ? false : of(rest.shape),
      minItems: least,
    };
  };

  const reference = (name: string, typeArguments: readonly Shape[]): JsonSchema => {
    const declaration = byName.get(name);
    if (declaration === undefined) return {};
    const replacements = new Map(
      declaration.typeParameters.map((parameter, at) => [
        parameter.name,
        typeArguments[at] ?? parameter.default ?? parameter.constraint ?? ({ kind: "unknown" } as const),
      ]),
    );
    const key = `${name} ${JSON.stringify(typeArguments)}`;
    return shared(key, () => of(replaced(declaration.shape, replacements)), name);
  };

  /** A schema that stands in `$defs`; its name is taken before it is made, so that it may mention itself. */
  const shared = (key: string, make: () => JsonSchema, wanted = key): JsonSchema => {
    let name = names.get(key);
    if (name === undefined) {
      const taken = new Set(names.values());
      const plain = wanted.replaceAll(/[^\w]/gu, "_");
      name = plain;
      for (let count = 2; taken.has(name); count++) name = `${plain}_${count}`;
      names.set(key, name);
      // A type that grows with every turn has no end as a schema.
      defs.set(name, names.size > mostDefs ? {} : make());
    }
    return { $ref: `#/$defs/${name}` };
  };

  return { of, defs: () => Object.fromEntries(defs) };
}

const mostDefs = 500;

function tagged(type: string, properties: { readonly [name: string]: JsonSchema }): JsonSchema {
  return {
    type: "object",
    properties: { [tag]: { const: type }, ...properties },
    required: [tag, ...Object.keys(properties)],
  };
}

function builtin(name: BuiltinName): JsonSchema {
  if (name === "Date") return tagged(name, { value: { type: ["string", "null"] } });
  if (name === "RegExp") return tagged(name, { source: { type: "string" }, flags: { type: "string" } });
  if (isTemporalName(name)) return tagged(name, { value: { type: "string" } });
  return tagged(name, { base64: { type: "string" } });
}

function mayBeUndefined(shape: Shape): boolean {
  if (shape.kind === "union") return shape.members.some(mayBeUndefined);
  return ["undefined", "void", "unknown", "any", "parameter", "deferred", "reference"].includes(shape.kind);
}

function replaced(shape: Shape, by: ReadonlyMap<string, Shape>): Shape {
  if (shape.kind === "parameter") return by.get(shape.name) ?? shape;
  return by.size === 0 ? shape : mapParts(shape, (part) => replaced(part, by));
}
