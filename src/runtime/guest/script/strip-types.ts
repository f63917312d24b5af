/**
 * Strips types: TypeScript → JavaScript of the same lines and columns, by Node's own stripper. Keeps out its experimental
 * warning, and turns its errors into located ones.
 *
 * The stripper is a WebAssembly module with a small stack of its own: source nested a few thousand levels deep breaks it for the
 * rest of the process's life. So nesting is measured first, and what breaks it all the same costs later scripts a thread
 * each, not their types.
 */
import { stripTypeScriptTypes } from "node:module";
import { withSemicolons } from "./semicolons.ts";
import { insteadOf } from "../../../model/needs-code.ts";
import { stripInThread, type StripFailure } from "./strip-in-thread.ts";
import { SyntaxFailure, tooDeep } from "./syntax-failure.ts";

/** Levels of brackets, or operators in one statement. The stripper survives 1,000 of each and fails before 10,000. */
const maxNesting = 800;
const maxChain = 3000;

/** True once the stripper of this thread has died. */
let isBroken = false;

export function stripTypes(source: string, filename: string): string {
  if (isTooDeep(source)) throw tooDeep(filename);
  let text: string;
  try {
    text = strip(source, filename);
  } catch (error) {
    throw failure(error, source, filename);
  }
  // The name is only wanted in errors; in the text it would take the columns of the first line away.
  const name = `\n\n//# sourceURL=${filename}`;
  const stripped = text.endsWith(name) ? text.slice(0, -name.length) : text;
  return withSemicolons(stripped, source);
}

function strip(source: string, filename: string): string {
  return isBroken
    ? stripInThread(source, filename)
    : withoutWarning(() => stripTypeScriptTypes(source, { mode: "strip", sourceUrl: filename }));
}

/**
 * Counts without understanding the language: brackets inside strings and comments count too, so honest source is
 * refused only when it is nested absurdly. A chain is what stands between two `;` or line ends after a statement.
 */
function isTooDeep(source: string): boolean {
  let depth = 0;
  let chain = 0;
  for (let i = 0; i < source.length; i++) {
    switch (source.charCodeAt(i)) {
      case 40: // (
      case 91: // [
      case 123: // {
        if (++depth > maxNesting) return true;
        break;
      case 41: // )
      case 93: // ]
      case 125: // }
        if (depth > 0) depth--;
        break;
      case 59: // ;
      case 44: // ,
        chain = 0;
        break;
      case 33: // !
      case 43: // +
      case 45: // -
      case 42: // *
      case 47: // /
      case 60: // <
      case 61: // =
      case 63: // ?
      case 38: // &
      case 124: // |
      case 126: // ~
      case 46: // .
      case 58: // :
        if (++chain > maxChain) return true;
        break;
      default:
        break;
    }
  }
  return false;
}

function failure(error: unknown, source: string, filename: string): SyntaxFailure {
  const { code, message } = error as StripFailure;
  if (code !== "ERR_INVALID_TYPESCRIPT_SYNTAX" && code !== "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") {
    isBroken = true;
    return tooDeep(filename);
  }
  const [line, column] = placeOf(inCells(error as StripFailure, source, filename), source, filename);
  const advice = code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX" ? ` ${adviceOn(message)}` : "";
  return new SyntaxFailure(filename, line, column, `${message}${/[.!?]$/.test(message) ? "" : "."}${advice}`);
}

/** `TypeScript enum is not supported in strip-only mode` → what to write instead of an enum. */
function adviceOn(message: string): string {
  const coded = Object.entries(insteadOf).find(([name]) => message.startsWith(`TypeScript ${name} `));
  return (
    coded?.[1] ?? "Only syntax that can be erased is possible in a script; write it in JavaScript instead."
  );
}

/**
 * The same failure of a text in which each letter takes one cell of a terminal: carets are drawn below cells, and a tab has four, a wide letter two. Where
 * the letters matter for what is wrong, only tabs are exchanged.
 */
function inCells(error: StripFailure, source: string, filename: string): StripFailure {
  const tabless = source.replaceAll("\t", " ");
  const narrow = tabless.replaceAll(/[^\0-\x7f\u2028\u2029]/gu, (letter) =>
    (/\p{ID_Continue}/u.test(letter) ? "a" : " ").repeat(letter.length),
  );
  for (const text of [narrow, tabless]) {
    if (text === source) return error;
    try {
      strip(text, filename);
    } catch (again) {
      if ((again as StripFailure).message === error.message) return again as StripFailure;
    }
  }
  return error;
}

// The place stands only in the decorated stack: `file:line`, the lines around it, and a row of carets under the column. Without carets it is where the text ends.
function placeOf(
  { stack = "" }: StripFailure,
  source: string,
  filename: string,
): readonly [line: number, column: number] {
  const lines = stack.split("\n");
  const first = lines[0] ?? "";
  const said = first.startsWith(`${filename}:`)
    ? Number.parseInt(first.slice(filename.length + 1), 10)
    : Number.NaN;
  const line = Number.isNaN(said) ? 1 : said;
  const carets = lines.find((text) => /^\s*\^+\s*$/.test(text));
  if (carets !== undefined) return [line, carets.indexOf("^") + 1];
  const written = source.split(/\r\n|[\n\r\u2028\u2029]/u);
  return [line, line === written.length ? (written.at(-1) ?? "").length + 1 : 1];
}

let warned = false;

/** Node warns once per process that its stripper is experimental; a host's log is no place for our choice. */
function withoutWarning<T>(action: () => T): T {
  if (warned) return action();
  const original = process.emitWarning;
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    const text = typeof warning === "string" ? warning : warning.message;
    if (text.includes("stripTypeScriptTypes")) return;
    (original as (...args: unknown[]) => void).call(process, warning, ...rest);
  }) as typeof process.emitWarning;
  try {
    return action();
  } finally {
    process.emitWarning = original;
    warned = true;
  }
}
