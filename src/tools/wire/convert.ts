/**
 * Converts values where a schema says what a text stands for: `Date` and bytes on a script's side, texts on the far side. Where a schema leaves a
 * choice, the first member that fits decides; what fits none stays as it is, and is refused by whoever checks it.
 */
import type { Json } from "../../model/json.ts";
import type { SchemaNode } from "../schema/node.ts";
import { startCheck, type Look } from "./check.ts";
import { jsonOf } from "./json.ts";
import { base64, bytesOf, dateOf, dateText, isBase64 } from "./text.ts";

/** `out`: from a script to the far side. `in`: what came back. */
export type Direction = "out" | "in";

/** A conversion of one call's values. */
export function startConversion(
  direction: Direction,
  look: Look,
): (node: SchemaNode, value: unknown) => unknown {
  const check = startCheck(look);
  const turning = new Map<SchemaNode, boolean>();
  const done = new WeakMap<object, Map<SchemaNode, unknown>>();

  /** Whether any value of a node is converted; most are not, and stay as they are. */
  function turns(node: SchemaNode): boolean {
    const known = turning.get(node);
    if (known !== undefined) return known;
    turning.set(node, false);
    const answer = decide();
    turning.set(node, answer);
    return answer;

    function decide(): boolean {
      switch (node.kind) {
        case "string":
          return node.as !== undefined;
        case "array":
          return [...node.prefix, ...(node.rest ? [node.rest] : [])].some(turns);
        case "object":
          return [
            ...[...node.properties, ...node.patterns].map((part) => part.node),
            ...(node.additional ? [node.additional] : []),
          ].some(turns);
        case "union":
          return node.members.some(turns);
        case "reference":
          return turns(look(node.name));
        default:
          return false;
      }
    }
  }

  function convert(node: SchemaNode, value: unknown): unknown {
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
      case "reference":
        return convert(look(node.name), value);
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
      if (direction === "in") {
        if (check(member, value as Json) === null) return converted;
        continue;
      }
      // A `Date` is no text to a member that wants one.
      if (converted === value && holdsNoJson(value)) continue;
      const json = jsonOf(converted);
      if ("json" in json && check(member, json.json) === null) return converted;
    }
    return value;
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
