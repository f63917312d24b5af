/** Gives the type of a node: what a script sees of the values of a schema. */
import type { DocTag } from "../../model/contract.ts";
import type { IndexSignature, Property, Shape } from "../../model/shape.ts";
import type { Json } from "../../model/json.ts";
import { boundsOf } from "./describe.ts";
import type { ArrayNode, ObjectNode, PropertyNode, SchemaNode } from "./node.ts";
import { proseOf } from "./prose.ts";

/** `converts` is false inside an intersection, where texts stay texts. */
export function shapeOf(node: SchemaNode, converts = true): Shape {
  switch (node.kind) {
    case "any":
      return { kind: "unknown" };
    case "never":
    case "boolean":
    case "null":
    case "number":
      return { kind: node.kind };
    case "string":
      if (!converts || node.as === undefined) return { kind: "string" };
      return { kind: "builtin", name: node.as === "date" ? "Date" : "Uint8Array" };
    case "literal":
      return literal(node.value);
    case "array":
      return arrayOf(node, converts);
    case "object":
      return objectOf(node, converts);
    case "union":
      return union(node.members.map((member) => shapeOf(member, converts)));
    case "all": {
      const members = node.members.map((member) => shapeOf(member, false));
      const known = members.filter(({ kind }) => kind !== "unknown");
      const [only] = known;
      return known.length === 1 && only ? only : { kind: "intersection", members: known };
    }
    case "reference":
      return { kind: "reference", name: node.name, typeArguments: [] };
    default:
      return node satisfies never;
  }
}

function literal(value: Json): Shape {
  if (value === null) return { kind: "null" };
  if (typeof value === "string") return { kind: "literal", type: "string", value };
  if (typeof value === "number") return { kind: "literal", type: "number", value };
  if (typeof value === "boolean") return { kind: "literal", type: "boolean", value };
  if (Array.isArray(value)) {
    const elements = (value as readonly Json[]).map((one) => ({
      label: null,
      shape: literal(one),
      quantity: "one" as const,
    }));
    return { kind: "tuple", elements, readonly: false };
  }
  const properties = Object.entries(value).map(([name, one]) => property(name, literal(one ?? null), true));
  return { kind: "object", properties, index: [] };
}

function arrayOf({ prefix, rest, minItems = 0 }: ArrayNode, converts: boolean): Shape {
  if (prefix.length === 0)
    return { kind: "array", element: shapeOf(rest ?? { kind: "never" }, converts), readonly: false };
  return {
    kind: "tuple",
    elements: [
      ...prefix.map((node, at) => ({
        label: null,
        shape: shapeOf(node, converts),
        quantity: at < minItems ? ("one" as const) : ("optional" as const),
      })),
      ...(rest === null ? [] : [{ label: null, shape: shapeOf(rest, converts), quantity: "rest" as const }]),
    ],
    readonly: false,
  };
}

function objectOf({ properties, patterns, additional }: ObjectNode, converts: boolean): Shape {
  const declared = properties.map((one) => ({
    ...property(one.name, shapeOf(one.node, converts), one.required),
    doc: { text: docText(one), tags: docTags(one) },
  }));
  const index = [
    ...patterns
      .filter(({ prefix }) => prefix !== "")
      .map(({ prefix, node }): IndexSignature => ({
        key: { kind: "template", texts: [prefix, ""], slots: [{ kind: "string" }] },
        value: union([
          shapeOf(node, converts),
          ...valuesOf(declared.filter(({ name }) => name.startsWith(prefix))),
        ]),
        readonly: false,
      })),
    ...indexOf(
      [
        ...patterns.filter(({ prefix }) => prefix === "").map(({ node }) => node),
        ...(additional ? [additional] : []),
      ].map((node) => shapeOf(node, converts)),
      // TypeScript wants what stands under a name, or under some names, to be of the type of any name.
      [...valuesOf(declared), ...patterns.map(({ node }) => shapeOf(node, converts))],
    ),
  ];
  return { kind: "object", properties: declared, index };
}

/** What stands under declared names, where optional ones may hold `undefined`. */
function valuesOf(properties: readonly Property[]): readonly Shape[] {
  return properties.flatMap(({ shape, optional }) =>
    optional ? [shape, { kind: "undefined" as const }] : [shape],
  );
}

function indexOf(values: readonly Shape[], others: readonly Shape[]): readonly IndexSignature[] {
  if (values.length === 0) return [];
  return [{ key: "string", value: union([...values, ...others]), readonly: false }];
}

function property(name: string, shape: Shape, required: boolean): Property {
  return { name, shape, optional: !required, readonly: false };
}

/** The description, and what the type cannot say. */
function docText({ description, node }: Pick<PropertyNode, "description" | "node">): string {
  return [proseOf(description ?? ""), boundsOf(node)].filter((text) => text !== "").join("\n\n");
}

function docTags({ default: value, deprecated }: PropertyNode): readonly DocTag[] {
  return [
    ...(value === undefined
      ? []
      : [{ name: "defaultValue", text: `\`${JSON.stringify(value).replaceAll("`", "'")}\`` }]),
    ...(deprecated ? [{ name: "deprecated", text: "" }] : []),
  ];
}

/** Flat, without what is there twice; `unknown` takes all in. */
function union(shapes: readonly Shape[]): Shape {
  const flat = shapes.flatMap((shape) => (shape.kind === "union" ? shape.members : [shape]));
  if (flat.some(({ kind }) => kind === "unknown")) return { kind: "unknown" };
  const members = [
    ...new Map(
      flat.filter(({ kind }) => kind !== "never").map((shape) => [JSON.stringify(shape), shape]),
    ).values(),
  ];
  const [only] = members;
  if (only === undefined) return { kind: "never" };
  return members.length === 1 ? only : { kind: "union", members };
}
