/**
 * Converts values where a schema says what a text stands for: `Date` and bytes on a script's side, texts on the far side. Where a schema leaves a
 * choice, the first member that fits decides; what fits none stays as it is, and is refused by whoever checks it.
 */
import { isBase64 } from "../../model/base64.ts";
import type { Json } from "../../model/json.ts";
import type { SchemaNode } from "../schema/node.ts";
import { standsFor, startCheck, type Look } from "./check.ts";
import { base64, bytesOf, dateOf, dateText } from "./text.ts";

/** `out`: from a script to the far side. `in`: what came back. */
export type Direction = "out" | "in";

/** A conversion of one call's values, which are a tree. `turns` says which nodes have values that are converted; most have none, and stay as they are. */
export function startConversion(
  direction: Direction,
  look: Look,
  turns: (node: SchemaNode) => boolean,
): (node: SchemaNode, value: unknown) => unknown {
  const check = startCheck(look);
  const done = new WeakMap<object, Map<SchemaNode, unknown>>();
  const json = new WeakMap<object, boolean>();

  function convert(given: SchemaNode, value: unknown): unknown {
    const node = standsFor(given, look);
    if (node.kind === "string" || typeof value !== "object" || value === null) return decide(node, value);
    if (!turns(node)) return value;
    const known = done.get(value) ?? new Map<SchemaNode, unknown>();
    done.set(value, known);
    if (known.has(node)) return known.get(node);
    // A value that contains itself is no JSON, and refused there.
    known.set(node, value);
    const result = decide(node, value);
    known.set(node, result);
    return result;
  }

  function decide(node: SchemaNode, value: unknown): unknown {
    switch (node.kind) {
      case "string":
        return direction === "out" ? textOf(node.as, value) : valueOf(node.as, value);
      case "union":
        return ofUnion(node.members, value);
      case "array":
        if (!Array.isArray(value)) return value;
        return value.map((item: unknown, at) => {
          const part = node.prefix[at] ?? node.rest;
          return part === null ? item : convert(part, item);
        });
      case "object": {
        if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
        const declared = new Map(node.properties.map((one) => [one.name, one.node]));
        return Object.fromEntries(
          Object.entries(value).map(([key, item]): [string, unknown] => {
            const part =
              declared.get(key) ??
              node.patterns.find(({ prefix }) => prefix !== "" && key.startsWith(prefix))?.node;
            if (part !== undefined) return [key, convert(part, item)];
            const others = node.patterns.filter(({ prefix }) => prefix === "").map((one) => one.node);
            return [key, ofUnion([...others, ...(node.additional ? [node.additional] : [])], item)];
          }),
        );
      }
      default:
        return value;
    }
  }

  function ofUnion(members: readonly SchemaNode[], value: unknown): unknown {
    const [only] = members;
    if (members.length === 1 && only) return convert(only, value);
    for (const member of members) {
      const converted = convert(member, value);
      // What goes out is checked as it will be sent: a `Date` is no text to a member that wants one.
      const checked = direction === "in" ? value : converted;
      if ((direction === "in" || isJson(converted)) && check(member, checked as Json) === null)
        return converted;
    }
    return value;
  }

  /** Whether nothing is left in a value that JSON has no word for. Each part is looked at once: at every level of a tree its subtree is asked for. */
  function isJson(value: unknown): boolean {
    if (typeof value !== "object" || value === null) return true;
    if (holdsNoJson(value)) return false;
    const before = json.get(value);
    if (before !== undefined) return before;
    const answer = Object.values(value).every(isJson);
    json.set(value, answer);
    return answer;
  }

  return convert;
}

/** What a conversion makes a text of. */
export function holdsNoJson(value: unknown): boolean {
  return value instanceof Date || value instanceof Uint8Array;
}

function textOf(as: "date" | "bytes" | undefined, value: unknown): unknown {
  if (as === "date" && value instanceof Date) return dateText(value) ?? value;
  return as === "bytes" && value instanceof Uint8Array ? base64(value) : value;
}

function valueOf(as: "date" | "bytes" | undefined, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (as === "date") return dateOf(value) ?? value;
  return as === "bytes" && isBase64(value) ? bytesOf(value) : value;
}
