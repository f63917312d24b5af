/**
 * Shape: reads one shape and all that is inside it. The counterpart of what `serialize.ts` writes for a type.
 */
import {
  builtinNames,
  casings,
  errorNames,
  type Casing,
  type IndexSignature,
  type Lossy,
  type Property,
  type Shape,
  type TemplateShape,
  type TupleElement,
} from "../shape.ts";
import { doc } from "./doc.ts";
import { fail, list, oneOf, optionalList, record, string, type Fields } from "./fields.ts";

/** How many values an element or a parameter stands for. */
export const quantities = ["one", "optional", "rest"] as const;

/** Deeper nesting is no type anybody wrote; it would overflow the stack. */
const maxNesting = 400;

export function shape(data: unknown, at: string): Shape {
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
    case "cased": {
      const casing = (data: unknown, place: string): Casing => oneOf(data, place, casings);
      return { kind, casings: list(value["casings"], `${at}.casings`, casing), base: part("base") };
    }
    case "array":
      return { kind, element: part("element"), readonly, ...lossy };
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
      return { kind, key: part("key"), value: part("value"), readonly, ...lossy };
    case "set":
      return { kind, element: part("element"), readonly, ...lossy };
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
