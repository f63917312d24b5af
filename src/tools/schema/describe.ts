/** Says in words what a type cannot: bounds, formats and counts, which are checked when a call is made. */
import { counted } from "../../model/counted.ts";
import type { ArrayNode, NumberNode, ObjectNode, SchemaNode, StringNode } from "./node.ts";

/** `"A whole number, at least 1, at most 100."`; empty when the type says all. */
export function boundsOf(node: SchemaNode): string {
  const words = wordsOf(node).filter((word) => word !== "");
  if (words.length === 0) return "";
  const text = words.join(", ");
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function wordsOf(node: SchemaNode): readonly string[] {
  switch (node.kind) {
    case "string":
      return stringWords(node);
    case "number":
      return numberWords(node);
    case "array":
      return arrayWords(node);
    case "object":
      return objectWords(node);
    case "union": {
      // `string | null`: what is said of the string.
      const said = node.members.map(wordsOf).filter((words) => words.length > 0);
      return node.members.length === 2 && said.length === 1 ? (said[0] ?? []) : [];
    }
    default:
      return [];
  }
}

function stringWords({ as, minLength, maxLength, pattern, format }: StringNode): readonly string[] {
  const of = as === "bytes" ? " of base64" : "";
  return [
    format === undefined ? "" : `format \`${code(format)}\``,
    ...range(minLength, maxLength, `character${of}`, `characters${of}`),
    // Of a date it says no more, and a long one nobody reads.
    pattern === undefined || as !== undefined || pattern.length > 80 ? "" : `matches \`${code(pattern)}\``,
  ];
}

function numberWords(node: NumberNode): readonly string[] {
  const { integer, minimum, maximum } = node;
  // What schema libraries write beside every whole number says nothing of this one.
  const isUsual = (bound: number): boolean => integer && Math.abs(bound) === Number.MAX_SAFE_INTEGER;
  return [
    integer ? "a whole number" : "",
    minimum === undefined || isUsual(minimum) ? "" : `at least ${minimum}`,
    node.exclusiveMinimum === undefined ? "" : `more than ${node.exclusiveMinimum}`,
    maximum === undefined || isUsual(maximum) ? "" : `at most ${maximum}`,
    node.exclusiveMaximum === undefined ? "" : `less than ${node.exclusiveMaximum}`,
    node.multipleOf === undefined ? "" : `a multiple of ${node.multipleOf}`,
  ];
}

function arrayWords({ minItems, maxItems, unique }: ArrayNode): readonly string[] {
  return [...range(minItems, maxItems, "item", "items"), unique ? "no item twice" : ""];
}

function objectWords({ minProperties, maxProperties }: ObjectNode): readonly string[] {
  return range(minProperties, maxProperties, "property", "properties");
}

function range(
  least: number | undefined,
  most: number | undefined,
  one: string,
  many: string,
): readonly string[] {
  return [
    least === undefined ? "" : `at least ${counted(least, one, many)}`,
    most === undefined ? "" : `at most ${counted(most, one, many)}`,
  ];
}

function code(text: string): string {
  return text.replaceAll("`", "'").replace(/\s+/gu, " ").replaceAll("@", "\\u0040");
}
