/**
 * Prepares the source an author wrote as a module V8 can compile, whose one export runs it. The script is parsed as a module
 * first, which locates mistakes and makes it impossible to close our function early: V8 reads the result by the same rules.
 * Before → after:
 *
 *     export const a = await f();    →   export default(0,async()=>{       const a = await f();
 *                                        ;return{__proto__:null,0:()=>({__proto__:null,0:a})}})
 *
 * An arrow function of a module is as near to the top of a module as code can be that is called: `this` is undefined, there is no `arguments`
 * and no `new.target`. The exports are read by a function, because a top-level `using` disposes after the last statement.
 * The first line is compiled with a negative column offset of the prefix's length, so every position stays true.
 */
import { readSource, type Source } from "./read-source.ts";
import { located } from "./parse-module.ts";
import { applyEdits, rewriteExports } from "./rewrite-exports.ts";

export interface PreparedScript {
  /**
   * A module whose default export is an async function. It takes the object that names an unnamed class, and fulfils with an object whose
   * `0` reads the exports, under their index in `exportNames`; with nothing when there are none.
   */
  readonly code: string;
  /** Column of the first line's first character; negative. */
  readonly columnOffset: number;
  readonly exportNames: readonly string[];
}

/** Throws `SyntaxFailure`, and nothing else, when the source cannot be run. */
export function prepareScript(script: Source): PreparedScript {
  const { filename } = script;
  const { text, program } = readSource(script);
  try {
    const { edits, exports, parameter } = rewriteExports(text, program);
    const code = applyEdits(text, edits);
    const values = exports.map(([, local], index) => `${index}:${local}`).join(",");
    const reads = values === "" ? "" : `return{__proto__:null,0:()=>({__proto__:null,${values}})}`;
    const prefix = `export default(0,async(${parameter})=>{`;
    return {
      code: `${prefix}${code}\n;${reads}})`,
      columnOffset: -prefix.length,
      exportNames: exports.map(([name]) => name),
    };
  } catch (error) {
    throw located(error, text, filename);
  }
}
