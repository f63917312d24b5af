/**
 * Prints plain data at once, without a doc in between: the tables of a registry and `contract.json` are thousands of
 * lines of it, and a doc of several objects for each of their words was most of the time of emission. Lays out exactly
 * as the docs of `data.ts` do, which a test holds it to.
 */
import {
  breaksAlways,
  expressionText,
  isArray,
  json,
  movesToOwnLine,
  numberText,
  typescript,
  type Data,
  type Style,
} from "./data.ts";
import { pageWidth } from "./doc.ts";
import { widthOf } from "./width.ts";

/** `before` and `after` stand on the first and the last line: `const contract = ` and `;`. */
export function typescriptText(before: string, data: Data, after: string): string {
  return new Printer(typescript).print(before, data, after);
}

export function jsonText(data: Data): string {
  return new Printer(json).print("", data, "");
}

/** Data that has been measured, parts first. */
interface Piece {
  /** On one line; `null` when it is too long for any line, or never stands on one. */
  readonly flat: string | null;
  readonly width: number;
  /** `null` for a piece that cannot be broken. */
  readonly parts: readonly Part[] | null;
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
  readonly #trailingComma: string;
  /** Words repeat: `kind`, `"string"`. */
  readonly #words = new Map<string, Piece>();
  #out = "";

  constructor(style: Style) {
    this.#style = style;
    this.#trailingComma = style.trailingComma === "" ? "" : ",";
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
    if (isArray(data)) {
      if (data.length === 0) return atom("[]");
      const parts = data.map((part) => ({ key: "", keyWidth: 0, value: this.#measure(part), moves: false }));
      return breaksAlways(data) ? { flat: null, width: 0, parts } : joined("[", parts, "]");
    }
    const expression = expressionText(data);
    if (expression !== null) return atom(expression);
    const parts: Part[] = [];
    for (const [key, value] of Object.entries(data)) {
      if (value === undefined) continue;
      const name = this.#style.key === this.#style.string ? this.#word(key) : atom(this.#style.key(key));
      const moves = movesToOwnLine(this.#style, key, value);
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
    let known = this.#words.get(text);
    if (known === undefined) {
      known = atom(this.#style.string(text));
      this.#words.set(text, known);
    }
    return known;
  }

  /** Writes at `column` of a line that is indented by `indent`, with `after` columns to follow on the last line. */
  #write(piece: Piece, indent: number, column: number, after: number): void {
    const { flat, parts } = piece;
    if (parts === null || (flat !== null && column + piece.width + after <= pageWidth)) {
      this.#out += flat ?? "";
      return;
    }
    const isObject = parts[0]?.key !== "";
    const inner = indent + 2;
    const start = `\n${" ".repeat(inner)}`;
    this.#out += isObject ? "{" : "[";
    for (let at = 0; at < parts.length; at++) {
      const { key, keyWidth, value, moves } = parts[at] as Part;
      const isLast = at === parts.length - 1;
      const comma = isLast ? this.#trailingComma : ",";
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
