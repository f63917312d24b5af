/**
 * Prints plain data as TypeScript or as JSON: an object or array on one line where it fits, else one entry a line, as
 * prettier would. The tables of a registry and `contract.json` are thousands of lines of data, so it is written at once: a doc of
 * several objects for each word was most of the time of emission.
 */
import { remembered } from "../../model/remembered.ts";
import { quoted } from "../escape/string.ts";
import { escapeJson } from "../escape/json.ts";
import { pageWidth } from "./doc.ts";
import { widthOf } from "./width.ts";

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
  readonly trailingComma: "," | "";
  /** The shortest key whose value moves to the next line when it is a text that is too long for this one. */
  readonly shortestBreakingKey: number;
}

/** Keys of printed objects are ours, so they need no quotes. */
const typescript: Style = {
  string: quoted,
  key: (name) => name,
  trailingComma: ",",
  // Behind a shorter key a line of its own would hardly gain anything.
  shortestBreakingKey: 5,
};
const json: Style = {
  string: escapeJson,
  key: escapeJson,
  trailingComma: "",
  shortestBreakingKey: Infinity,
};

/** `before` and `after` stand on the first and the last line: `const contract = ` and `;`. */
export function typescriptText(before: string, data: Data, after: string, printed?: PrintedData): string {
  return new Printer(typescript, printed).print(before, data, after);
}

export function jsonText(data: Data, printed?: PrintedData): string {
  return new Printer(json, printed).print("", data, "");
}

/**
 * What lasting data was printed as, for the next text that holds it. One for each style. Data is lasting when whoever made it says so
 * with `lasting`: to look for every word in a table would take longer than to write it again.
 */
export type PrintedData = WeakMap<object, Lasting>;

interface Lasting {
  piece: Piece | null;
}

/** Says that texts to come hold this very data, too. */
export function lasting<T extends object>(printed: PrintedData, data: T): T {
  printed.set(data, { piece: null });
  return data;
}

/** Data that has been measured, parts first. */
interface Piece {
  /** On one line; `null` when it is too long for any line, or never stands on one. */
  readonly flat: string | null;
  readonly width: number;
  /** `null` for a piece that cannot be broken. */
  readonly parts: readonly Part[] | null;
  /** Of lasting data: its texts so far, by their indentation. */
  readonly texts?: Map<number, string>;
}

interface Part {
  /** With quotes where needed; empty in arrays. */
  readonly key: string;
  readonly keyWidth: number;
  readonly value: Piece;
  /** A text that moves to the next line when it is too long. */
  readonly moves: boolean;
}

class Printer {
  readonly #style: Style;
  /** Words repeat: `kind`, `"string"`. */
  readonly #words = new Map<string, Piece>();
  readonly #printed: PrintedData | undefined;
  #out = "";

  constructor(style: Style, printed: PrintedData | undefined) {
    this.#style = style;
    this.#printed = printed;
  }

  print(before: string, data: Data, after: string): string {
    this.#out = before;
    this.#write(this.#measure(data), 0, widthOf(before), widthOf(after));
    return this.#out + after;
  }

  #measure(data: Data): Piece {
    if (typeof data === "string") return this.#word(data);
    if (typeof data === "number") return atom(numberText(data));
    if (typeof data !== "object" || data === null) return atom(String(data));
    const known = this.#printed?.get(data);
    if (known === undefined) return this.#measureParts(data);
    return (known.piece ??= { ...this.#measureParts(data), texts: new Map() });
  }

  #measureParts(data: Extract<Data, object>): Piece {
    if (isArray(data)) {
      if (data.length === 0) return atom("[]");
      const parts = data.map((part) => ({ key: "", keyWidth: 0, value: this.#measure(part), moves: false }));
      return breaksAlways(data) ? { flat: null, width: 0, parts } : joined("[", parts, "]");
    }
    if (isExpression(data)) return atom(data[expression]);
    const parts: Part[] = [];
    for (const [key, value] of Object.entries(data)) {
      if (value === undefined) continue;
      const name = this.#style.key === this.#style.string ? this.#word(key) : atom(this.#style.key(key));
      const moves = typeof value === "string" && key.length >= this.#style.shortestBreakingKey;
      parts.push({
        key: `${name.flat ?? ""}:`,
        keyWidth: name.width + 1,
        value: this.#measure(value),
        moves,
      });
    }
    return parts.length === 0 ? atom("{}") : joined("{ ", parts, " }");
  }

  #word(text: string): Piece {
    return remembered(this.#words, text, () => atom(this.#style.string(text)));
  }

  /** Writes at `column` of a line that is indented by `indent`, with `after` columns to follow on the last line. */
  #write(piece: Piece, indent: number, column: number, after: number): void {
    const { flat, parts } = piece;
    if (parts === null || (flat !== null && column + piece.width + after <= pageWidth)) {
      this.#out += flat ?? "";
      return;
    }
    if (piece.texts === undefined) return this.#writeParts(parts, indent);
    this.#out += remembered(piece.texts, indent, () => {
      const out = this.#out;
      this.#out = "";
      this.#writeParts(parts, indent);
      const text = this.#out;
      this.#out = out;
      return text;
    });
  }

  /** A line for each part; where the first line began makes no difference. */
  #writeParts(parts: readonly Part[], indent: number): void {
    const isObject = parts[0]?.key !== "";
    const inner = indent + 2;
    const start = `\n${" ".repeat(inner)}`;
    this.#out += isObject ? "{" : "[";
    for (let at = 0; at < parts.length; at++) {
      const { key, keyWidth, value, moves } = parts[at] as Part;
      const isLast = at === parts.length - 1;
      const comma = isLast ? this.#style.trailingComma : ",";
      this.#out += start + key;
      if (!isObject) this.#write(value, inner, inner, comma.length);
      else if (moves && inner + keyWidth + 1 + value.width + comma.length > pageWidth) {
        this.#out += `${start}  ${value.flat ?? ""}`;
      } else {
        this.#out += " ";
        this.#write(value, inner, inner + keyWidth + 1, comma.length);
      }
      this.#out += comma;
    }
    this.#out += `\n${" ".repeat(indent)}${isObject ? "}" : "]"}`;
  }
}

function atom(text: string): Piece {
  return { flat: text, width: widthOf(text), parts: null };
}

function joined(open: string, parts: readonly Part[], close: string): Piece {
  let width = open.length + close.length + 2 * (parts.length - 1);
  for (const { keyWidth, value } of parts) {
    if (value.flat === null) return { flat: null, width: 0, parts };
    width += keyWidth + value.width + (keyWidth === 0 ? 0 : 1);
  }
  if (width > pageWidth) return { flat: null, width: 0, parts };
  const texts = parts.map(({ key, value }) => (key === "" ? value.flat : `${key} ${value.flat}`));
  return { flat: `${open}${texts.join(", ")}${close}`, width, parts };
}

/** A number as its shortest literal: `1e21`, not `1e+21`. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
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
