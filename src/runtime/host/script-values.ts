/**
 * Holds the input of a script, its globals and its default export to what the definition says, on the host's side. All are projected first, as results of host
 * functions are: what the type does not declare does not cross.
 */
import { validatorSteps } from "../../model/limits.ts";
import { defaultKind } from "../../model/contract.ts";
import { withUndefined } from "../../model/globals.ts";
import { visible } from "../../model/names.ts";
import type { Registry, RegistryScript } from "../../model/registry.ts";
import type { Property, Shape } from "../../model/shape.ts";
import {
  explainValue,
  explainValues,
  type PlacedExplanation,
  type ValueExplanation,
} from "../../validation/explain.ts";
import { projectionOf } from "../../validation/project/project.ts";
import { decode, encode } from "../crossing/host-codec.ts";
import { ScriptInputError } from "../errors.ts";
import type { RunError } from "../result.ts";
import { ownError } from "../seam.ts";

/**
 * What a script of this kind is given. Throws `ERR_SCRIPT_INPUT` for an input of another type, which may come from the host's own caller.
 */
export function givenInput(
  script: RegistryScript,
  registry: Registry,
  input: unknown,
  payloadBytes: number,
): unknown {
  if (script.input === null) return input;
  const value = projected(script.input, registry, input, payloadBytes);
  const problems = whyNoInput(script, registry, value);
  if (problems.length === 0) return value;
  const told = problems
    .slice(0, maxProblems)
    .map(({ path, expected, received }) => ({ path, expected, received }));
  throw new ScriptInputError(`input${of(script)}${differences(problems)}.`, told);
}

/** Differences between a value and its type that are told at once. */
const maxProblems = 5;

/** Why a value is no input of this kind, in the words of `givenInput`, and where, at most five; empty when it is one. */
export function inputProblems(
  script: RegistryScript,
  registry: Pick<Registry, "declarations">,
  value: unknown,
): readonly { readonly message: string; readonly steps: readonly string[] }[] {
  return whyNoInput(script, registry, value)
    .slice(0, maxProblems)
    .map((why) => ({ message: `input${of(script)}${difference(why)}.`, steps: why.steps }));
}

function whyNoInput(
  { input }: RegistryScript,
  registry: Pick<Registry, "declarations">,
  value: unknown,
): readonly PlacedExplanation[] {
  return input === null ? [] : explainValues(input, registry, value, maxProblems + 1);
}

export type GivenGlobal =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly difference: string };

/** What scripts find under the name of a global. `difference` tells all of them, and finishes a sentence that begins with the name. */
export function givenGlobal(
  global: Property,
  declarations: Registry["declarations"],
  given: unknown,
  payloadBytes: number,
): GivenGlobal {
  const shape = withUndefined(global);
  const value = projected(shape, { declarations }, given, payloadBytes);
  const problems = explainValues(shape, { declarations }, value, maxProblems + 1);
  return problems.length === 0 ? { ok: true, value } : { ok: false, difference: differences(problems) };
}

export type ScriptResult =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: RunError };

/** The default export of a script of this kind, `value` of so many bytes. A value of another type is what the run ends with. */
export function scriptResult(
  script: RegistryScript,
  registry: Registry,
  value: unknown,
  bytes: number,
): ScriptResult {
  if (script.result === null) return { ok: true, value };
  // More than a value that has crossed can hold: it has been measured.
  const kept = projected(script.result, registry, value, Number.MAX_SAFE_INTEGER);
  const why = explainValue(script.result, registry, kept, "guest", validatorSteps(bytes));
  if (why === null) return { ok: true, value: kept };
  const message = `The default export of the script${of(script)}${difference(why)}.`;
  return { ok: false, error: ownError("ERR_SCRIPT_RESULT", message, "TypeError") };
}

/** What a type declares of a value, as a copy. */
function projected(
  shape: Shape,
  registry: Pick<Registry, "declarations">,
  value: unknown,
  maxBytes: number,
): unknown {
  if (typeof value !== "object" || value === null) return value;
  const plan = projectionOf(registry.declarations).results([{ typeParameters: [], result: shape }]);
  const encoded = encode(value, maxBytes, plan);
  const copy = encoded.ok ? decode(encoded.message, Infinity) : encoded;
  // Of a value of another kind nothing would be left to speak of; one that cannot cross is refused where it would.
  return copy.ok && encoded.fits ? copy.value : value;
}

const of = ({ name }: RegistryScript): string =>
  name === defaultKind ? "" : ` of the kind \`${visible(name)}\``;

/** `, at .rows[0].cents: expected number, got "1"; at .title: expected string, got 7` */
function differences(problems: readonly ValueExplanation[]): string {
  const [first = "", ...others] = problems.map(difference);
  const more = others.map((one, at) => (at + 1 < maxProblems ? one.replace(/^,/u, ";") : "; and more"));
  return first + more.join("");
}

/** `, at .rows[0].cents: expected number, got "1"` */
function difference({ path, expected, received }: ValueExplanation): string {
  return `${path === "" ? "" : `, at ${path}`}: expected ${expected}, got ${received}`;
}
