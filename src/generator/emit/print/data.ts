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

interface Style {
  readonly string: (text: string) => string;
  readonly key: (name: string) => string;
  readonly trailingComma: Doc;
  /** What stands between a key and its value. */
  readonly separator: (value: Data, doc: Doc, key: string) => Doc;
}

const shortestBreakingKey = 5;

/** Keys of printed objects are ours, so they need no quotes. */
const typescript: Style = {
  string: quoted,
  key: (name) => name,
  trailingComma: ifBroken(","),
  // A text that is too long for its line moves to the next one, unless that would hardly gain anything.
  separator: (value, doc, key) =>
    typeof value === "string" && key.length >= shortestBreakingKey
      ? [":", group(indent([line, doc]))]
      : [": ", doc],
};
const json: Style = {
  string: escapeJson,
  key: escapeJson,
  trailingComma: "",
  separator: (_, doc) => [": ", doc],
};

export function typescriptData(data: Data): Doc {
  return dataDoc(data, typescript);
}

export function jsonData(data: Data): Doc {
  return dataDoc(data, json);
}

function dataDoc(data: Data, style: Style): Doc {
  if (typeof data === "string") return style.string(data);
  if (typeof data === "number") return numberText(data);
  if (typeof data !== "object" || data === null) return String(data);
  if (isArray(data)) return arrayDoc(data, style);
  if (isExpression(data)) return data[expression];
  const entries = Object.entries(data).filter((entry): entry is [string, Data] => entry[1] !== undefined);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, value]) => [
    style.key(key),
    style.separator(value, dataDoc(value, style), key),
  ]);
  return group(["{", indent([line, join([",", line], lines)]), style.trailingComma, line, "}"]);
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
function breaksAlways(data: readonly Data[]): boolean {
  const [first = null] = data;
  return data.length > 1 && data.every((part) => isArray(part) === isArray(first) && sizeOf(part) > 1);
}

function sizeOf(data: Data): number {
  if (isArray(data)) return data.length;
  if (typeof data !== "object" || data === null || isExpression(data)) return 0;
  return Object.values(data).filter((value) => value !== undefined).length;
}

function isArray(data: Data): data is readonly Data[] {
  return Array.isArray(data);
}

function isExpression(data: object): data is Expression {
  return expression in data;
}
