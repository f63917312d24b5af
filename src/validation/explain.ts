/**
 * Explains a refusal: runs the interpreter over the shapes after an emitted validator has said no, and words what it
 * finds. Keeps out the deciding: a value that was accepted is never explained.
 *
 * `db.query, argument 2, at [1].name: expected string, got 1`
 */
import { counted } from "../model/counted.ts";
import { validatorDepth, validatorFuel } from "../model/limits.ts";
import { dottedName } from "../model/names.ts";
import type { Shape } from "../model/shape.ts";
import type { Registry, RegistryLeaf, RegistrySignature } from "../model/registry.ts";
import { describeCore, describeType } from "./describe.ts";
import { lengths } from "./elements.ts";
import { match } from "./match.ts";
import type { Mismatch } from "./mismatch.ts";
import { mismatches } from "./mismatches.ts";
import { startWalk, type Walk } from "./walk.ts";
import { show } from "./show.ts";
import { Types } from "./types.ts";

/** Why arguments or a result do not fit, in words and as data. */
export interface Explanation {
  /** The dotted name, `db.query`. */
  readonly binding: string;
  /** Counts from 1; `null` when the finding is about the number of arguments, or about the result. */
  readonly argument: number | null;
  /** From the argument or result inwards: `[1].name`; empty when it is that value itself. */
  readonly path: string;
  readonly expected: string;
  /** At most 80 characters. */
  readonly received: string;
  /** All of it in one line. */
  readonly message: string;
}

type ExplainedLeaf = Pick<RegistryLeaf, "path" | "contract">;
type ExplainedRegistry = Pick<Registry, "declarations" | "excessProperties">;

/**
 * Why a leaf refuses these arguments; `null` when it does not. Of an overloaded function, the reason of the signature
 * that comes closest. `steps` is what the validator could take, 100,000 unless told.
 *
 * @example
 * explainArguments(leaf, registry, ["SELECT 1", [{ name: 1 }]])?.message;
 * // "db.query, argument 2, at [0].name: expected string, got 1"
 */
export function explainArguments(
  leaf: ExplainedLeaf,
  registry: ExplainedRegistry,
  args: readonly unknown[],
  steps: number = validatorFuel,
): Explanation | null {
  const table = leaf.contract;
  if (table === null || table.accepts(args, steps)) return null;
  const findings = table.signatures.map((signature) =>
    explainSignature(signature, leaf, registry, args, steps),
  );
  return closest(findings) ?? limitReached(leaf, steps);
}

/**
 * Why a leaf's result does not fit; `null` when it does. Unlike arguments, a result may hold any number of values:
 * the host vouches for it.
 *
 * @example
 * explainResult(leaf, registry, [{ id: 1 }])?.message;
 * // "db.query, result, at [0].id: expected string, got 1"
 */
export function explainResult(
  leaf: ExplainedLeaf,
  registry: ExplainedRegistry,
  value: unknown,
): Explanation | null {
  const table = leaf.contract;
  if (table === null) return null;
  const findings: Explanation[] = [];
  for (const signature of table.signatures) {
    if (signature.result.kind === "void") return null;
    const types = new Types(registry.declarations);
    const walk = startWalk(types, registry.excessProperties, "host");
    const found = match(walk, types.of(signature.result, types.scopeOf(signature)), value);
    if (found === null) return null;
    findings.push(explanation(leaf, null, "result", found, walk));
  }
  return closest(findings);
}

/** Why a value does not fit, without the name of what it belongs to. */
export type ValueExplanation = Pick<Explanation, "path" | "expected" | "received">;

/** The same with the way to the place, step by step: `[".rows", "[0]"]`. */
export type PlacedExplanation = ValueExplanation & { readonly steps: readonly string[] };

/**
 * Why a value is not of a shape; `null` when it is. Properties that the shape does not declare are no reason. `trust` is `guest` for a
 * value of a script, which may take only so many `steps`.
 */
export function explainValue(
  shape: Shape,
  { declarations }: Pick<Registry, "declarations">,
  value: unknown,
  trust: Walk["trust"],
  steps: number = validatorFuel,
): PlacedExplanation | null {
  const types = new Types(declarations);
  const walk = startWalk(types, "allow", trust, steps);
  const found = match(walk, types.of(shape), value);
  return found && { ...difference(found, walk), steps: found.path };
}

/**
 * Every reason why a value of the host is not of a shape, at most `most`; empty when it is.
 *
 * @example
 * explainValues(shape, registry, { cents: "7" }, 5).map(({ path }) => path); // [".customer", ".cents"]
 */
export function explainValues(
  shape: Shape,
  { declarations }: Pick<Registry, "declarations">,
  value: unknown,
  most: number,
): readonly PlacedExplanation[] {
  const types = new Types(declarations);
  const walk = startWalk(types, "allow", "host");
  return mismatches(walk, types.of(shape), value, most).map((found) => ({
    ...difference(found, walk),
    steps: found.path,
  }));
}

function explainSignature(
  signature: RegistrySignature,
  leaf: ExplainedLeaf,
  registry: ExplainedRegistry,
  args: readonly unknown[],
  steps: number,
): Explanation | null {
  const { least, most } = argumentCounts(signature);
  if (args.length < least || args.length > most) {
    return worded(leaf, null, "", "", countText(least, most), String(args.length));
  }
  const types = new Types(registry.declarations);
  const scope = types.scopeOf(signature);
  const walk = startWalk(types, registry.excessProperties, "guest", steps);
  const last = signature.parameters.at(-1);
  const fixed = last?.whole ? Math.min(args.length, signature.parameters.length - 1) : args.length;
  for (let at = 0; at < fixed; at++) {
    const parameter = signature.parameters[at] ?? signature.parameters.at(-1);
    if (parameter === undefined) break;
    if (args[at] === undefined && parameter.quantity === "optional") continue;
    const found = match(walk, types.of(parameter.shape, scope), args[at]);
    if (found !== null) return explanation(leaf, at + 1, `argument ${at + 1}`, found, walk);
  }
  if (!last?.whole) return null;
  const found = match(walk, types.of(last.whole, scope), args.slice(fixed));
  return found && explainRest(leaf, fixed, found, walk);
}

/** Of all arguments from one on: which of them it is about, or their number. */
function explainRest(leaf: ExplainedLeaf, from: number, found: Mismatch, walk: Walk): Explanation {
  const [step = "", ...path] = found.path;
  const at = /^\[(\d+)\]$/.exec(step)?.[1];
  if (at === undefined) return explanation(leaf, null, "arguments", found, walk);
  const argument = from + Number(at) + 1;
  return explanation(leaf, argument, `argument ${argument}`, { ...found, path }, walk);
}

/** Trailing parameters that take `undefined` by being `void` may be left out, as in TypeScript. */
export function argumentCounts({ parameters }: Pick<RegistrySignature, "parameters">): {
  least: number;
  most: number;
} {
  const { most } = lengths(parameters);
  const last = parameters.findLastIndex(({ quantity, shape }) => quantity === "one" && shape.kind !== "void");
  return { least: last + 1, most };
}

function explanation(
  leaf: ExplainedLeaf,
  argument: number | null,
  place: string,
  found: Mismatch,
  walk: Walk,
): Explanation {
  // Where the steps ran out says nothing of the value there.
  if (found.wanted.kind === "less-work") return limitReached(leaf, walk.steps);
  const { path, expected, received } = difference(found, walk);
  return worded(leaf, argument, place, path, expected, received);
}

function difference(found: Mismatch, walk: Walk): ValueExplanation {
  if (found.wanted.kind === "less-work")
    return { path: "", expected: valuesText(walk.steps), received: "more" };
  const received = found.missing
    ? "nothing"
    : found.wanted.kind === "length"
      ? `${(found.value as readonly unknown[]).length}`
      : show(found.value);
  return { path: pathText(found.path), expected: wantedText(found, walk), received };
}

function wantedText({ wanted }: Mismatch, { types, steps }: Walk): string {
  switch (wanted.kind) {
    case "type":
      return describeType(types, wanted.type);
    case "core":
      return describeCore(types, wanted.core);
    case "length":
      return wanted.least === wanted.most
        ? counted(wanted.least, "element")
        : wanted.most === Infinity
          ? `at least ${counted(wanted.least, "element")}`
          : `${wanted.least} to ${counted(wanted.most, "element")}`;
    case "no-property":
      return "no such property";
    case "less-depth":
      return `at most ${validatorDepth} levels of nesting`;
    case "less-work":
      return valuesText(steps);
  }
}

function limitReached(leaf: ExplainedLeaf, steps: number): Explanation {
  return worded(leaf, null, "arguments", "", valuesText(steps), "more");
}

function valuesText(steps: number): string {
  return `at most ${steps} values (one that is reached twice counts twice)`;
}

function worded(
  leaf: ExplainedLeaf,
  argument: number | null,
  place: string,
  path: string,
  expected: string,
  received: string,
): Explanation {
  const binding = dottedName(leaf.path);
  const where = [binding, place, path === "" ? "" : `at ${path}`].filter((part) => part !== "").join(", ");
  return {
    binding,
    argument,
    path,
    expected,
    received,
    message: `${where}: expected ${expected}, got ${received}`,
  };
}

function countText(least: number, most: number): string {
  if (least === most) return counted(least, "argument");
  return most === Infinity
    ? `at least ${counted(least, "argument")}`
    : `${least} to ${counted(most, "argument")}`;
}

/** A path that stays readable however deep it goes. */
function pathText(path: readonly string[]): string {
  const text = path.join("");
  return text.length <= 120 ? text : `${text.slice(0, 60)}…${text.slice(-50)}`;
}

/** The finding furthest along: a later argument, then a longer path. Wrong argument counts come last. */
function closest(findings: readonly (Explanation | null)[]): Explanation | null {
  // A signature without a finding was refused for its size alone; so were the arguments.
  if (findings.includes(null)) return null;
  const rank = (finding: Explanation): number =>
    finding.argument === null && finding.path === "" && finding.expected.includes(" argument")
      ? -1
      : (finding.argument ?? 0) * 1000 + finding.path.length;
  return findings.reduce<Explanation | null>(
    (best, finding) => (finding !== null && (best === null || rank(finding) > rank(best)) ? finding : best),
    null,
  );
}
