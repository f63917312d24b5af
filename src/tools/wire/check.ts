/**
 * Tells whether a JSON value is of a node, bounds included. What a type says has been checked before; this is what the schema says beyond it.
 *
 * A schema may contain itself on several ways, and then a value decides how often it is looked at. So each pair of an object and a node is looked at
 * once. Of patterns only those are tried that surely end soon.
 */
import type { Json } from "../../model/json.ts";
import type { ArrayNode, NumberNode, ObjectNode, SchemaNode, StringNode } from "../schema/node.ts";
import { isBase64 } from "../../model/base64.ts";
import { counted } from "../../model/counted.ts";
import { matches } from "./pattern.ts";
import { dateOf } from "./text.ts";

export interface Mismatch {
  /** `.items[3].count`; empty for the value itself. */
  readonly at: string;
  /** Finishes "… must be", for example "at most 100". */
  readonly expected: string;
}

export type Look = (name: string) => SchemaNode;

/** What a node stands for when it is a reference. A loop, because references may follow one another without end; none of them in a circle, whose node is `never`. */
export function standsFor(node: SchemaNode, look: Look): Exclude<SchemaNode, { kind: "reference" }> {
  let end = node;
  while (end.kind === "reference") end = look(end.name);
  return end;
}

/** A check of values by nodes; for one call, because it remembers what it has seen. */
export function startCheck(look: Look): (node: SchemaNode, value: Json) => Mismatch | null {
  const seen = new WeakMap<object, Map<SchemaNode, Mismatch | null>>();

  function check(given: SchemaNode, value: Json): Mismatch | null {
    const node = standsFor(given, look);
    if (typeof value !== "object" || value === null) return decide(node, value);
    const known = seen.get(value) ?? new Map<SchemaNode, Mismatch | null>();
    seen.set(value, known);
    const before = known.get(node);
    if (before !== undefined) return before;
    // A reference to itself says nothing until it has been looked at.
    known.set(node, null);
    const result = decide(node, value);
    known.set(node, result);
    return result;
  }

  function decide(node: Exclude<SchemaNode, { kind: "reference" }>, value: Json): Mismatch | null {
    switch (node.kind) {
      case "any":
        return null;
      case "never":
        return must("left out");
      case "null":
        return value === null ? null : must("null");
      case "boolean":
        return typeof value === "boolean" ? null : must("a boolean");
      case "string":
        return typeof value === "string" ? checkString(node, value) : must("a string");
      case "number":
        return typeof value === "number" ? checkNumber(node, value) : must("a number");
      case "literal":
        return sameJson(node.value, value) ? null : must(JSON.stringify(node.value));
      case "array":
        return Array.isArray(value) ? checkArray(node, value as readonly Json[]) : must("an array");
      case "object":
        return typeof value === "object" && value !== null && !Array.isArray(value)
          ? checkObject(node, value as { readonly [key: string]: Json })
          : must("an object");
      case "union":
        return checkUnion(node.members, node.exactlyOne === true, value);
      case "all":
        return first(node.members, (member) => check(member, value));
      default:
        return node satisfies never;
    }
  }

  function checkArray(
    { prefix, rest, minItems, maxItems, unique }: ArrayNode,
    values: readonly Json[],
  ): Mismatch | null {
    if (minItems !== undefined && values.length < minItems)
      return must(`at least ${counted(minItems, "item")}`);
    if (maxItems !== undefined && values.length > maxItems)
      return must(`at most ${counted(maxItems, "item")}`);
    if (rest === null && values.length > prefix.length)
      return must(`at most ${counted(prefix.length, "item")}`);
    if (unique && new Set(values.map(sortedText)).size < values.length) return must("without an item twice");
    return first(values, (value, at) => {
      const node = prefix[at] ?? rest;
      return node === null ? null : under(`[${at}]`, check(node, value));
    });
  }

  function checkObject(node: ObjectNode, value: { readonly [key: string]: Json }): Mismatch | null {
    const keys = Object.keys(value);
    const { minProperties = 0, maxProperties = Infinity } = node;
    if (keys.length < minProperties)
      return must(`of at least ${counted(minProperties, "property", "properties")}`);
    if (keys.length > maxProperties)
      return must(`of at most ${counted(maxProperties, "property", "properties")}`);
    const declared = new Map(node.properties.map((property) => [property.name, property]));
    const missing = node.properties.find(({ name, required }) => required && !Object.hasOwn(value, name));
    if (missing !== undefined) return under(`.${missing.name}`, must("there"));
    return first(keys, (key) => {
      const item = value[key] as Json;
      return under(`.${key}`, checkKey(key, item));
    });

    function checkKey(key: string, item: Json): Mismatch | null {
      const nodes = [
        ...(declared.has(key) ? [declared.get(key)!.node] : []),
        ...node.patterns
          .filter(({ prefix }) => prefix !== "" && key.startsWith(prefix))
          .map((one) => one.node),
      ];
      if (nodes.length > 0) return first(nodes, (one) => check(one, item));
      // Patterns that no type can say may or may not be about this name.
      const loose = node.patterns.filter(({ prefix }) => prefix === "").map((one) => one.node);
      const others = [...loose, ...(node.additional === null ? [] : [node.additional])];
      if (others.length === 0) return must("left out");
      return others.some((one) => check(one, item) === null) ? null : check(others[0]!, item);
    }
  }

  function checkUnion(members: readonly SchemaNode[], exactlyOne: boolean, value: Json): Mismatch | null {
    const results = members.map((member) => check(member, value));
    const fitting = results.filter((result) => result === null).length;
    if (fitting === 0) {
      // Of an object the member that went furthest is the one that was meant.
      const deepest = results.reduce((one, other) =>
        (other?.at.length ?? 0) > (one?.at.length ?? 0) ? other : one,
      );
      return deepest?.at ? deepest : must("one of what the schema allows");
    }
    return exactlyOne && fitting > 1 ? must("only one of what the schema allows") : null;
  }

  return check;
}

function checkString({ as, minLength, maxLength, pattern }: StringNode, value: string): Mismatch | null {
  if (as === "date" && dateOf(value) === null) return must("a date and time");
  if (as === "bytes" && !isBase64(value)) return must("base64");
  if (minLength !== undefined || maxLength !== undefined) {
    let length = 0;
    for (const _ of value) length++;
    if (minLength !== undefined && length < minLength)
      return must(`at least ${counted(minLength, "character")}`);
    if (maxLength !== undefined && length > maxLength)
      return must(`at most ${counted(maxLength, "character")}`);
  }
  // What stands for a date or for bytes has been written here, and not by whoever might mend it.
  const isOther = pattern !== undefined && as === undefined && matches(pattern, value) === false;
  return isOther ? must(`a text that matches \`${pattern}\``) : null;
}

function checkNumber(node: NumberNode, value: number): Mismatch | null {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = node;
  if (node.integer && !Number.isInteger(value)) return must("a whole number");
  if (minimum !== undefined && value < minimum) return must(`at least ${minimum}`);
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return must(`more than ${exclusiveMinimum}`);
  if (maximum !== undefined && value > maximum) return must(`at most ${maximum}`);
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    return must(`less than ${exclusiveMaximum}`);
  if (multipleOf !== undefined && multipleOf > 0 && !Number.isInteger(value / multipleOf))
    return must(`a multiple of ${multipleOf}`);
  return null;
}

function must(expected: string): Mismatch {
  return { at: "", expected };
}

function under(step: string, mismatch: Mismatch | null): Mismatch | null {
  return mismatch && { at: `${step}${mismatch.at}`, expected: mismatch.expected };
}

function first<T>(items: readonly T[], test: (item: T, at: number) => Mismatch | null): Mismatch | null {
  for (const [at, item] of items.entries()) {
    const mismatch = test(item, at);
    if (mismatch !== null) return mismatch;
  }
  return null;
}

function sameJson(one: Json, other: Json): boolean {
  return one === other || (typeof one === "object" && sortedText(one) === sortedText(other));
}

/** One text for equal values, whatever the order of their properties. */
function sortedText(value: Json): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
