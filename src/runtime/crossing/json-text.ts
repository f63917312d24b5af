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
/** Room for what is written between two looks at what is left: a number with 24 letters, and punctuation. */
const margin = 64;

/** Letters of one or of two bytes: where those of the message are read, and where the JSON is written. */
interface Page {
  readonly source: Uint8Array | Uint16Array;
  readonly target: Uint8Array | Uint16Array;
  fill(text: string): void;
  take(length: number): string;
}

function page(Letters: typeof Uint8Array | typeof Uint16Array, encoding: "latin1" | "utf16le"): Page {
  const bytes = Letters.BYTES_PER_ELEMENT;
  const from = Buffer.allocUnsafeSlow(most * bytes);
  const to = Buffer.allocUnsafeSlow((most + margin) * bytes);
  return {
    source: new Letters(from.buffer),
    target: new Letters(to.buffer),
    fill: (text) => void from.write(text, encoding),
    take: (length) => to.toString(encoding, 0, length * bytes),
  };
}

const narrow = page(Uint8Array, "latin1");
let wide: Page | undefined;

const quote = 34;
const comma = 44;
const colon = 58;
const zero = 48;
const minus = 45;
const backslash = 92;
const digits = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const escaped = /[\0-\x1f"\\]/;

const lettersOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const constants: (Uint8Array | undefined)[] = [];
constants[constant.null] = lettersOf("null");
constants[constant.true] = lettersOf("true");
constants[constant.false] = lettersOf("false");

/** Where the letters of a name begin, and how many they are, name after name. */
type Names = readonly number[];

let words: Int32Array;
let at = 0;
let source: Page["source"];
let target: Page["target"];
let letter = 0;
let end = 0;
let mayEscape = false;
/** False once something has come that JSON does not say, or too much. */
let says = true;
const names: number[] = [];
const shapes: Names[] = [];

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** The JSON of a message behind `prefix`; `null` where words must say it. */
export function jsonText(prefix: string, message: Message): string | null {
  const { text, isWide, bytes } = message;
  if (bytes.length > 0 || text.length > most) return null;
  const chosen = isWide ? (wide ??= page(Uint16Array, "utf16le")) : narrow;
  ({ words, from: at } = message);
  ({ source, target } = chosen);
  chosen.fill(text);
  mayEscape = escaped.test(text);
  letter = end = names.length = shapes.length = 0;
  says = true;
  for (let i = 0; i < prefix.length; i++) put(prefix.charCodeAt(i));
  putValue();
  // What closes behind the last value was not counted by another.
  return says && end <= most ? chosen.take(end) : null;
}

function put(code: number): void {
  target[end++] = code;
}

function putValue(): void {
  if (end > most) says = false;
  if (!says) return;
  const word = words[at++]!;
  const number = word >>> 4;
  switch (word & 15) {
    case tag.integer:
      return putInteger(word >> 4);
    case tag.text:
      putText(letter, number);
      letter += number;
      return;
    case tag.object:
      return putObject(shapes[number]!);
    case tag.shape:
      return putObject(readShape(number));
    case tag.array:
      return putArray(number);
    case tag.constant:
      return putLetters(constants[number]);
    case tag.double:
      return putDouble();
    default:
      says = false;
  }
}

function putObject(of: Names): void {
  put(123);
  for (let i = 0; i < of.length && says; i += 2) {
    if (i > 0) put(comma);
    putText(of[i]!, of[i + 1]!);
    put(colon);
    putValue();
  }
  put(125);
}

function readShape(length: number): Names {
  const own: number[] = [];
  for (let i = 0; i < length; i++) {
    const word = words[at++]!;
    const number = word >>> 4;
    if ((word & 15) === tag.text) {
      names.push(letter, number);
      own.push(letter, number);
      letter += number;
    } else own.push(names[2 * number]!, names[2 * number + 1]!);
  }
  shapes.push(own);
  return own;
}

function putArray(length: number): void {
  put(91);
  for (let i = 0; i < length && says; i++) {
    if (i > 0) put(comma);
    putValue();
  }
  put(93);
}

function putText(start: number, length: number): void {
  // An escape has six letters.
  if (end + (mayEscape ? 6 * length : length) > most) {
    says = false;
    return;
  }
  put(quote);
  if (length > 64 && !mayEscape) {
    target.set(source.subarray(start, start + length), end);
    end += length;
  } else if (mayEscape) for (let i = start; i < start + length; i++) putEscaped(source[i]!);
  else for (let i = start; i < start + length; i++) target[end++] = source[i]!;
  put(quote);
}

function putEscaped(code: number): void {
  if (code < 32) {
    put(backslash);
    put(117);
    put(zero);
    put(zero);
    put(digits[code >> 4]!);
    return put(digits[code & 15]!);
  }
  if (code === quote || code === backslash) put(backslash);
  put(code);
}

function putInteger(value: number): void {
  let rest = value;
  if (rest < 0) {
    put(minus);
    rest = -rest;
  }
  let last = end;
  for (let more = rest; more > 9; more = (more / 10) | 0) last++;
  for (let i = last; i >= end; i--) {
    target[i] = zero + (rest % 10);
    rest = (rest / 10) | 0;
  }
  end = last + 1;
}

function putDouble(): void {
  halves[0] = words[at++]!;
  halves[1] = words[at++]!;
  const value = double[0]!;
  if (!Number.isFinite(value)) says = false;
  const text = Object.is(value, -0) ? "-0" : String(value);
  for (let i = 0; i < text.length; i++) put(text.charCodeAt(i));
}

function putLetters(letters: Uint8Array | undefined): void {
  if (letters === undefined) says = false;
  else for (let i = 0; i < letters.length; i++) put(letters[i]!);
}
