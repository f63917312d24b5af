/**
 * `contract.json` is the contract: what is written is read back, and what is damaged is refused with the place.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Contract } from "../../../src/model/contract.ts";
import { ContractFormatError, parseContract } from "../../../src/model/file/deserialize.ts";
import { digest } from "../../../src/model/identity/digest.ts";
import { emitContractJson } from "../../../src/emit/contract-json.ts";
import { samples } from "../../emit/samples.ts";
import { arbitraryContract } from "../../emit/shapes.ts";

/** Without locations, which the file does not hold. */
function unlocated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unlocated);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "source")
      .map(([key, part]) => [key, unlocated(part)]),
  );
}

function roundTrip(contract: Contract): void {
  const text = emitContractJson(contract);
  const read = parseContract(text);
  expect(emitContractJson(read)).toBe(text);
  expect(digest(read)).toBe(digest(contract));
}

describe("contract.json", () => {
  for (const [name, contract] of Object.entries(samples)) {
    it(`holds all of ${name}`, () => {
      roundTrip(contract);
      expect(unlocated(parseContract(emitContractJson(contract)))).toEqual(unlocated(contract));
    });
  }

  it("holds every contract", () => {
    fc.assert(fc.property(arbitraryContract, roundTrip), { numRuns: 100 });
  });

  it("holds no location", () => {
    expect(emitContractJson(samples.quickstart)).not.toContain("bindings.ts");
  });

  it("is read with another check-out's line ends and byte order mark", () => {
    const text = emitContractJson(samples.generics);
    expect(parseContract(`\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(parseContract(text));
  });
});

describe("a contract.json that is none", () => {
  const text = emitContractJson(samples.quickstart);
  const cases: readonly [string, string, RegExp][] = [
    ["not JSON", "<<<<<<< HEAD", /not JSON/u],
    ["something else", '{"name":"x"}', /not a contract/u],
    ["from a newer version", text.replace('"isobind": 1', '"isobind": 2'), /format 2/u],
    ["an unknown kind", text.replace('"kind": "string"', '"kind": "strong"'), /should be a kind of shape/u],
    [
      "a wrong mode",
      text.replace('"mode": "async"', '"mode": "later"'),
      /mode should be one of sync, async, maybe/u,
    ],
    [
      "a missing list",
      text.replace('"declarations": [', '"declaration": ['),
      /declarations should be a list/u,
    ],
  ];
  for (const [what, damaged, message] of cases) {
    it(`is refused: ${what}`, () => {
      expect(damaged).not.toBe(text);
      expect(() => parseContract(damaged)).toThrow(ContractFormatError);
      expect(() => parseContract(damaged)).toThrow(message);
    });
  }

  it("is refused, not crashed on, when it is nested without end", () => {
    const deep = `${'{"kind":"array","element":'.repeat(5000)}{"kind":"string"}${"}".repeat(5000)}`;
    const file = JSON.stringify({ isobind: 1, style: "contract", root: { kind: "namespace", members: [] } });
    const damaged = file.replace(/\}$/u, `,"declarations":[{"name":"D","kind":"alias","shape":${deep}}]}`);
    expect(() => parseContract(damaged)).toThrow(ContractFormatError);
  });
});
