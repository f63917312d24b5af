/**
 * The oracle of truth: values of every kind of shape cross a real isolate both ways and arrive as node's own structured clone
 * makes them; values that are changed are taken exactly when they are still of the type, and refused without a call. The
 * emitted validator, the interpreter that words refusals and a plain judge agree on every one of them.
 *
 * `ORACLE_VALUES=1000000` for more of them.
 */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainArguments } from "../../../src/contract/explain.ts";
import { createSandbox } from "../../../src/runtime/index.ts";
import { contract, leaf, nothing, number, unknown } from "../../generator/emit/build.ts";
import { loadEmitted } from "../emitted.ts";
import { type Bound, Judge } from "./belongs.ts";
import { copy, mutate, mutations } from "./mutate.ts";
import { anything, valuesOf } from "./values.ts";
import { declarations, type Specimen, specimens } from "./specimens.ts";

/** Per kind of shape, shared by its specimens. */
const count = Number(process.env["ORACLE_VALUES"] ?? 10_000);
const seed = Number(process.env["ORACLE_SEED"] ?? 20_260);

/** Values of one batch: one script, one isolate. */
const batchSize = 2_000;

/** Sends each value from the host to the script and back, and says which were refused. */
const script = `
const { value, raw, take } = SecureExec.bindings;
const give = input.raw ? raw : value;
const refused = [];
for (let at = 0; at < input.count; at++) {
  try { take(at, give(at)); } catch (error) { refused.push([at, error.code, error.message]); }
}
export default refused;
`;

interface Batch {
  readonly values: readonly unknown[];
  /** What the host function was called with, by position. */
  readonly taken: Map<number, unknown>;
}

async function openSpecimen({ shape, typeParameters = [] }: Specimen) {
  const given = new Map<string, Bound>(
    typeParameters.map(({ name, constraint }) => [
      name,
      { shape: constraint ?? { kind: "unknown" }, given: new Map() },
    ]),
  );
  const options = { mode: "sync", typeParameters } as const;
  const tree = {
    value: leaf([number], shape, options),
    raw: leaf([number], unknown, { mode: "sync" }),
    take: leaf([number, shape], nothing, options),
  };
  let batch: Batch = { values: [], taken: new Map() };
  const at = (index: number): unknown => batch.values[index];
  const registry = await loadEmitted(contract(tree, declarations, "contract"), {
    value: at,
    raw: at,
    take: (index: number, value: unknown) => void batch.taken.set(index, value),
  });
  const sandbox = await createSandbox({
    registry,
    isolation: "none",
    validateResults: "error",
    limits: { cpuMs: 60_000, wallMs: 60_000 },
  });
  const take = registry.leaves.find(({ name }) => name === "take");
  if (!take?.contract) throw new Error("No table of `take`.");
  const { accepts } = take.contract;
  return {
    sandbox,
    given,
    accepts: (value: unknown) => accepts([0, value]),
    explain: (value: unknown) => explainArguments(take, registry, [0, value]),
    async cross(values: readonly unknown[], raw: boolean) {
      batch = { values, taken: new Map() };
      const result = await sandbox.run(script, { input: { raw, count: values.length } });
      if (result.status !== "ok") throw new Error(`${result.status}: ${result.error?.message}`);
      const refused = result.exports["default"] as [number, string, string][];
      return { taken: batch.taken, refused };
    },
  };
}

function* batches<T>(values: readonly T[]): Generator<T[]> {
  for (let at = 0; at < values.length; at += batchSize) yield values.slice(at, at + batchSize);
}

const cases = Object.entries(specimens).flatMap(([kind, all]) =>
  all.map((specimen, at) => ({ kind, specimen, at, share: Math.ceil(count / all.length) })),
);

describe.each(cases)("$kind $at", ({ kind, specimen, at, share }) => {
  const { shape } = specimen;
  const judge = new Judge(declarations);
  const options = { numRuns: share, seed: seed + at };

  it.skipIf(shape.kind === "never")(
    "takes every value of the type, both ways, unchanged",
    { timeout: 30_000 + count },
    async () => {
      const one = await openSpecimen(specimen);
      try {
        for (const values of batches(fc.sample(valuesOf(shape, judge, one.given), options))) {
          for (const value of values) {
            if (!judge.belongs(value, shape, one.given))
              expect.fail(`not of the type: ${fc.stringify(value)}`);
            const finding = one.explain(value);
            if (finding) expect.fail(`${finding.message} for ${fc.stringify(value)}`);
            if (!one.accepts(value)) expect.fail(`refused without a reason: ${fc.stringify(value)}`);
          }
          const { taken, refused } = await one.cross(values, false);
          expect(
            refused.map(([index, code, message]) => [fc.stringify(values[index]), code, message]),
          ).toEqual([]);
          expect(taken.size).toBe(values.length);
          values.forEach((value, index) => {
            const arrived = taken.get(index);
            if (!isDeepStrictEqual(arrived, copy(value)))
              expect.fail(`${fc.stringify(value)} arrived as ${fc.stringify(arrived)}`);
          });
        }
      } finally {
        await one.sandbox.dispose();
      }
    },
  );

  it("takes a changed value exactly when it is still of the type", { timeout: 30_000 + count }, async () => {
    const one = await openSpecimen(specimen);
    let wrong = 0;
    try {
      const valid = shape.kind === "never" ? anything : valuesOf(shape, judge, one.given);
      const changed = fc.tuple(valid, mutations).map(([value, mutation]) => mutate(value, mutation));
      for (const values of batches(fc.sample(changed, options))) {
        const wanted = values.map((value) => judge.belongs(value, shape, one.given));
        values.forEach((value, index) => {
          const fits = wanted[index];
          if (one.accepts(value) !== fits)
            expect.fail(`${fits ? "refused" : "taken"} by the validator: ${fc.stringify(value)}`);
          if ((one.explain(value) === null) !== fits)
            expect.fail(`${fits ? "refused" : "taken"} by the interpreter: ${fc.stringify(value)}`);
        });
        const { taken, refused } = await one.cross(values, true);
        const byIndex = new Map(refused.map(([index, code]) => [index, code]));
        values.forEach((value, index) => {
          const code = byIndex.get(index);
          if (code !== (wanted[index] ? undefined : "ERR_BINDING_INVALID_ARGUMENT"))
            expect.fail(`${code ?? "taken"}: ${fc.stringify(value)}`);
          if (taken.has(index) !== wanted[index]) expect.fail(`called with ${fc.stringify(value)}`);
          if (wanted[index] === false) wrong += 1;
        });
      }
    } finally {
      await one.sandbox.dispose();
    }
    const takesAll = kind === "any" || kind === "unknown" || kind === "parameter";
    if (!takesAll) expect(wrong).toBeGreaterThan(share / 10);
  });
});
