/**
 * Specimens as bindings of one sandbox: values go from the host to a script and back. Tells what arrived and what was refused;
 * whether that is right is for the tests to say.
 */
import { explainArguments } from "../../../src/validation/explain.ts";
import type { BindingTree, ExcessProperties } from "../../../src/model/registry.ts";
import { match } from "../../../src/validation/match.ts";
import { startWalk } from "../../../src/validation/walk.ts";
import { Types } from "../../../src/validation/types.ts";
import { createSandbox } from "../../../src/runtime/index.ts";
import { contract, leaf, nothing, number, type Tree, unknown } from "../../emit/build.ts";
import { loadEmitted } from "../emitted.ts";
import { type Bound, type Given, nothingGiven } from "./belongs.ts";
import { declarations, type Specimen } from "./specimens.ts";

/** Values of one batch: one script, one isolate. */
export const batchSize = 2_000;

/** Three leaves each; a contract has at most 64. */
export const specimensTogether = 21;

export interface Crossed {
  /** What the host function was called with, by position. */
  readonly taken: ReadonlyMap<number, unknown>;
  /** Position, code and message. */
  readonly refused: readonly (readonly [number, string, string])[];
}

export interface OpenSpecimen {
  /** What the specimen's type parameters stand for. */
  readonly given: Given;
  accepts(value: unknown): boolean;
  /** What the interpreter thinks, which is asked after a refusal only. */
  interprets(value: unknown): boolean;
  /** How a refusal is worded; `null` for a value of the type. */
  explain(value: unknown): { readonly message: string } | null;
  /** `raw` values reach the script unchecked, so that it can send what is not of the type. */
  cross(values: readonly unknown[], raw: boolean): Promise<Crossed>;
}

export interface Crossing extends AsyncDisposable {
  readonly open: readonly OpenSpecimen[];
}

/** Sends each value from the host to the script and back, and says which were refused. */
const script = `
const { value, raw, take } = SecureExec.bindings[input.name];
const give = input.raw ? raw : value;
const refused = [];
for (let at = 0; at < input.count; at++) {
  try { take(at, give(at)); } catch (error) { refused.push([at, error.code, error.message]); }
}
export default refused;
`;

export async function openCrossing(
  specimens: readonly Specimen[],
  options: { readonly isolation?: "none" | "process"; readonly excessProperties?: ExcessProperties } = {},
): Promise<Crossing> {
  const { isolation = "none", excessProperties = "refuse" } = options;
  let values: readonly unknown[] = [];
  let taken = new Map<number, unknown>();
  const at = (index: number): unknown => values[index];
  const host = { value: at, raw: at, take: (index: number, value: unknown) => void taken.set(index, value) };
  const names = specimens.map((_, at) => `specimen${at}`);
  const tree = Object.fromEntries(specimens.map((specimen, at) => [names[at], leavesOf(specimen)]));
  const bindings: BindingTree = Object.fromEntries(names.map((name) => [name, host]));
  const registry = await loadEmitted(contract(tree, declarations, "contract"), bindings, excessProperties);
  const sandbox = await createSandbox({
    registry,
    isolation,
    validateResults: "error",
    limits: { cpuMs: 120_000, wallMs: 600_000 },
  });
  const open = specimens.map(({ shape, typeParameters = [] }, index): OpenSpecimen => {
    const take = registry.leaves.find(({ name }) => name === `${names[index]}.take`);
    if (!take?.contract) throw new Error("No table of `take`.");
    const { accepts } = take.contract;
    const types = new Types(registry.declarations);
    return {
      given: new Map<string, Bound>(
        typeParameters.map(({ name, constraint }) => [
          name,
          { shape: constraint ?? { kind: "unknown" }, given: nothingGiven },
        ]),
      ),
      accepts: (value) => accepts([0, value]),
      interprets: (value) => {
        const type = types.of(shape, types.scopeOf({ typeParameters }));
        return match(startWalk(types, excessProperties, "guest"), type, value) === null;
      },
      explain: (value) => explainArguments(take, registry, [0, value]),
      async cross(sent, raw) {
        values = sent;
        taken = new Map();
        const input = { name: names[index], raw, count: sent.length };
        const result = await sandbox.run(script, { input });
        if (result.status !== "ok") throw new Error(`${result.status}: ${result.error?.message}`);
        return { taken, refused: result.exports["default"] as [number, string, string][] };
      },
    };
  });
  return { open, [Symbol.asyncDispose]: () => sandbox.dispose() };
}

function leavesOf({ shape, typeParameters = [] }: Specimen): Tree {
  const options = { mode: "sync", typeParameters } as const;
  return {
    value: leaf([number], shape, options),
    raw: leaf([number], unknown, { mode: "sync" }),
    take: leaf([number, shape], nothing, options),
  };
}

export function* batches<T>(values: readonly T[]): Generator<T[]> {
  for (let at = 0; at < values.length; at += batchSize) yield values.slice(at, at + batchSize);
}
