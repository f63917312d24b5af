/**
 * Writes the checks that are one expression: primitives, literals, built-ins, and small unions of them.
 */
import { isTemporalName, type BuiltinName, type TypedArrayName } from "../../../model/shape.ts";
import type { Core, CoreOf } from "../../../validation/core.ts";
import type { Type, Types } from "../../../validation/types.ts";
import { quoted } from "../../escape/string.ts";
import { numberText } from "../../print/data.ts";
import { widthOf } from "../../print/width.ts";

/** An expression that is true when a value fits, and one that is true when it does not. */
export interface Test {
  readonly yes: string;
  readonly no: string;
}

/** Longer literals are named. */
const longestLiteral = 30;

/** Unions of more members become functions: a row of comparisons is read no more. */
const mostAlternatives = 8;

/** From so many literals on a `switch` beats a row of comparisons, and that takes a function. */
export const manyLiterals = 5;

/** The expression for a type; `null` when it takes a function. `operand` is the name of a variable. */
export function simpleTest(types: Types, type: Type, operand: string): Test | null {
  const { core, recursive } = types.resolve(type);
  return recursive ? null : coreTest(types, core, operand);
}

/** The expression for a core by itself. */
export function coreTest(types: Types, core: Core, v: string): Test | null {
  switch (core.kind) {
    case "anything":
      return { yes: "true", no: "false" };
    case "never":
      return { yes: "false", no: "true" };
    case "primitive":
      return primitiveTest(core.name, v);
    case "nonprimitive":
      return {
        yes: `typeof ${v} === "object" && ${v} !== null`,
        no: `typeof ${v} !== "object" || ${v} === null`,
      };
    case "literal": {
      const text = literalText(core);
      return widthOf(text) <= longestLiteral ? { yes: `${v} === ${text}`, no: `${v} !== ${text}` } : null;
    }
    case "cased": {
      const base = simpleTest(types, core.base, v);
      return base?.yes === `typeof ${v} === "string"` ? call(casedText(core, v)) : null;
    }
    case "builtin":
      return call(builtinText(core.name, v));
    case "error":
      return core.properties.length === 0 ? call(`isError(${v}, "${core.name}")`) : null;
    case "union":
      return unionTest(types, core.members, v);
    default:
      core.kind satisfies "template" | "array" | "tuple" | "object" | "map" | "set" | "every";
      return null;
  }
}

function builtinText(name: BuiltinName, v: string): string {
  if (isTemporalName(name)) return `isTemporal(${v}, "${name}")`;
  switch (name) {
    case "Date":
    case "RegExp":
    case "ArrayBuffer":
    case "DataView":
      return `is${name}(${v})`;
    default:
      name satisfies TypedArrayName;
      return `isTypedArray(${v}, "${name}")`;
  }
}

function primitiveTest(name: CoreOf<"primitive">["name"], v: string): Test {
  if (name === "null" || name === "undefined") return { yes: `${v} === ${name}`, no: `${v} !== ${name}` };
  return { yes: `typeof ${v} === "${name}"`, no: `typeof ${v} !== "${name}"` };
}

/** In place, because a call for each element of a list costs more than the test. Cheap alternatives first: `null` before what is asked with `typeof`, and calls last. */
function unionTest(types: Types, members: readonly Type[], v: string): Test | null {
  const tests = members.map((member) => simpleTest(types, member, v));
  if (tests.some((test) => test?.yes === "true")) return { yes: "true", no: "false" };
  if (!tests.every((test) => test !== null)) return null;
  const live = tests.filter(({ yes }) => yes !== "false");
  if (live.length === 0) return { yes: "false", no: "true" };
  // `a || b && c` would need parentheses.
  if (live.length > 1 && live.some(({ yes }) => yes.includes("&&"))) return null;
  const count = live.reduce((sum, { yes }) => sum + yes.split(" || ").length, 0);
  const literals = members.filter((member) => types.core(member).kind === "literal").length;
  if (count > mostAlternatives || literals >= manyLiterals) return null;
  const ordered = [...live].sort((one, other) => costOf(one) - costOf(other));
  return {
    yes: ordered.map(({ yes }) => yes).join(" || "),
    no: ordered.map(({ no }) => no).join(" && "),
  };
}

/** A comparison with a constant, a `typeof`, a call. */
function costOf({ yes }: Test): number {
  if (yes.endsWith(")")) return 2;
  return yes.endsWith("=== null") || yes.endsWith("=== undefined") ? 0 : 1;
}

function call(text: string): Test {
  return { yes: text, no: `!${text}` };
}

/** The call that tells whether a text has its casings, whatever else it must be. */
export function casedText({ casings }: CoreOf<"cased">, v: string): string {
  return `isCased(${[v, ...casings.map(quoted)].join(", ")})`;
}

/** A literal in an expression. */
export function literalText(core: CoreOf<"literal">): string {
  if (core.type === "string") return quoted(core.value);
  if (core.type === "bigint") return `${core.value}n`;
  if (core.type === "boolean") return String(core.value);
  if (!Number.isFinite(core.value)) return core.value > 0 ? "Infinity" : "-Infinity";
  return numberText(core.value);
}
