/**
 * Emits a module as V8 compiles it, for its place in a graph. What it is given comes as two arguments, under names that are
 * nowhere in its text. Before → after:
 *
 *     import { total as sum } from "./money.ts";     →   export default(0,($,_)=>{$.e({0:()=>twice});const sum=$.i(0);;
 *     export const twice = sum(1) * 2;                          const twice = sum(1) * 2;})
 *
 * `$.e` is told how each export is read; a variable that has no value yet then fails as it does in its own module. `$.i` reads an import once, which is
 * enough when its value stays: a module that has ended changes its `const`s and functions no more. Other imports are looked up each time, as `_.sum`:
 * those that are assigned to again, and all of them where one module may run inside of another before that has begun. Such modules are `early`:
 * they are entered when they are linked, so that their functions are there, and stop before their first statement.
 *
 * A module that does not wait is no asynchronous function, so that what it throws ends the others at once, as in ECMAScript.
 */
import { parseModule } from "../script/parse-module.ts";
import { applyEdits, type Edit } from "../script/rewrite-exports.ts";
import { tooDeep } from "../script/syntax-failure.ts";
import type { ModuleRecord } from "./record.ts";
import { referencesOf, type Reference } from "./references.ts";

export interface Placed {
  readonly early: boolean;
  /** Imports whose value stays, in the order in which `$.i` knows them. */
  readonly fixed: readonly string[];
  /** Imports that are looked up. */
  readonly live: readonly string[];
}

export interface EmittedModule {
  readonly code: string;
  readonly columnOffset: number;
  /** Where names of imports became longer, in the order of the text. */
  readonly shifts: readonly Shift[];
}

/** An import that is looked up: `name` letters at a place that became `length`. Lines and columns count from 1, in the text as it was written. */
export interface Shift {
  readonly line: number;
  readonly column: number;
  readonly name: number;
  readonly length: number;
  /** Letters from its start that stand for the name. */
  readonly reach: number;
}

/** Throws `SyntaxFailure` for a module that is nested too deeply, and nothing else. */
export function emitModule(record: ModuleRecord, { early, fixed, live }: Placed): EmittedModule {
  const [given, looked] = record.tools;
  const getters = record.exports
    .map(
      ([, local], index) =>
        `${index}:()=>${local === record.unnamed ? `${given}.n(${local},"${local}")` : local}`,
    )
    .join(",");
  const told = `${given}.e({__proto__:null,${getters}});`;
  if (record.json !== undefined) {
    const value = `const v=${given}.j(${JSON.stringify(record.json)})`;
    return wrap(`(${given})=>{${told}`, value, "}");
  }
  const read = fixed.map((local, index) => `${local}=${given}.i(${index})`).join(",");
  const consts = read === "" ? "" : `const ${read};`;
  const places = lookUps(record, new Set(live));
  const code = applyEdits(
    record.text,
    [...record.edits, ...places].sort((a, b) => a.start - b.start),
  );
  const shifts = shiftsOf(record.text, places);
  const parameters = `(${given},${looked})`;
  if (record.isAsync) {
    const waits = early ? `await ${given}.g;` : "";
    return wrap(`async${parameters}=>{${told}${waits}${consts}`, code, "}", shifts);
  }
  // A generator can stop and go on without waiting; it is called by an arrow function, so that its `arguments` hold nothing.
  if (early) return wrap(`${parameters}=>(function*(){${told}yield;${consts}`, code, "})()", shifts);
  return wrap(`${parameters}=>{${told}${consts}`, code, "}", shifts);
}

function wrap(head: string, code: string, tail: string, shifts: readonly Shift[] = []): EmittedModule {
  const prefix = `export default(0,${head}`;
  return { code: `${prefix}${code}\n${tail})`, columnOffset: -prefix.length, shifts };
}

function lookUps(record: ModuleRecord, live: ReadonlySet<string>): readonly Edit[] {
  if (live.size === 0) return [];
  const [, looked] = record.tools;
  const { filename, text } = record;
  try {
    const { program } = parseModule(text, filename, true);
    return referencesOf(program, live).map((one) => lookedUp(one, looked));
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(filename) : error;
  }
}

/** In one pass, because a module may be one line of a million imports. */
function shiftsOf(text: string, places: readonly Edit[]): readonly Shift[] {
  if (places.length === 0) return [];
  const shifts: Shift[] = [];
  const breaks = /\r\n|[\n\r\u2028\u2029]/g;
  let line = 1;
  let begin = 0;
  let next = breaks.exec(text);
  for (const { start, end, text: written } of places) {
    while (next !== null && next.index < start) {
      line++;
      begin = breaks.lastIndex;
      next = breaks.exec(text);
    }
    // Of a call the engine says where its arguments begin, unless what is called is a mere name.
    const reach = written.endsWith(")") ? written.length + 1 : written.length;
    shifts.push({ line, column: start - begin + 1, name: end - start, length: written.length, reach });
  }
  return shifts;
}

function lookedUp({ name, start, end, how, begins }: Reference, looked: string): Edit {
  const read = `${looked}.${name}`;
  switch (how) {
    case "read":
      return { start, end, text: read };
    case "short":
      return { start, end, text: `${name}:${read}` };
    case "called":
      // Without the comma `this` would be what is looked up in; without the semicolon the line before might go on.
      return { start, end, text: `${begins ? ";" : ""}(0,${read})` };
  }
}
