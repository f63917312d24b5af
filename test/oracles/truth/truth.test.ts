/**
 * The oracle of truth: values of every kind of shape cross a real isolate both ways and arrive as node's own structured clone
 * makes them; values that are changed are taken exactly when they are still of the type, and refused without a call. The
 * emitted validator, the interpreter that words refusals and a plain judge agree on every one of them.
 *
 * `ORACLE_VALUES=1000000` for more of them. Other ways to cross, and values that contain themselves: `ways.test.ts`.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Judge } from "./belongs.ts";
import { batches, openCrossing } from "./crossing.ts";
import { mutate, mutations } from "./mutate.ts";
import { declarations, specimens } from "./specimens.ts";
import { tryAny, tryOwn } from "./trial.ts";
import { anything, valuesOf } from "./values.ts";

/** Per kind of shape, shared by its specimens. */
const count = Number(process.env["ORACLE_VALUES"] ?? 10_000);
const seed = Number(process.env["ORACLE_SEED"] ?? 20_260);

const cases = Object.entries(specimens).flatMap(([kind, all]) =>
  all.map((specimen, at) => ({ kind, specimen, at, share: Math.ceil(count / all.length) })),
);

/** A million values at once are more than a heap holds. */
const mostAtOnce = 10_000;

function* samples<T>(values: fc.Arbitrary<T>, wanted: number, seed: number): Generator<T[]> {
  for (let made = 0; made < wanted; made += mostAtOnce)
    yield fc.sample(values, { numRuns: Math.min(mostAtOnce, wanted - made), seed: seed + made });
}

describe.each(cases)("$kind $at", ({ kind, specimen, at, share }) => {
  const { shape } = specimen;
  const judge = new Judge(declarations);
  const timeout = 30_000 + count;

  it.skipIf(shape.kind === "never")(
    "takes every value of the type, both ways, unchanged",
    { timeout },
    async () => {
      await using crossing = await openCrossing([specimen]);
      for (const one of crossing.open) {
        for (const own of samples(valuesOf(shape, judge, one.given), share, seed + at))
          for (const values of batches(own)) await tryOwn({ one, shape, excessProperties: "refuse" }, values);
      }
    },
  );

  it("takes a changed value exactly when it is still of the type", { timeout }, async () => {
    await using crossing = await openCrossing([specimen]);
    let wrong = 0;
    for (const one of crossing.open) {
      const valid = shape.kind === "never" ? anything : valuesOf(shape, judge, one.given);
      const changed = fc.tuple(valid, mutations).map(([value, mutation]) => mutate(value, mutation));
      for (const sample of samples(changed, share, seed + at))
        for (const values of batches(sample))
          wrong += await tryAny({ one, shape, excessProperties: "refuse" }, values);
    }
    const takesAll = kind === "any" || kind === "unknown" || kind === "parameter";
    if (!takesAll) expect(wrong).toBeGreaterThan(share / 10);
  });
});
