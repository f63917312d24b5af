/**
 * Reads JSON Schemas (2020-12 and draft-07, and the schemas of OpenAPI 3.0 and 3.1) as nodes. Nothing throws: what cannot be said is `any`, with a
 * note, so that every problem of a document is told at once. References are followed inside the document only.
 */
import type { Json } from "../../model/json.ts";
import { merged } from "./merge.ts";
import type {
  ArrayNode,
  Definition,
  NumberNode,
  ObjectNode,
  PropertyNode,
  SchemaNode,
  SchemaNote,
  StringNode,
} from "./node.ts";

/** A schema is data of strangers: any JSON. */
export type JsonSchema = unknown;
type Fields = { readonly [keyword: string]: unknown };

export interface Reading {
  /** The node of a schema, whose references are looked up in the first of the documents that has what they name. */
  read(schema: JsonSchema, documents: readonly JsonSchema[], at: string): SchemaNode;
  /** What references have named, in the order they were found. */
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly notes: readonly SchemaNote[];
}

/** Deeper schemas end in `any`: nobody writes such a type, and a stranger could send one without end. */
const mostDepth = 64;

/** Names definitions after their place: `#/$defs/Row` is a `Row`. `free` gives a name that nobody has. */
export function startReading(free: (wish: string) => string): Reading {
  const definitions = new Map<string, Definition>();
  const notes: SchemaNote[] = [];
  /** By the text of the document, so that two tools with one `Row` have one type. */
  const named = new Map<string, string>();
  const texts = new WeakMap<object, string>();

  function textOf(document: JsonSchema): string {
    if (!isFields(document)) return "";
    const known = texts.get(document) ?? JSON.stringify(shared(document));
    texts.set(document, known);
    return known;
  }

  function note(at: string, message: string): SchemaNode {
    if (!notes.some((one) => one.at === at && one.message === message)) notes.push({ at, message });
    return { kind: "any" };
  }

  function read(schema: JsonSchema, documents: readonly JsonSchema[], at: string, depth = 0): SchemaNode {
    if (schema === false) return { kind: "never" };
    if (!isFields(schema)) return note(at, "The schema says nothing of the value, so it is `unknown`.");
    if (depth > mostDepth)
      return note(at, `The schema is over ${mostDepth} levels deep, so the rest is \`unknown\`.`);
    const inner = (part: JsonSchema, step: string): SchemaNode =>
      read(part, documents, `${at}${step}`, depth + 1);
    const said = notes.length;
    const parts: SchemaNode[] = [];
    if (typeof schema["$ref"] === "string") parts.push(reference(schema["$ref"], documents, at));
    for (const keyword of ["$dynamicRef", "$recursiveRef"])
      if (keyword in schema) note(at, `\`${keyword}\` is not followed, so what it names is \`unknown\`.`);
    const own = readOwn(schema, inner, (message) => note(at, message));
    if (own !== null) parts.push(own);
    for (const keyword of ["anyOf", "oneOf"] as const) {
      const members = schema[keyword];
      if (!Array.isArray(members) || members.length === 0) continue;
      const nodes = members.map((member: unknown) => inner(member, ""));
      if (nodes.every(({ kind }) => kind === "any")) continue;
      const exactlyOne = keyword === "oneOf" && nodes.length > 1;
      parts.push(
        nodes.length === 1 && nodes[0]
          ? nodes[0]
          : { kind: "union", members: nodes, ...(exactlyOne && { exactlyOne }) },
      );
    }
    if (Array.isArray(schema["allOf"]))
      parts.push(...schema["allOf"].map((member: unknown) => inner(member, "")));
    for (const keyword of unsaid)
      if (keyword in schema)
        note(at, `\`${keyword}\` cannot be said as a type; the far side alone checks it.`);
    const node = merged(parts, (name) => definitions.get(name)?.node ?? null);
    const whole: SchemaNode = schema["nullable"] === true ? nullable(node) : node;
    return whole.kind === "any" && notes.length === said
      ? note(at, "The schema says nothing of the value, so it is `unknown`.")
      : whole;
  }

  function reference(target: string, documents: readonly JsonSchema[], at: string): SchemaNode {
    const document = documents.find((one) => resolve(one, target) !== undefined);
    if (document === undefined) {
      return note(at, `\`${target}\` is not in the document, so what it names is \`unknown\`.`);
    }
    const key = `${target} ${textOf(document)}`;
    const known = named.get(key);
    if (known !== undefined) return { kind: "reference", name: known };
    const found = resolve(document, target);
    const name = free(target === "#" ? "Root" : decode(target.split("/").at(-1) ?? "Type"));
    named.set(key, name);
    // Its own node is there only when it is read: a schema that contains itself is read once.
    const node = read(found, documents, name);
    const description = isFields(found) ? textIn(found, "description") : "";
    // A name that only leads back to itself has no value.
    const isCircle = node.kind === "reference" && node.name === name;
    definitions.set(name, { name, node: isCircle ? { kind: "never" } : node, description });
    return { kind: "reference", name };
  }

  return { read, definitions, notes };
}

/** Keywords that no type can say. The value is described without them. */
const unsaid = [
  "not",
  "if",
  "contains",
  "dependentSchemas",
  "dependentRequired",
  "dependencies",
  "propertyNames",
];

/** What of a document its references may name: of a tool's schema the definitions, of an API all. */
function shared(document: Fields): unknown {
  const { $defs, definitions, openapi } = document;
  return openapi !== undefined || ($defs === undefined && definitions === undefined)
    ? document
    : { $defs, definitions };
}

/** The keywords of one value, without those that combine schemas; `null` when there are none. */
function readOwn(
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

function nullable(node: SchemaNode): SchemaNode {
  if (node.kind === "any") return node;
  const members = node.kind === "union" && !node.exactlyOne ? node.members : [node];
  return unionOf([...members, { kind: "null" }]);
}

function unionOf(members: readonly SchemaNode[]): SchemaNode {
  const seen = new Map(members.map((member) => [JSON.stringify(member), member]));
  const [only] = seen.values();
  if (only === undefined) return { kind: "never" };
  return seen.size === 1 ? only : { kind: "union", members: [...seen.values()] };
}

/** `#/$defs/Row`, `#`; `undefined` for what is not in the document. */
function resolve(document: JsonSchema, target: string): unknown {
  if (target === "#") return document;
  if (!target.startsWith("#/")) return undefined;
  return target
    .slice(2)
    .split("/")
    .reduce<unknown>((value, step) => {
      const key = decode(step);
      return typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Fields)[key]
        : undefined;
    }, document);
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return step;
  }
}

function isOfType(value: Json, type: string): boolean {
  if (type === "null") return value === null;
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function numbersIn<Key extends string>(
  schema: Fields,
  keys: readonly Key[],
): { readonly [K in Key]?: number } {
  const found = keys.flatMap((key) => {
    const value = schema[key];
    return typeof value === "number" && Number.isFinite(value) ? [[key, value] as const] : [];
  });
  return Object.fromEntries(found) as { readonly [K in Key]?: number };
}

export function textIn(schema: Fields, key: string): string {
  const value = schema[key];
  return typeof value === "string" ? value : "";
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
