/**
 * Prepare script: source as its author wrote it → JavaScript that V8 can run as one function. The script is parsed as a module first,
 * which locates mistakes and makes it impossible to close our function early. Before → after:
 *
 *     export const a = await f();    →   (async function(){"use strict";       const a = await f();
 *                                        ;return{__proto__:null,0:a}})
 *
 * The first line is compiled with a negative column offset of the prefix's length, so every position stays true.
 */
import { parse, type Node, type Options, type Program } from "acorn";
import type { GuestScript } from "../../seam.ts";
import { NotAllowed, rewriteExports } from "./rewrite-exports.ts";
import { stripTypes } from "./strip-types.ts";
import { SyntaxFailure, tooDeep } from "./syntax-failure.ts";

export interface PreparedScript {
  /** An expression: an async function that returns the exports under their index in `exportNames`. */
  readonly code: string;
  /** Column of the first line's first character; negative. */
  readonly columnOffset: number;
  readonly exportNames: readonly string[];
}

const prefix = '(async function(){"use strict";';

/** 8 Mi letters: parsing takes about a second, which no limit of the guest interrupts. */
const maxSource = 2 ** 23;

/** Throws `SyntaxFailure`, and nothing else, when the source cannot be run. */
export function prepareScript(script: Pick<GuestScript, "source" | "filename" | "language">): PreparedScript {
  const { filename } = script;
  // A hashbang line is part of no function body.
  const source = script.source.startsWith("#!") ? script.source.replace(/^#!/, "//") : script.source;
  if (source.length > maxSource)
    throw new SyntaxFailure(filename, 1, 1, `The script is longer than ${maxSource} characters.`);
  const [text, program] = readModule(withoutSourceUrl(source), filename, script.language);
  try {
    const { code, exports } = rewriteExports(text, program);
    const values = exports.map(([, local], index) => `${index}:${local}`);
    const wrapped = `${prefix}${code}\n;return{__proto__:null,${values.join(",")}}})`;
    if (/<!--|-->/.test(text)) checkHtmlComments(wrapped, filename);
    return { code: wrapped, columnOffset: -prefix.length, exportNames: exports.map(([name]) => name) };
  } catch (error) {
    if (error instanceof NotAllowed) throw locate(text, filename, error.at, error.message);
    if (error instanceof RangeError) throw tooDeep(filename);
    throw error;
  }
}

/**
 * `//# sourceURL=…` would rename the script and switch its places back to those of our function. The word is blanked wherever it
 * begins a line of comment, which also in a template literal means nothing to anybody.
 */
function withoutSourceUrl(source: string): string {
  if (!source.includes("sourceURL")) return source;
  return source.replace(/(\/\/)[#@](?=[^\S\n\r\u2028\u2029]*sourceURL)/g, "$1 ");
}

function readModule(
  source: string,
  filename: string,
  language: GuestScript["language"],
): [text: string, program: Program] {
  if (language === "javascript") return [source, parseModule(source, filename)];
  if (language === "typescript") {
    const text = stripTypes(source, filename);
    return [text, parseModule(text, filename)];
  }
  try {
    return [source, parseModule(source, filename)];
  } catch (failure) {
    if (!(failure instanceof SyntaxFailure) || failure.isTooDeep) throw failure;
    const isTypeScript = /\.[cm]?ts$/i.test(filename);
    let text: string;
    try {
      text = stripTypes(source, filename);
    } catch (typeFailure) {
      // Neither language: the one whose parser came further knows what is wrong.
      throw isTypeScript || isFurther(typeFailure, failure) ? typeFailure : failure;
    }
    // Without types to strip it was JavaScript, and the first failure is the true one.
    if (text === source && !isTypeScript) throw failure;
    return [text, parseModule(text, filename)];
  }
}

function isFurther(one: unknown, other: SyntaxFailure): boolean {
  if (!(one instanceof SyntaxFailure)) return false;
  return one.line > other.line || (one.line === other.line && one.column > other.column);
}

function parseModule(source: string, filename: string): Program {
  const refused: NotAllowed[] = [];
  const options: Options = { ecmaVersion: "latest", sourceType: "module", locations: false };
  try {
    const program = parse(source, options);
    // Only a parser knows which `import` is one; the text tells whether it is worth looking.
    if (source.includes("import")) findImports(program, refused);
    const first = refused[0];
    if (first) throw locate(source, filename, first.at, first.message);
    return program;
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(filename);
    if (error instanceof SyntaxError) {
      const { pos } = error as SyntaxError & { pos?: number };
      throw locate(source, filename, pos ?? 0, reword(error.message, source, pos ?? 0));
    }
    throw error;
  }
}

/** Walks with its own stack: a long chain of operators is deeper than ours. */
function findImports(program: Program, found: NotAllowed[]): void {
  const stack: unknown[] = [program];
  while (stack.length > 0) {
    const node = stack.pop();
    if (typeof node !== "object" || node === null) continue;
    if (Array.isArray(node)) {
      for (const member of node) stack.push(member);
      continue;
    }
    const { type, start } = node as Node;
    if (typeof type !== "string") continue;
    if (type === "ImportExpression") {
      found.push(new NotAllowed(start, "A script cannot import: `import()` has no modules to load here."));
    } else if (type === "MetaProperty" && (node as { meta?: { name?: string } }).meta?.name === "import") {
      found.push(new NotAllowed(start, "A script has no `import.meta`: it was not loaded from anywhere."));
    }
    for (const value of Object.values(node)) if (typeof value === "object") stack.push(value);
  }
  found.sort((a, b) => a.at - b.at);
}

// A module knows no `<!--` comments, the text V8 compiles does. Read that way the script must still be one function, or
// a part of it would run outside.
function checkHtmlComments(wrapped: string, filename: string): void {
  let isOneFunction: boolean;
  try {
    const { body } = parse(wrapped, { ecmaVersion: "latest", sourceType: "script" });
    const only = body[0];
    isOneFunction =
      body.length === 1 &&
      only?.type === "ExpressionStatement" &&
      only.expression.type === "FunctionExpression" &&
      only.expression.end === wrapped.length - 1;
  } catch {
    isOneFunction = false;
  }
  if (!isOneFunction)
    throw new SyntaxFailure(filename, 1, 1, "A script cannot contain HTML comments (`<!--`, `-->`).");
}

/** acorn says "Unexpected token (1:5)"; the place is ours to give, the token is worth naming. */
function reword(message: string, source: string, at: number): string {
  const text = message.replace(/ \(\d+:\d+\)$/, "");
  if (text !== "Unexpected token") return text;
  if (at >= source.length) return "Unexpected end of the script";
  const token = /[\p{ID_Continue}$]+|[^\s]/uy;
  token.lastIndex = at;
  const found = token.exec(source)?.[0];
  return found === undefined ? text : `Unexpected token \`${found.slice(0, 40)}\``;
}

function locate(source: string, filename: string, at: number, message: string): SyntaxFailure {
  const before = source.slice(0, at).split(/\r\n|[\n\r\u2028\u2029]/);
  return new SyntaxFailure(filename, before.length, (before.at(-1)?.length ?? 0) + 1, message);
}
