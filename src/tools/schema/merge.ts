/**
 * Combines schemas that must hold together (`allOf`, and keywords beside a `$ref` or `anyOf`) into one node where that is possible:
 * objects become one object, bounds the tighter ones, and a choice is made of combined members. What is left is an intersection, inside which
 * no value is converted.
 */
import type { NumberNode, ObjectNode, PropertyNode, SchemaNode, StringNode } from "./node.ts";

/** More members than this times another choice are left as an intersection. */
const mostMembers = 32;

/** References that are followed for one schema. Those of two schemas that contain themselves would never end. */
const mostFollowed = 500;

interface Merging {
  readonly look: (name: string) => SchemaNode | null;
  /** Pairs with a reference that are being combined. */
  readonly open: Set<string>;
  left: number;
}

/** `look` gives what a reference stands for, or `null` while that is still being read. */
export function merged(nodes: readonly SchemaNode[], look: (name: string) => SchemaNode | null): SchemaNode {
  const [first = { kind: "any" }, ...rest] = nodes;
  const merging: Merging = { look, open: new Set(), left: mostFollowed };
  return rest.reduce<SchemaNode>((one, other) => both(one, other, merging), first);
}

function both(one: SchemaNode, other: SchemaNode, merging: Merging): SchemaNode {
  if (one.kind === "any" || JSON.stringify(one) === JSON.stringify(other)) return other;
  if (other.kind === "any") return one;
  if (one.kind === "never" || other.kind === "never") return { kind: "never" };
  const apart: SchemaNode = { kind: "all", members: [one, other] };
  if (one.kind === "reference" || other.kind === "reference") {
    const { look, open } = merging;
    const left = one.kind === "reference" ? look(one.name) : one;
    const right = other.kind === "reference" ? look(other.name) : other;
    const pair = JSON.stringify([one, other]);
    if (left === null || right === null || open.has(pair) || --merging.left < 0) return apart;
    open.add(pair);
    const combined = both(left, right, merging);
    open.delete(pair);
    return combined;
  }
  if (one.kind === "union" || other.kind === "union") {
    if (one.kind === "union" && other.kind === "union") return apart;
    const [choice, base] = one.kind === "union" ? [one, other] : [other, one];
    if (choice.kind !== "union" || choice.members.length > mostMembers) return apart;
    const members = choice.members.map((member) => both(base, member, merging));
    const possible = members.filter(({ kind }) => kind !== "never");
    if (possible.some(({ kind }) => kind === "all")) return apart;
    return possible.length === 1 ? (possible[0] ?? apart) : { ...choice, members: possible };
  }
  if (one.kind === "object" && other.kind === "object") return objects(one, other, merging);
  if (one.kind === "number" && other.kind === "number") return numbers(one, other);
  if (one.kind === "string" && other.kind === "string") return strings(one, other) ?? apart;
  if (one.kind === "literal" || other.kind === "literal") {
    const [literal, base] = one.kind === "literal" ? [one, other] : [other, one];
    if (literal.kind !== "literal" || base.kind === "all") return apart;
    if (base.kind === "literal") return { kind: "never" };
    return kindOf(literal.value) === base.kind ? literal : { kind: "never" };
  }
  if (one.kind !== other.kind && one.kind !== "all" && other.kind !== "all") return { kind: "never" };
  return apart;
}

function kindOf(value: unknown): SchemaNode["kind"] {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as "string" | "number" | "boolean" | "object";
}

function objects(one: ObjectNode, other: ObjectNode, merging: Merging): SchemaNode {
  const names = new Set([...one.properties, ...other.properties].map(({ name }) => name));
  const named = ({ properties }: ObjectNode, name: string): PropertyNode | undefined =>
    properties.find((property) => property.name === name);
  const properties = [...names].map((name): PropertyNode => {
    const [left, right] = [named(one, name), named(other, name)];
    if (left === undefined || right === undefined) return (left ?? right) as PropertyNode;
    return {
      ...right,
      ...left,
      node: both(left.node, right.node, merging),
      required: left.required || right.required,
    };
  });
  const silent = one.silent === true && other.silent === true;
  return {
    kind: "object",
    properties,
    patterns: [...one.patterns, ...other.patterns],
    additional: one.silent
      ? other.additional
      : other.silent
        ? one.additional
        : one.additional && other.additional && both(one.additional, other.additional, merging),
    ...(silent && { silent }),
    ...bound("minProperties", Math.max, one, other),
    ...bound("maxProperties", Math.min, one, other),
  };
}

function numbers(one: NumberNode, other: NumberNode): SchemaNode {
  if (one.multipleOf !== undefined && other.multipleOf !== undefined)
    return { kind: "all", members: [one, other] };
  return {
    ...one,
    ...other,
    integer: one.integer || other.integer,
    ...bound("minimum", Math.max, one, other),
    ...bound("exclusiveMinimum", Math.max, one, other),
    ...bound("maximum", Math.min, one, other),
    ...bound("exclusiveMaximum", Math.min, one, other),
  };
}

function strings(one: StringNode, other: StringNode): SchemaNode | null {
  if (one.as !== other.as && one.as !== undefined && other.as !== undefined) return null;
  return {
    ...one,
    ...other,
    ...bound("minLength", Math.max, one, other),
    ...bound("maxLength", Math.min, one, other),
  };
}

function bound<Key extends string>(
  key: Key,
  choose: (a: number, b: number) => number,
  one: { readonly [K in Key]?: number },
  other: { readonly [K in Key]?: number },
): { readonly [K in Key]?: number } {
  const [a, b] = [one[key], other[key]];
  const value = a === undefined ? b : b === undefined ? a : choose(a, b);
  return value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: number });
}
