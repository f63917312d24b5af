/**
 * Prepare script: source as its author wrote it → a module V8 can compile, whose one export runs it. The script is parsed as a module first,
 * which locates mistakes and makes it impossible to close our function early: V8 reads the result by the same rules. Before → after:
 *
 *     export const a = await f();    →   export default(0,async()=>{       const a = await f();
 *                                        ;return{__proto__:null,0:()=>({__proto__:null,0:a})}})
 *
 * An arrow function of a module is as near to the top of a module as code can be that is called: `this` is undefined, there is no `arguments`
 * and no `new.target`. The exports are read by a function, because a top-level `using` disposes after the last statement.
 * The first line is compiled with a negative column offset of the prefix's length, so every position stays true.
 */
import type { Comment, Program } from "acorn";
import type { GuestScript } from "../../seam.ts";
import { locate, parseModule, type ParsedModule } from "./parse-module.ts";
import { NotAllowed, rewriteExports } from "./rewrite-exports.ts";
import { stripTypes } from "./strip-types.ts";
import { SyntaxFailure, tooDeep } from "./syntax-failure.ts";

export interface PreparedScript {
  /**
   * A module whose default export is an async function. It takes the object that names an unnamed class, and fulfils with an object whose
   * `0` reads the exports, under their index in `exportNames`.
   */
  readonly code: string;
  /** Column of the first line's first character; negative. */
  readonly columnOffset: number;
  readonly exportNames: readonly string[];
}

/** 8 Mi letters: parsing takes about a second, which no limit of the guest interrupts. */
const maxSource = 2 ** 23;

/** Throws `SyntaxFailure`, and nothing else, when the source cannot be run. */
export function prepareScript(script: Pick<GuestScript, "source" | "filename" | "language">): PreparedScript {
  const { filename } = script;
  // A hashbang line is part of no function body.
  const source = script.source.startsWith("#!") ? script.source.replace(/^#!/, "//") : script.source;
  if (source.length > maxSource)
    throw new SyntaxFailure(filename, 1, 1, `The script is longer than ${maxSource} characters.`);
  const [text, program] = readModule(source, filename, script.language);
  try {
    const { code, exports, parameter } = rewriteExports(text, program);
    const values = exports.map(([, local], index) => `${index}:${local}`);
    const prefix = `export default(0,async(${parameter})=>{`;
    return {
      code: `${prefix}${code}\n;return{__proto__:null,0:()=>({__proto__:null,${values.join(",")}})}})`,
      columnOffset: -prefix.length,
      exportNames: exports.map(([name]) => name),
    };
  } catch (error) {
    if (error instanceof NotAllowed) throw locate(text, filename, error.at, error.message);
    if (error instanceof RangeError) throw tooDeep(filename);
    throw error;
  }
}

function readModule(
  source: string,
  filename: string,
  language: GuestScript["language"],
): [text: string, program: Program] {
  if (language === "javascript") return withoutSourceUrl(source, parseModule(source, filename));
  if (language === "typescript") {
    const text = stripTypes(source, filename);
    return withoutSourceUrl(text, parseModule(text, filename));
  }
  try {
    return withoutSourceUrl(source, parseModule(source, filename));
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
    return withoutSourceUrl(text, parseModule(text, filename));
  }
}

/**
 * `//# sourceURL=…` would rename the script and switch its places back to those of our function, so the sign behind the slashes is blanked. In
 * comments only: the same letters in a string or a template are the script's own.
 */
function withoutSourceUrl(source: string, { program, comments }: ParsedModule): [string, Program] {
  let text = "";
  let done = 0;
  for (const comment of comments) {
    if (!isSourceUrl(comment)) continue;
    text += `${source.slice(done, comment.start)}// `;
    done = comment.start + 3;
  }
  return [text + source.slice(done), program];
}

function isSourceUrl({ type, value }: Comment): boolean {
  return type === "Line" && /^[#@]\s*sourceURL/.test(value);
}

function isFurther(one: unknown, other: SyntaxFailure): boolean {
  if (!(one instanceof SyntaxFailure)) return false;
  return one.line > other.line || (one.line === other.line && one.column > other.column);
}
