/**
 * A member that takes its type from a member of another definition, `pay: Payments["pay"]`, is the same function: what it throws,
 * whether somebody must approve of it and what bounds its calls were written there, and are not lost because the tree only names it.
 */
import { describe, expect, it } from "vitest";
import { parsePolicy } from "../../../src/model/policy.ts";
import type { Leaf } from "../../../src/model/contract.ts";
import { readFiles } from "../shown.ts";

const payments = `
  import type { DeclinedError } from "./errors.ts";
  /** @profile admin */
  export interface Payments {
    /**
     * Pays.
     *
     * @approval
     * @timeout 500ms
     * @throws {DeclinedError} when the bank says no
     * @example
     * await SecureExec.bindings.pay(1);
     */
    pay(cents: number): Promise<string>;
    /** Pays back. @idempotent */
    refund: (id: string) => Promise<void>;
  }
  export interface Renamed { first: Payments["pay"] }`;

function leafOf(member: string): Leaf {
  const { contract, diagnostics } = readFiles({
    "payments.ts": payments,
    "errors.ts":
      "export class DeclinedError extends Error { constructor(readonly reason: string) { super(); } }",
    "bindings.ts": `import type { Payments, Renamed } from "./payments.ts";\nexport type { DeclinedError } from "./errors.ts";\nexport interface Bindings { ${member} }`,
  });
  const leaf = contract?.root.members.find((one): one is Leaf => one.kind === "leaf");
  if (leaf === undefined) throw new Error(JSON.stringify(diagnostics));
  return leaf;
}

const policyOf = (leaf: Leaf) => parsePolicy(leaf.doc.tags).policy;
const tagsOf = (leaf: Leaf) => leaf.doc.tags.map(({ name, text }) => `${name} ${text}`.trim());

describe("a leaf that takes its type from a member of another definition has", () => {
  it("its documentation, where it has none of its own", () => {
    expect(leafOf(`pay: Payments["pay"]`).doc.text).toBe("Pays.");
    expect(leafOf(`/** Pays a bill. */ pay: Payments["pay"]`).doc.text).toBe("Pays a bill.");
  });

  it("its limits and marks, where it does not say others", () => {
    expect(policyOf(leafOf(`pay: Payments["pay"]`))).toMatchObject({ approval: true, timeoutMs: 500 });
    expect(policyOf(leafOf(`/** Slowly. @timeout 2s */ pay: Payments["pay"]`))).toMatchObject({
      approval: true,
      timeoutMs: 2_000,
    });
    expect(policyOf(leafOf(`back: Payments["refund"]`))).toMatchObject({ idempotent: true });
  });

  it("what it throws, beside what is thrown here", () => {
    const thrown = (leaf: Leaf) => leaf.throws.map(({ name }) => name);
    expect(thrown(leafOf(`pay: Payments["pay"]`))).toEqual(["DeclinedError"]);
    expect(thrown(leafOf(`/** @throws {RangeError} below zero */ pay: Payments["pay"]`))).toEqual([
      "RangeError",
      "DeclinedError",
    ]);
    expect(thrown(leafOf(`/** @throws {DeclinedError} here too */ pay: Payments["pay"]`))).toEqual([
      "DeclinedError",
    ]);
  });

  it("its profiles, and those of the interface it is in", () => {
    expect(tagsOf(leafOf(`pay: Payments["pay"]`))).toContain("profile admin");
  });

  it("all of these through a second name", () => {
    const leaf = leafOf(`pay: Renamed["first"]`);
    expect(policyOf(leaf)).toMatchObject({ approval: true, timeoutMs: 500 });
    expect(leaf.throws.map(({ name }) => name)).toEqual(["DeclinedError"]);
    expect(tagsOf(leaf)).toContain("profile admin");
  });

  it("no example, which names it as it was called there", () => {
    expect(tagsOf(leafOf(`pay: Payments["pay"]`)).filter((tag) => tag.startsWith("example"))).toEqual([]);
  });
});
