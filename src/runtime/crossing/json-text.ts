/**
 * Writes a message as JSON, where that says all of it: plain objects and dense arrays of texts, finite numbers, booleans and `null`, none of
 * them in two places. Most answers are such. In an isolate that has just begun, the engine's own reader of JSON takes a tenth to a twentieth of
 * what our decoder takes, which is code that runs for the first time there; in one that has called for long they take the same.
 *
 *     words  shape 2 · text 2 · text 4 · integer 7 · text 3      text  "idnameAda"      →      {"id":7,"name":"Ada"}
 */
import { format } from "./format.ts";
import type { Message } from "./message.ts";

const { tag, constant } = format;

/** Names are written for each object, so that few words could be a long text. Longer messages go as words. */
const most = 256 * 1024;
const escaped = /[\0-\x1f"\\]/;
const constants: { readonly [number: number]: string } = {
  [constant.null]: "null",
  [constant.true]: "true",
  [constant.false]: "false",
};

let words: Int32Array;
let at = 0;
let text = "";
let letter = 0;
let mayEscape = false;
/** False once something has come that JSON does not say, or too much. */
let says = true;
const names: string[] = [];
/** What is written before each value of an object: `{"id":`, `,"name":`. */
const shapes: (readonly string[])[] = [];

const halves = new Int32Array(2);
const double = new Float64Array(halves.buffer);

/** The JSON of a message; `null` where words must say it. */
export function jsonText(message: Message): string | null {
  if (message.bytes.length > 0 || message.text.length > most) return null;
  ({ words, from: at, text } = message);
  mayEscape = escaped.test(text);
  letter = 0;
  says = true;
  const json = value();
  text = "";
  names.length = shapes.length = 0;
  return says && json.length <= most ? json : null;
}

function value(): string {
  const word = words[at++]!;
  const number = word >>> 4;
  switch (word & 15) {
    case tag.integer:
      return `${word >> 4}`;
    case tag.text:
      return quoted(number);
    case tag.object:
      return members(shapes[number]!);
    case tag.shape:
      return members(readShape(number));
    case tag.array:
      return elements(number);
    case tag.constant:
      return constants[number] ?? unsayable();
    case tag.double:
      halves[0] = words[at++]!;
      halves[1] = words[at++]!;
      if (!Number.isFinite(double[0])) return unsayable();
      return Object.is(double[0], -0) ? "-0" : `${double[0]}`;
    default:
      return unsayable();
  }
}

function unsayable(): string {
  says = false;
  return "";
}

function quoted(length: number): string {
  const letters = text.slice(letter, (letter += length));
  return mayEscape ? JSON.stringify(letters) : `"${letters}"`;
}

function readShape(length: number): readonly string[] {
  const heads: string[] = [];
  for (let i = 0; i < length; i++) {
    const word = words[at++]!;
    if ((word & 15) === tag.text) names.push(quoted(word >>> 4));
    const name = (word & 15) === tag.text ? names.at(-1)! : names[word >>> 4]!;
    heads.push(`${i === 0 ? "{" : ","}${name}:`);
  }
  shapes.push(heads);
  return heads;
}

function members(heads: readonly string[]): string {
  if (heads.length === 0) return "{}";
  let json = "";
  for (let i = 0; i < heads.length && says; i++) {
    json += heads[i]! + value();
    if (json.length > most) says = false;
  }
  return `${json}}`;
}

function elements(length: number): string {
  let json = "[";
  for (let i = 0; i < length && says; i++) {
    json += i === 0 ? value() : `,${value()}`;
    if (json.length > most) says = false;
  }
  return `${json}]`;
}
