/**
 * Writes the validators of a contract as code: for each leaf a function over its arguments and one over its result, and the
 * functions those share.
 */
import type { Contract, Leaf, Signature } from "../../../model/contract.ts";
import { argumentCounts } from "../../../validation/explain.ts";
import { validatorFuel } from "../../../model/limits.ts";
import type { ExcessProperties } from "../../../model/registry.ts";
import { Types } from "../../../validation/types.ts";
import { walkLeaves } from "../../../model/walk.ts";
import { Constants } from "./constants.ts";
import { indented, isNever, testOf, valueLines, type Context, type Lines } from "./context.ts";
import { folded } from "./fold.ts";
import { functionLines } from "./function.ts";
import { plan } from "./plan.ts";
import { importedNames, usedNames, usesName } from "./imports.ts";

export interface Validators {
  /** Names of functions, in the order of the leaves. */
  readonly leaves: readonly { readonly accepts: string; readonly acceptsResult: string }[];
  readonly lines: Lines;
  /** What the code needs of `isobind/registry`, sorted. */
  readonly imports: readonly string[];
  /** The name of the function that tells whether the fuel ran out; `null` where none is burnt. */
  readonly isSpent: string | null;
  /** True when the code reads the declarations, for types that only the interpreter can check. */
  readonly usesDeclarations: boolean;
}

export function emitValidators(contract: Contract, excess: ExcessProperties): Validators {
  const types = new Types(contract.declarations);
  const leaves = [...walkLeaves(contract.root)];
  const roots = leaves.flatMap(({ signatures }) =>
    signatures.flatMap((signature) => {
      const scope = types.scopeOf(signature);
      const shapes = [
        ...signature.parameters.map(({ shape, whole }) => whole ?? shape),
        ...resultShapes(signature),
      ];
      return shapes.map((shape) => types.of(shape, scope));
    }),
  );
  const planned = plan(types, roots, excess, importedNames);
  const constants = new Constants(types);
  const context: Context = { plan: planned, constants, depth: { same: "0", next: "1" } };
  const shared = new Map(
    [...planned.functions.values()].map((one) => [one.name, functionLines(one, planned, constants)]),
  );
  const entries = leaves.map((leaf, at) => leafFunctions(leaf, at + 1, context));
  const heads = entries.flatMap((entry) => entry.functions);
  const functions = [...reached(shared, heads), ...heads];
  const burnsFuel = functions.some((lines) => lines.some((line) => fuelUse.test(line)));
  const body = (burnsFuel ? functions : functions.map(withoutFuel)).flatMap((lines) => [
    "",
    ...lines.flatMap(folded),
  ]);
  const declared = constants.lines(usedNames(body));
  const used = usedNames([...declared, ...body]);
  return {
    leaves: entries.map(({ accepts, acceptsResult }) => ({ accepts, acceptsResult })),
    isSpent: burnsFuel ? "isSpent" : null,
    lines: trimStart([
      ...(used.has("Fields") ? ["", "type Fields = { readonly [key: string]: unknown };"] : []),
      ...(burnsFuel ? ["", "/** Steps that are left for the value under check. */", "let fuel = 0;"] : []),
      ...(burnsFuel ? ["", "function isSpent(): boolean {", "  return fuel < 0;", "}"] : []),
      ...(used.has("spent")
        ? ["", "function spent(): boolean {", "  fuel = -1;", "  return false;", "}"]
        : []),
      ...(declared.length > 0 ? ["", ...declared] : []),
      ...body,
    ]),
    imports: [...importedNames].filter((name) => used.has(name)).sort(),
    usesDeclarations: used.has("declarations"),
  };
}

/** The shared functions that are called; a type that no value fits leaves the functions of its parts without callers. */
function reached(shared: ReadonlyMap<string, Lines>, heads: readonly Lines[]): Lines[] {
  const called = new Set<string>();
  const pending = [...heads];
  for (let lines = pending.pop(); lines !== undefined; lines = pending.pop()) {
    for (const name of usedNames(lines)) {
      const target = shared.get(name);
      if (target === undefined || called.has(name)) continue;
      called.add(name);
      pending.push(target);
    }
  }
  return Array.from(shared).flatMap(([name, lines]) => (called.has(name) ? [lines] : []));
}

/** Lines that spend fuel, unlike those that fill it up. */
const fuelUse = /--fuel|fuel -=|, fuel\)/u;

/** Fills the fuel up; and the parameter that says how much, in heads and in calls. */
const refill = "fuel = steps;";
const stepsParameter = `, steps = ${validatorFuel})`;
const stepsArgument = ", steps)";

function withoutFuel(lines: Lines): Lines {
  return lines
    .filter((line) => line.trim() !== refill)
    .map((line) => line.replace(stepsParameter, ")").replaceAll(stepsArgument, ")"));
}

function trimStart(lines: Lines): Lines {
  return lines[0] === "" ? lines.slice(1) : lines;
}

/** What results are checked against: nothing for `void`, which promises nothing. */
function resultShapes({ result }: Signature): Signature["result"][] {
  return result.kind === "void" ? [] : [result];
}

interface LeafFunctions {
  readonly accepts: string;
  readonly acceptsResult: string;
  readonly functions: readonly Lines[];
}

function leafFunctions(leaf: Leaf, number: number, context: Context): LeafFunctions {
  const accepts = overloads(leaf, `accepts${number}`, "args", "args: readonly unknown[]", (signature) =>
    argumentsBody(signature, context),
  );
  const returns = overloads(leaf, `returns${number}`, "v", "v: unknown", (signature) =>
    resultBody(signature, context),
  );
  return {
    accepts: `accepts${number}`,
    acceptsResult: `returns${number}`,
    functions: [...accepts, ...returns],
  };
}

/** One function for a single signature; for overloads one each, and one that tries them. */
function overloads(
  leaf: Leaf,
  name: string,
  operand: string,
  parameter: string,
  body: (signature: Signature) => Lines,
): Lines[] {
  const headOf = (own: string, lines: Lines, name: string): string =>
    `function ${own}(${name}${usesName(lines, "steps") ? stepsParameter : ")"}: boolean {`;
  const written = (own: string, lines: Lines): Lines => {
    const head = usesName(lines, operand) ? parameter : "";
    return [headOf(own, lines, head), ...indented(lines), "}"];
  };
  if (leaf.signatures.length === 1) return [written(name, body(leaf.signatures[0]))];
  const bodies = leaf.signatures.map(body);
  const tries = bodies.map(
    (lines, at) => `${name}x${at + 1}(${operand}${usesName(lines, "steps") ? stepsArgument : ")"}`,
  );
  const all = [
    ...tries.slice(0, -1).map((call) => `if (${call}) return true;`),
    `return ${tries[tries.length - 1]!};`,
  ];
  return [
    ...bodies.map((lines, at) => [
      headOf(`${name}x${at + 1}`, lines, `${usesName(lines, operand) ? "" : "_"}${parameter}`),
      ...indented(lines),
      "}",
    ]),
    [headOf(name, all, parameter), ...indented(all), "}"],
  ];
}

function argumentsBody(signature: Signature, context: Context): Lines {
  const { types } = context.plan;
  const scope = types.scopeOf(signature);
  const { least, most } = argumentCounts(signature);
  const takes = ({ shape, quantity }: (typeof signature.parameters)[number]): boolean =>
    quantity !== "one" || !isNever(types.of(shape, scope), context);
  if (!signature.parameters.every(takes)) return ["return args.length < 0;"];
  const checks = signature.parameters.flatMap(({ shape, quantity, whole }, at): Lines => {
    if (whole !== undefined) {
      const { no } = testOf(types.of(whole, scope), "rest", context);
      return no === "false" ? [] : [`const rest = args.slice(${at});`, `if (${no}) return false;`];
    }
    const type = types.of(shape, scope);
    if (quantity === "rest") {
      const { no } = testOf(type, "x", context);
      if (no === "false") return [];
      if (no === "true") return [`if (args.length > ${at}) return false;`];
      return [
        "if ((fuel -= args.length) < 0) return false;",
        `for (let i = ${at}; i < args.length; i++) {`,
        "  const x = args[i];",
        `  if (${no}) return false;`,
        "}",
      ];
    }
    const value = `p${at}`;
    const { no } = testOf(type, value, context);
    if (no === "false") return [];
    return valueLines(`const ${value} = args[${at}];`, value, no, quantity === "optional");
  });
  return [...countLines(least, most), ...fuelLine(checks, context), ...checks, "return true;"];
}

function countLines(least: number, most: number): Lines {
  if (least === most) return [`if (args.length !== ${least}) return false;`];
  if (most === Infinity) return least === 0 ? [] : [`if (args.length < ${least}) return false;`];
  if (least === 0) return [`if (args.length > ${most}) return false;`];
  return [`if (args.length < ${least} || args.length > ${most}) return false;`];
}

function resultBody(signature: Signature, context: Context): Lines {
  const { types } = context.plan;
  if (signature.result.kind === "void") return ["return true;"];
  const { yes } = testOf(types.of(signature.result, types.scopeOf(signature)), "v", context);
  const checks = [`return ${yes};`];
  return [...fuelLine(checks, context), ...checks];
}

/** Fuel is filled up where functions are called that may use it. */
function fuelLine(checks: Lines, { plan }: Context): Lines {
  const text = checks.join("\n");
  const calls = [...plan.functions.values()].some(({ name }) => text.includes(`${name}(`));
  return calls || text.includes("fuel") ? [refill] : [];
}
