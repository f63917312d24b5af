/**
 * The oracle of truth over every other way to cross: through a worker process, with undeclared properties stripped or
 * allowed, and values that contain themselves or share a part. Many specimens share one sandbox, because a worker process
 * costs more than all the values that go through it.
 *
 * `ORACLE_VALUES=1000000` for more of them: the numbers below are shares of it.
 */
import fc from "fast-check";
import { afterAll, beforeAll, describe, it } from "vitest";
import { Judge } from "./belongs.ts";
import { batches, type Crossing, openCrossing, specimensTogether } from "./crossing.ts";
import { mutate, mutations, tie, ties } from "./mutate.ts";
import { declarations, type Specimen, specimens } from "./specimens.ts";
import { tryAny, tryOwn } from "./trial.ts";
import { anything, valuesOf } from "./values.ts";

/** Per kind of shape, shared by its specimens. */
const count = Number(process.env["ORACLE_VALUES"] ?? 10_000);
const seed = Number(process.env["ORACLE_SEED"] ?? 20_260);

const ways = [
  { isolation: "process", excessProperties: "refuse", share: 1 / 40 },
  { isolation: "none", excessProperties: "strip", share: 1 / 20 },
  { isolation: "none", excessProperties: "allow", share: 1 / 40 },
  { isolation: "none", excessProperties: "refuse", share: 1 / 40 },
] as const;

interface Case {
  readonly name: string;
  readonly specimen: Specimen;
  /** Of the values of its kind. */
  readonly part: number;
}

const cases = Object.entries(specimens).flatMap(([kind, all]) =>
  all.map((specimen, at): Case => ({ name: `${kind} ${at}`, specimen, part: 1 / all.length })),
);
const groups = Array.from({ length: Math.ceil(cases.length / specimensTogether) }, (_, at) =>
  cases.slice(at * specimensTogether, (at + 1) * specimensTogether),
);

describe.each(ways)("$isolation, $excessProperties", ({ isolation, excessProperties, share }) => {
  describe.each(groups)("%#", (...group) => {
    let crossing: Crossing | undefined;
    beforeAll(async () => {
      const own = group.map(({ specimen }) => specimen);
      crossing = await openCrossing(own, { isolation, excessProperties });
    });
    afterAll(() => crossing?.[Symbol.asyncDispose]());

    it.each(group.map((one, at) => ({ ...one, at })))(
      "$name",
      { timeout: 60_000 + count },
      async ({ specimen: { shape }, part, at }) => {
        const one = crossing?.open[at];
        if (!one) throw new Error("The sandbox did not open.");
        const trial = { one, shape, excessProperties };
        const judge = new Judge(declarations);
        const options = { numRuns: Math.ceil(count * part * share), seed: seed + at };
        const own = shape.kind === "never" ? null : valuesOf(shape, judge, one.given);
        const tied = fc.tuple(own ?? anything, ties).map(([value, knots]) => tie(value, knots));
        const changed = fc.tuple(own ?? anything, mutations).map(([value, how]) => mutate(value, how));
        const both = fc.tuple(changed, ties).map(([value, knots]) => tie(value, knots));
        const knotted = fc.sample(tied, options);
        for (const some of [knotted, fc.sample(changed, options), fc.sample(both, options)])
          for (const values of batches(some)) await tryAny(trial, values);
        if (own === null) return;
        const still = knotted.filter((value) => judge.belongs(value, shape, one.given));
        for (const some of [fc.sample(own, options), still])
          for (const values of batches(some)) await tryOwn(trial, values);
      },
    );
  });
});
