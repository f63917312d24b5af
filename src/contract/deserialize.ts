/**
 * Reads `contract.json` back. The file may come from another version, a merge conflict or a stranger: everything in it
 * is looked at, and what does not fit is one error that names the place.
 */
import {
  emptyDoc,
  nowhere,
  type Contract,
  type Declaration,
  type Doc,
  type DocTag,
  type Leaf,
  type Mode,
  type Parameter,
  type Signature,
  type ThrownError,
  type TreeNode,
  type TypeParameter,
} from "./contract.ts";
import type { Policy } from "./policy.ts";
import type { ContractProfile } from "./profile.ts";
import { contractFormat } from "./serialize.ts";
import {
  builtinNames,
  errorNames,
  type IndexSignature,
  type Lossy,
  type Property,
  type Shape,
  type TemplateShape,
  type TupleElement,
} from "./shape.ts";

/** A `contract.json` that cannot be read. The message says where and why. */
export class ContractFormatError extends Error {
  override readonly name = "ContractFormatError";
}

/**
 * The contract a `contract.json` holds. Locations are `nowhere`.
 *
 * Throws a `ContractFormatError` for anything else.
 *
 * @example
 * const before = parseContract(await readFile("generated/contract.json", "utf8"));
 */
export function parseContract(text: string): Contract {
  let data: unknown;
  try {
    data = JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch {
    throw new ContractFormatError("This is not JSON.");
  }
  const top = record(data, "");
  if (top["isobind"] !== contractFormat) {
    throw new ContractFormatError(
      typeof top["isobind"] === "number"
        ? `This contract is of format ${top["isobind"]}; this version of isobind reads format ${contractFormat}.`
        : "This is not a contract of isobind.",
    );
  }
  const root = node(top["root"], "root", []);
  if (root.kind !== "namespace") fail("root", "a namespace");
  return {
    style: oneOf(top["style"], "style", ["contract", "implementation"]),
    root,
    declarations: list(top["declarations"], "declarations", declaration),
    ...(top["profile"] === undefined ? {} : { profile: profile(top["profile"], "profile") }),
  };
}

function profile(data: unknown, at: string): ContractProfile {
  const value = record(data, at);
  return {
    name: string(value["name"], `${at}.name`),
    excluded: list(value["excluded"], `${at}.excluded`, (part, partAt) => {
      const leaf = record(part, partAt);
      return {
        path: list(leaf["path"], `${partAt}.path`, string),
        mode: oneOf(leaf["mode"], `${partAt}.mode`, modes),
        profiles: list(leaf["profiles"], `${partAt}.profiles`, string),
      };
    }),
  };
}

function node(data: unknown, at: string, path: readonly string[]): TreeNode {
  const value = record(data, at);
  const kind = oneOf(value["kind"], `${at}.kind`, ["namespace", "leaf"]);
  const name = path.length === 0 ? "" : string(value["name"], `${at}.name`);
  if (path.length > 0 && path.at(-1) !== name) fail(`${at}.name`, "the name in the path");
  const common = { name, path, doc: doc(value["doc"], `${at}.doc`), source: nowhere };
  if (kind === "leaf") return leaf(value, at, common);
  const members = list(value["members"], `${at}.members`, (member, memberAt) =>
    node(member, memberAt, [...path, string(record(member, memberAt)["name"], `${memberAt}.name`)]),
  );
  return { kind, ...common, members };
}

type Common = Pick<Leaf, "name" | "path" | "doc" | "source">;

function leaf(value: Fields, at: string, common: Common): Leaf {
  const [first, ...rest] = list(value["signatures"], `${at}.signatures`, signature);
  if (first === undefined) fail(`${at}.signatures`, "at least one signature");
  return {
    kind: "leaf",
    ...common,
    signatures: [first, ...rest],
    policy: policy(value["policy"], `${at}.policy`),
    throws: list(value["throws"], `${at}.throws`, thrown),
  };
}

function policy(data: unknown, at: string): Policy {
  const value = record(data, at);
  const names = ["timeoutMs", "maxCalls", "maxConcurrency", "maxPayloadBytes"] as const;
  const found: { -readonly [K in keyof Policy]: Policy[K] } = {};
  for (const name of names) {
    const limit = value[name];
    if (limit === undefined) continue;
    if (typeof limit !== "number") fail(`${at}.${name}`, "a number");
    found[name] = limit;
  }
  return found;
}

function thrown(data: unknown, at: string): ThrownError {
  const value = record(data, at);
  return {
    name: string(value["name"], `${at}.name`),
    shape: shape(value["shape"], `${at}.shape`),
    description: string(value["description"], `${at}.description`),
  };
}

const modes: readonly Mode[] = ["sync", "async", "maybe"];
const quantities = ["one", "optional", "rest"] as const;

function signature(data: unknown, at: string): Signature {
  const value = record(data, at);
  return {
    mode: oneOf(value["mode"], `${at}.mode`, modes),
    typeParameters: optionalList(value["typeParameters"], `${at}.typeParameters`, typeParameter),
    parameters: list(value["parameters"], `${at}.parameters`, parameter),
    result: shape(value["result"], `${at}.result`),
    source: nowhere,
  };
}

function parameter(data: unknown, at: string): Parameter {
  const value = record(data, at);
  return {
    name: string(value["name"], `${at}.name`),
    shape: shape(value["shape"], `${at}.shape`),
    quantity: oneOf(value["quantity"], `${at}.quantity`, quantities),
    source: nowhere,
  };
}

function typeParameter(data: unknown, at: string): TypeParameter {
  const value = record(data, at);
  const bound = (key: string): Shape | null =>
    value[key] === undefined ? null : shape(value[key], `${at}.${key}`);
  return {
    name: string(value["name"], `${at}.name`),
    constraint: bound("constraint"),
    default: bound("default"),
  };
}

function declaration(data: unknown, at: string): Declaration {
  const value = record(data, at);
  return {
    name: string(value["name"], `${at}.name`),
    kind: oneOf(value["kind"], `${at}.kind`, ["interface", "alias"]),
    typeParameters: optionalList(value["typeParameters"], `${at}.typeParameters`, typeParameter),
    shape: shape(value["shape"], `${at}.shape`),
    doc: doc(value["doc"], `${at}.doc`),
    source: nowhere,
  };
}

function doc(data: unknown, at: string): Doc {
  if (data === undefined) return emptyDoc;
  const value = record(data, at);
  return { text: string(value["text"], `${at}.text`), tags: optionalList(value["tags"], `${at}.tags`, tag) };
}

function tag(data: unknown, at: string): DocTag {
  const value = record(data, at);
  const optional = (key: "parameter" | "type"): Partial<Record<typeof key, string>> =>
    value[key] === undefined ? {} : { [key]: string(value[key], `${at}.${key}`) };
  return {
    name: string(value["name"], `${at}.name`),
    ...optional("parameter"),
    ...optional("type"),
    text: string(value["text"], `${at}.text`),
  };
}

/** Deeper nesting is no type anybody wrote; it would overflow the stack. */
const maxNesting = 400;

function shape(data: unknown, at: string): Shape {
  if (at.split(".").length > maxNesting) fail(at.slice(0, 60), "less nesting");
  const value = record(data, at);
  const part = (key: string): Shape => shape(value[key], `${at}.${key}`);
  const parts = (key: string): Shape[] => list(value[key], `${at}.${key}`, shape);
  const text = (key: string): string => string(value[key], `${at}.${key}`);
  const readonly = value["readonly"] === true;
  const lossy = lossyOf(value["lossy"], `${at}.lossy`);
  const { kind } = value;
  switch (kind) {
    case "any":
    case "unknown":
    case "never":
    case "void":
    case "undefined":
    case "null":
    case "boolean":
    case "number":
    case "string":
    case "bigint":
    case "nonprimitive":
      return { kind };
    case "literal":
      return literal(value, at);
    case "template":
      return template(value, at);
    case "array":
      return { kind, element: part("element"), readonly };
    case "tuple":
      return { kind, elements: list(value["elements"], `${at}.elements`, tupleElement), readonly };
    case "object":
      return {
        kind,
        properties: list(value["properties"], `${at}.properties`, property),
        index: optionalList(value["index"], `${at}.index`, indexSignature),
        ...lossy,
      };
    case "map":
      return { kind, key: part("key"), value: part("value"), readonly };
    case "set":
      return { kind, element: part("element"), readonly };
    case "builtin":
      return { kind, name: oneOf(value["name"], `${at}.name`, builtinNames), ...lossy };
    case "error":
      return {
        kind,
        name: oneOf(value["name"], `${at}.name`, errorNames),
        properties: optionalList(value["properties"], `${at}.properties`, property),
        ...lossy,
      };
    case "union":
    case "intersection":
      return { kind, members: parts("members") };
    case "brand": {
      const tag = part("tag");
      return tag.kind === "object" ? { kind, base: part("base"), tag } : fail(`${at}.tag`, "an object shape");
    }
    case "reference":
      return {
        kind,
        name: text("name"),
        typeArguments: optionalList(value["typeArguments"], `${at}.typeArguments`, shape),
      };
    case "parameter":
      return { kind, name: text("name") };
    case "deferred":
      return {
        kind,
        text: text("text"),
        constraint: part("constraint"),
        references: optionalList(value["references"], `${at}.references`, string),
      };
    default:
      return fail(`${at}.kind`, "a kind of shape");
  }
}

function literal(value: Fields, at: string): Shape {
  const type = oneOf(value["type"], `${at}.type`, ["string", "number", "boolean", "bigint"]);
  const held = value["value"];
  if (type === "number") {
    const number = typeof held === "string" ? Number(held) : held;
    if (typeof number !== "number" || Number.isNaN(number)) fail(`${at}.value`, "a number");
    return { kind: "literal", type, value: number };
  }
  if (type === "boolean") {
    if (typeof held !== "boolean") fail(`${at}.value`, "true or false");
    return { kind: "literal", type, value: held };
  }
  const text = string(held, `${at}.value`);
  if (type === "bigint" && !/^-?\d+$/u.test(text)) fail(`${at}.value`, "the digits of a bigint");
  return { kind: "literal", type, value: text };
}

function template(value: Fields, at: string): TemplateShape {
  const texts = list(value["texts"], `${at}.texts`, string);
  const slots = list(value["slots"], `${at}.slots`, shape);
  if (texts.length !== slots.length + 1) fail(`${at}.texts`, "one text more than slots");
  return { kind: "template", texts, slots };
}

function tupleElement(data: unknown, at: string): TupleElement {
  const value = record(data, at);
  return {
    label: value["label"] === undefined ? null : string(value["label"], `${at}.label`),
    shape: shape(value["shape"], `${at}.shape`),
    quantity: oneOf(value["quantity"], `${at}.quantity`, quantities),
  };
}

function property(data: unknown, at: string): Property {
  const value = record(data, at);
  return {
    name: string(value["name"], `${at}.name`),
    shape: shape(value["shape"], `${at}.shape`),
    optional: value["optional"] === true,
    readonly: value["readonly"] === true,
    ...(value["doc"] === undefined ? {} : { doc: doc(value["doc"], `${at}.doc`) }),
  };
}

function indexSignature(data: unknown, at: string): IndexSignature {
  const value = record(data, at);
  const key = value["key"];
  return {
    key: key === "string" || key === "number" ? key : template(record(key, `${at}.key`), `${at}.key`),
    value: shape(value["value"], `${at}.value`),
    readonly: value["readonly"] === true,
  };
}

function lossyOf(data: unknown, at: string): { lossy?: Lossy } {
  if (data === undefined) return {};
  const value = record(data, at);
  return {
    lossy: { from: string(value["from"], `${at}.from`), loses: string(value["loses"], `${at}.loses`) },
  };
}

type Fields = Readonly<Record<string, unknown>>;

function record(data: unknown, at: string): Fields {
  if (typeof data !== "object" || data === null || Array.isArray(data)) fail(at, "an object");
  return data as Fields;
}

function list<T>(data: unknown, at: string, read: (part: unknown, at: string) => T): T[] {
  if (!Array.isArray(data)) fail(at, "a list");
  return data.map((part, index) => read(part, `${at}.${index}`));
}

function optionalList<T>(data: unknown, at: string, read: (part: unknown, at: string) => T): T[] {
  return data === undefined ? [] : list(data, at, read);
}

function string(data: unknown, at: string): string {
  return typeof data === "string" ? data : fail(at, "a text");
}

function oneOf<const T extends string>(data: unknown, at: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === data);
  return found ?? fail(at, `one of ${allowed.join(", ")}`);
}

function fail(at: string, wanted: string): never {
  throw new ContractFormatError(`The contract is damaged: ${at || "it"} should be ${wanted}.`);
}
