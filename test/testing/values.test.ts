/**
 * The law of made values: whatever the contract and the seed, a mock answers with what its declared type takes. Two judges: the interpreter
 * of types, and the validators that were emitted for the same contract.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseContract } from "../../src/model/file/deserialize.ts";
import { explainResult } from "../../src/validation/explain.ts";
import type { BindingTree, Registry } from "../../src/model/registry.ts";
import { mockRegistry, TestingError } from "../../src/testing/index.ts";
import { loadEmitted } from "../oracles/emitted.ts";

const root = join(import.meta.dirname, "../..");
const seeds = Array.from({ length: 25 }, (_, seed) => seed);

const contracts = readdirSync(join(root, "fixtures"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("contract.json"))
  .map((file) => ({ file, text: readFileSync(join(root, "fixtures", file), "utf8") }));

/** The answers of a registry's functions; a binding that has none says so by its error. */
async function answersOf(registry: Registry): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  for (const { name, call } of registry.leaves) {
    try {
      answers.set(name, await call());
    } catch (error) {
      if (!(error instanceof TestingError)) throw error;
      expect(error.code).toBe("ERR_TESTING_NO_VALUE");
    }
  }
  return answers;
}

/** All else that a runtime asks a registry for, without what is for people. */
function rest({ leaves, ...registry }: Registry): unknown {
  const modes = leaves.map(({ path, mode, policy }) => ({ path, mode, policy }));
  const text = JSON.stringify({ ...registry, modes, calls: undefined }, (key, value: unknown) =>
    ["doc", "partDocs", "source", "lossy"].includes(key) ? undefined : value,
  );
  return JSON.parse(text);
}

/** Bindings of fixtures without a value in every engine: their types are in no engine, or in newer ones. */
const withoutValue = ["never", "Temporal", "Float16"];

describe("every made value is of its declared type", () => {
  it("has contracts to look at", () => {
    expect(contracts.length).toBeGreaterThan(50);
  });

  it.each(contracts)("$file", async ({ text }) => {
    const contract = parseContract(text);
    const data: unknown = JSON.parse(text);
    const tree: BindingTree = {};
    const first = mockRegistry(data as object);
    for (const { path } of first.leaves) plant(tree, path);
    const emitted = contract.style === "contract" ? await loadEmitted(contract, tree) : null;
    if (emitted) expect(rest(first)).toEqual(rest(emitted));
    for (const seed of seeds) {
      const mock = mockRegistry(data as object, { seed });
      const answers = await answersOf(mock);
      for (const leaf of mock.leaves) {
        if (!answers.has(leaf.name)) {
          expect(
            withoutValue.some((word) => text.includes(word)),
            leaf.name,
          ).toBe(true);
          continue;
        }
        const value = answers.get(leaf.name);
        expect(explainResult(leaf, mock, value), `seed ${seed}`).toBeNull();
        const judge = emitted?.leaves.find(({ name }) => name === leaf.name)?.contract;
        if (judge) expect(judge.acceptsResult(value), `${leaf.name}, seed ${seed}, emitted`).toBe(true);
      }
    }
  });
});

function plant(tree: object, path: readonly string[]): void {
  const [head = "", ...rest] = path;
  const at = tree as Record<string, unknown>;
  if (rest.length === 0) at[head] = () => undefined;
  else plant((at[head] ??= {}) as object, rest);
}
