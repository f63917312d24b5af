/**
 * Prints findings for a terminal: what happened, where, the code, what to do; and one summary line at the end.
 *
 * ```
 * error binding-name-reserved: `db.then` cannot be a binding, because …
 *   bindings.ts:4:5
 *   4 |     then: (id: string) => id,
 *     |     ^^^^
 *   help: rename the leaf, for example `db.next`.
 * ```
 */
import { counted } from "../../model/counted.ts";
import { visible } from "../../model/names.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { codeFrame } from "./frame.ts";

export interface TextOptions {
  /** The text of a file by its name in the diagnostic; `null` when it cannot be read. No frame without it. */
  readonly source?: (file: string) => string | null;
  /** ANSI colours. Default: false; the command line decides by terminal and `NO_COLOR`. */
  readonly colors?: boolean;
  /** Cells of code shown per line. Default: 100. */
  readonly width?: number;
}

/** All findings as text that ends in a newline; empty when there are none. */
export function formatText(diagnostics: readonly Diagnostic[], options: TextOptions = {}): string {
  if (diagnostics.length === 0) return "";
  const blocks = diagnostics.map((one) => formatOne(one, options));
  return `${blocks.join("\n\n")}\n\n${summary(diagnostics)}\n`;
}

/** `2 errors, 1 warning`. */
export function summary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const parts = [count(errors, "error"), count(warnings, "warning")].filter((part) => part !== null);
  return parts.length === 0 ? "no findings" : parts.join(", ");
}

function count(number: number, noun: string): string | null {
  return number === 0 ? null : counted(number, noun);
}

function formatOne(one: Diagnostic, options: TextOptions): string {
  const paint = options.colors === true ? ansi : plain;
  const severity = one.severity === "error" ? paint.red("error") : paint.yellow("warning");
  const lines = [`${severity} ${paint.bold(one.code)}: ${indented(one.message)}`];
  if (one.file !== null) {
    const position = one.line === null ? "" : `:${one.line}${one.column === null ? "" : `:${one.column}`}`;
    lines.push(`  ${paint.cyan(visible(one.file) + position)}`);
    const text = one.line === null ? null : (options.source?.(one.file) ?? null);
    const frame =
      text === null
        ? null
        : codeFrame(text, one, {
            ...(options.width === undefined ? {} : { width: options.width }),
            paintGutter: paint.dim,
            paintCarets: one.severity === "error" ? paint.red : paint.yellow,
          });
    if (frame !== null) lines.push(frame);
  }
  if (one.help !== "") lines.push(`  ${paint.bold("help:")} ${indented(lowerFirst(one.help))}`);
  return lines.join("\n");
}

/** Later lines stay inside the block; control characters never reach the terminal. */
function indented(text: string): string {
  return text
    .split(/\r\n|[\n\r]/)
    .map(visible)
    .join("\n    ");
}

/** `Rename the leaf.` -> `rename the leaf.`: the sentence continues after `help:`. Names such as `TypeScript` and `Node` stay. */
export function lowerFirst(text: string): string {
  return text.replace(/^(?!Node\b)[A-Z](?=[a-z]*[\s,:])/, (letter) => letter.toLowerCase());
}

type Paint = (text: string) => string;

const plain = { red: same, yellow: same, cyan: same, bold: same, dim: same } satisfies Record<string, Paint>;

const ansi = {
  red: style(31, 39),
  yellow: style(33, 39),
  cyan: style(36, 39),
  bold: style(1, 22),
  dim: style(2, 22),
} satisfies Record<keyof typeof plain, Paint>;

function style(on: number, off: number): Paint {
  return (text) => (text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`);
}

function same(text: string): string {
  return text;
}
