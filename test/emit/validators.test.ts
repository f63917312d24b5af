/**
 * The laws of emitted validators: they agree with the interpreter on every value, in all three modes, and accept every
 * value of the type.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainArguments, explainResult } from "../../src/validation/explain.ts";
import type { ExcessProperties, RegistrySignature } from "../../src/model/registry.ts";
import type { Contract } from "../../src/model/contract.ts";
import { match } from "../../src/validation/match.ts";
import { startWalk } from "../../src/validation/walk.ts";
import { Types } from "../../src/validation/types.ts";
import { load } from "./load.ts";
import { arbitraryContract } from "./shapes.ts";
import { anything, mutate, valueOf } from "./values.ts";

/** What the interpreter says of an argument list, asked for itself. */
function interpreted(
  contract: Contract,
  { parameters }: RegistrySignature,
  args: readonly unknown[],
  excess: ExcessProperties,
): boolean {
  const types = new Types(contract.declarations);
  const walk = startWalk(types, excess, "guest");
  return parameters.every(({ shape, quantity }, position) =>
    (quantity === "rest" ? args.slice(position) : [args[position]]).every(
      (value) =>
        (quantity === "optional" && value === undefined) || match(walk, types.of(shape), value) === null,
    ),
  );
}

/** Argument lists that fit, that nearly fit, and that were not made to fit. */
function* argumentLists(
  contract: Contract,
  { parameters }: RegistrySignature,
  strange: Iterator<unknown>,
  seed: number,
): Generator<{ readonly args: readonly unknown[]; readonly fits: boolean }> {
  const random = fc.sample(fc.double({ min: 0, max: 0.999999, noNaN: true }), { numRuns: 400, seed });
  let drawn = 0;
  const next = (): number => random[drawn++ % random.length]!;
  const values = parameters.map(({ shape }) => valueOf(shape, contract.declarations));
  if (values.every((value) => value !== null)) {
    for (const args of fc.sample(fc.tuple(...values), { numRuns: 3, seed })) {
      yield { args, fits: true };
      for (let round = 0; round < 8 && args.length > 0; round++) {
        const at = Math.floor(next() * args.length);
        yield { args: args.map((value, place) => (place === at ? mutate(value, next) : value)), fits: false };
      }
    }
  }
  for (let round = 0; round < 4; round++) {
    yield { args: parameters.map(() => strange.next().value as unknown), fits: false };
  }
}

describe("emitted validators", () => {
  for (const excess of ["refuse", "allow"] as const) {
    it(`agree with the interpreter on every value, with excess properties: ${excess}`, () => {
      let accepted = 0;
      let refused = 0;
      fc.assert(
        fc.property(
          arbitraryContract,
          fc.infiniteStream(anything),
          fc.integer(),
          (contract, strange, seed) => {
            const { raw, registry } = load(contract, excess);
            raw.forEach((table, at) => {
              const [signature] = table.signatures;
              for (const { args, fits } of argumentLists(contract, signature!, strange, seed)) {
                const accepts = table.accepts(args);
                if (accepts) accepted++;
                else refused++;
                if (fits)
                  expect(explainArguments(registry.leaves[at]!, registry, args)?.message).toBeUndefined();
                expect(accepts).toBe(interpreted(contract, signature!, args, excess));
                expect(explainArguments(registry.leaves[at]!, registry, args) === null).toBe(accepts);
              }
            });
          },
        ),
        { numRuns: 80 },
      );
      expect(accepted).toBeGreaterThan(200);
      expect(refused).toBeGreaterThan(200);
    });
  }

  it("with strip accept what allow accepts, and leave what refuse accepts", () => {
    fc.assert(
      fc.property(arbitraryContract, fc.infiniteStream(anything), fc.integer(), (contract, strange, seed) => {
        const strip = load(contract, "strip");
        const allow = load(contract, "allow");
        const refuse = load(contract, "refuse");
        strip.registry.leaves.forEach((leaf, at) => {
          const [signature] = strip.raw[at]!.signatures;
          for (const { args } of argumentLists(contract, signature!, strange, seed)) {
            const stripped = [...args];
            const accepts = leaf.contract!.accepts(stripped);
            expect(accepts).toBe(allow.registry.leaves[at]!.contract!.accepts(args));
            if (accepts) expect(refuse.registry.leaves[at]!.contract!.accepts(stripped)).toBe(true);
          }
        });
      }),
      { numRuns: 50 },
    );
  });

  it("agree with the interpreter on results", () => {
    fc.assert(
      fc.property(arbitraryContract, fc.infiniteStream(anything), fc.integer(), (contract, strange, seed) => {
        const { raw, registry } = load(contract);
        raw.forEach((table, at) => {
          const [{ result } = { result: { kind: "void" } as const }] = table.signatures;
          const made = valueOf(result, contract.declarations);
          const fitting =
            made === null || result.kind === "void" ? [] : fc.sample(made, { numRuns: 5, seed });
          for (const value of fitting) {
            expect(table.acceptsResult(value)).toBe(true);
            expect(explainResult(registry.leaves[at]!, registry, value)).toBeNull();
          }
          const value = strange.next().value as unknown;
          expect(explainResult(registry.leaves[at]!, registry, value) === null).toBe(
            table.acceptsResult(value),
          );
        });
      }),
      { numRuns: 60 },
    );
  });
});
