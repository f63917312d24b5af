/**
 * Prints plain data as TypeScript or as JSON: an object or array on one line where it fits, else one entry a line.
 */
import { quoted } from "../escape/string.ts";
import { escapeJson } from "../escape/json.ts";
import { group, indent, join, line, softline, ifBroken, type Doc } from "./doc.ts";

export type Data =
  | null
  | boolean
  | number
  | string
  | readonly Data[]
  | { readonly [key: string]: Data | undefined }
  | Expression;

/** TypeScript that stands in data: the name of an emitted function. */
export interface Expression {
  readonly [expression]: string;
}

const expression = Symbol("expression");

export function code(text: string): Expression {
  return { [expression]: text };
}

export interface Style {
  readonly string: (text: string) => string;
  readonly key: (name: string) => string;
  readonly trailingComma: Doc;
  /** The shortest key whose value moves to the next line when it is a text that is too long for this one. */
  readonly shortestBreakingKey: number;
}

/** Keys of printed objects are ours, so they need no quotes. */
export const typescript: Style = {
  string: quoted,
  key: (name) => name,
  trailingComma: ifBroken(","),
  // Behind a shorter key a line of its own would hardly gain anything.
  shortestBreakingKey: 5,
};
export const json: Style = {
  string: escapeJson,
  key: escapeJson,
  trailingComma: "",
  shortestBreakingKey: Infinity,
};

export function typescriptData(data: Data): Doc {
  return dataDoc(data, typescript);
}

export function dataDoc(data: Data, style: Style): Doc {
  if (typeof data === "string") return style.string(data);
  if (typeof data === "number") return numberText(data);
  if (typeof data !== "object" || data === null) return String(data);
  if (isArray(data)) return arrayDoc(data, style);
  if (isExpression(data)) return data[expression];
  const entries = Object.entries(data).filter((entry): entry is [string, Data] => entry[1] !== undefined);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, value]) => [
    style.key(key),
    movesToOwnLine(style, key, value)
      ? [":", group(indent([line, dataDoc(value, style)]))]
      : [": ", dataDoc(value, style)],
  ]);
  return group(["{", indent([line, join([",", line], lines)]), style.trailingComma, line, "}"]);
}

export function movesToOwnLine(style: Style, key: string, value: Data): boolean {
  return typeof value === "string" && key.length >= style.shortestBreakingKey;
}

/** A number as its shortest literal: `1e21`, not `1e+21`. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
}

function arrayDoc(data: readonly Data[], style: Style): Doc {
  if (data.length === 0) return "[]";
  const parts = data.map((part) => dataDoc(part, style));
  const content: Doc = [indent([softline, join([",", line], parts)]), style.trailingComma, softline];
  return group(["[", content, "]"], breaksAlways(data));
}

/** Several objects, or several arrays, of several parts each: prettier gives each a line. */
export function breaksAlways(data: readonly Data[]): boolean {
  const [first = null] = data;
  return data.length > 1 && data.every((part) => isArray(part) === isArray(first) && sizeOf(part) > 1);
}

function sizeOf(data: Data): number {
  if (isArray(data)) return data.length;
  if (typeof data !== "object" || data === null || isExpression(data)) return 0;
  return Object.values(data).filter((value) => value !== undefined).length;
}

export function isArray(data: Data): data is readonly Data[] {
  return Array.isArray(data);
}

function isExpression(data: object): data is Expression {
  return expression in data;
}

/** The text of an expression; `null` for any other data. */
export function expressionText(data: object): string | null {
  return isExpression(data) ? data[expression] : null;
}
