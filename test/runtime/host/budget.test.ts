import { expect, it } from "vitest";
import { createBudget } from "../../../src/runtime/host/budget.ts";
import type { RegistryLeaf } from "../../../src/model/registry.ts";

const leaf = (policy: object): RegistryLeaf =>
  ({ name: "once", policy }) as Partial<RegistryLeaf> as RegistryLeaf;
const many = { calls: 100, concurrency: 100 };

it.each([
  ["the calls of a run", {}, { ...many, calls: 1 }, "1 call in one run is allowed"],
  ["the calls of a run", {}, { ...many, calls: 2 }, "2 calls in one run are allowed"],
  ["the calls of a binding", { maxCalls: 1 }, many, "1 call of once in one run is allowed"],
  ["calls at once", {}, { ...many, concurrency: 1 }, "1 call in flight at once is allowed"],
  [
    "calls of a binding at once",
    { maxConcurrency: 2 },
    many,
    "2 calls of once in flight at once are allowed",
  ],
])("%s are refused beyond a bound, in the singular where it is one", (_, policy, limits, words) => {
  const budget = createBudget([leaf(policy)], limits);
  let refusal = budget.enter(0);
  for (let call = 1; refusal === null && call < 5; call++) refusal = budget.enter(0);
  expect(refusal?.message).toBe(`once was not called: at most ${words}.`);
});
