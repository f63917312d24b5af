/** Reads what a schema says of one value by its type: the keywords that combine no schemas. */
import type { Json } from "../../model/json.ts";
import { isFields, numbersIn, textIn, type Fields } from "./fields.ts";
import type { ArrayNode, NumberNode, ObjectNode, PropertyNode, SchemaNode, StringNode } from "./node.ts";
import type { JsonSchema } from "./read.ts";

/** The keywords of one value, without those that combine schemas; `null` when there are none. */
export function readOwn(
  schema: Fields,
  inner: (part: JsonSchema, step: string) => SchemaNode,
  note: (message: string) => void,
): SchemaNode | null {
  if ("const" in schema) return { kind: "literal", value: schema["const"] as Json };
  const types = typesOf(schema);
  if (Array.isArray(schema["enum"])) {
    const values = (schema["enum"] as Json[]).filter(
      (value) => types.length === 0 || types.some((type) => isOfType(value, type)),
    );
    return unionOf(values.map((value) => ({ kind: "literal", value })));
  }
  if (types.length === 0) return null;
  return unionOf(types.map((type) => readType(type, schema, inner, note)));
}

function readType(
  type: string,
  schema: Fields,
  inner: (part: JsonSchema, step: string) => SchemaNode,
  note: (message: string) => void,
): SchemaNode {
  switch (type) {
    case "string":
      return readString(schema);
    case "number":
    case "integer":
      return readNumber(schema, type === "integer");
    case "boolean":
    case "null":
      return { kind: type };
    case "array":
      return readArray(schema, inner);
    case "object":
      return readObject(schema, inner, note);
    default:
      note(`\`${type}\` is no type of JSON Schema, so the value is \`unknown\`.`);
      return { kind: "any" };
  }
}

/** What `type` says; without it, the type whose keywords are there, as people mean it. */
function typesOf(schema: Fields): readonly string[] {
  const { type } = schema;
  if (typeof type === "string") return [type];
  if (Array.isArray(type))
    return type.filter(
      (one): one is string => typeof one === "string" && !(one === "integer" && type.includes("number")),
    );
  const implied = Object.entries(keywordsOf).flatMap(([name, words]) =>
    words.some((word) => word in schema) ? [name] : [],
  );
  return implied.length === 1 ? implied : [];
}

const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  object: [
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "minProperties",
    "maxProperties",
  ],
  array: ["items", "prefixItems", "minItems", "maxItems", "uniqueItems"],
  string: ["minLength", "maxLength", "pattern", "contentEncoding"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
};

function readString(schema: Fields): StringNode {
  const encoding = textIn(schema, "contentEncoding").toLowerCase();
  const format = textIn(schema, "format");
  const isBytes = encoding === "base64" || format === "byte";
  const as = isBytes ? "bytes" : format === "date-time" ? "date" : undefined;
  const pattern = textIn(schema, "pattern");
  return {
    kind: "string",
    ...(as !== undefined && { as }),
    ...numbersIn(schema, ["minLength", "maxLength"]),
    ...(pattern !== "" && { pattern }),
    ...(format !== "" && as === undefined && { format }),
  };
}

function readNumber(schema: Fields, integer: boolean): NumberNode {
  const node = {
    kind: "number",
    integer,
    ...numbersIn(schema, ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
  } as const satisfies NumberNode;
  // OpenAPI 3.0 and draft 4: `exclusiveMinimum: true` makes the `minimum` exclusive.
  const { minimum, maximum, ...rest } = node;
  const isOpenBelow = schema["exclusiveMinimum"] === true && minimum !== undefined;
  const isOpenAbove = schema["exclusiveMaximum"] === true && maximum !== undefined;
  return {
    ...rest,
    ...(minimum !== undefined && (isOpenBelow ? { exclusiveMinimum: minimum } : { minimum })),
    ...(maximum !== undefined && (isOpenAbove ? { exclusiveMaximum: maximum } : { maximum })),
  };
}

function readArray(schema: Fields, inner: (part: JsonSchema, step: string) => SchemaNode): ArrayNode {
  const { items, prefixItems } = schema;
  const prefix = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
  const rest = Array.isArray(items) ? schema["additionalItems"] : items;
  // As with properties: what a schema with places does not speak of is not there.
  const isClosed = rest === false || (rest === undefined && prefix.length > 0);
  return {
    kind: "array",
    prefix: prefix.map((item: unknown, at) => inner(item, `[${at}]`)),
    rest: isClosed ? null : rest === undefined ? inner(true, "[]") : inner(rest, "[]"),
    ...numbersIn(schema, ["minItems", "maxItems"]),
    ...(schema["uniqueItems"] === true && { unique: true }),
  };
}

function readObject(
  schema: Fields,
  inner: (part: JsonSchema, step: string) => SchemaNode,
  note: (message: string) => void,
): ObjectNode {
  const properties = isFields(schema["properties"]) ? schema["properties"] : {};
  const required = new Set(
    Array.isArray(schema["required"])
      ? schema["required"].filter((name): name is string => typeof name === "string")
      : [],
  );
  const patterns = Object.entries(
    isFields(schema["patternProperties"]) ? schema["patternProperties"] : {},
  ).map(([source, value]) => {
    const prefix = /^\^([\w-]*)(?:\.\*\$?|\.\+\$?)?$/u.exec(source)?.[1];
    if (prefix === undefined)
      note(`The pattern \`${source}\` of property names cannot be said as a type: any name is taken.`);
    return { prefix: prefix ?? "", node: inner(value, `[/${source}/]`) };
  });
  const open = schema["additionalProperties"] ?? schema["unevaluatedProperties"];
  const isBare = Object.keys(properties).length === 0 && patterns.length === 0 && required.size === 0;
  const silent = open === undefined && !isBare;
  const additional =
    silent || open === false ? null : open === undefined ? { kind: "any" as const } : inner(open, "[…]");
  const unnamed = [...required].filter((name) => !Object.hasOwn(properties, name));
  return {
    kind: "object",
    properties: [
      ...Object.entries(properties).map(([name, value]) =>
        readProperty(name, value, inner(value, `.${name}`), required.has(name)),
      ),
      ...unnamed.map((name): PropertyNode => ({ name, node: additional ?? { kind: "any" }, required: true })),
    ],
    patterns,
    additional,
    ...(silent && { silent }),
    ...numbersIn(schema, ["minProperties", "maxProperties"]),
  };
}

function readProperty(name: string, schema: unknown, node: SchemaNode, required: boolean): PropertyNode {
  if (!isFields(schema)) return { name, node, required };
  const description = textIn(schema, "description");
  // In OpenAPI these stand in one direction only, and one type serves both.
  const isOneWay = schema["readOnly"] === true || schema["writeOnly"] === true;
  return {
    name,
    node,
    required: required && !isOneWay,
    ...(description !== "" && { description }),
    ...("default" in schema && { default: schema["default"] as Json }),
    ...(schema["deprecated"] === true && { deprecated: true }),
  };
}

export function unionOf(members: readonly SchemaNode[]): SchemaNode {
  const seen = new Map(members.map((member) => [JSON.stringify(member), member]));
  const [only] = seen.values();
  if (only === undefined) return { kind: "never" };
  return seen.size === 1 ? only : { kind: "union", members: [...seen.values()] };
}

function isOfType(value: Json, type: string): boolean {
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}
