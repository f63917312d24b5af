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

const payFunction = `
  /**
   * Pays.
   *
   * @approval
   * @timeout 500ms
   * @throws {DeclinedError} when the bank says no
   */
  declare function pay(cents: number): Promise<string>;`;

/** `before`: what else the definition declares. */
const filesOf = (member: string, before: string) =>
  readFiles({
    "payments.ts": payments,
    "errors.ts":
      "export class DeclinedError extends Error { constructor(readonly reason: string) { super(); } }",
    "bindings.ts": `import type { Payments, Renamed } from "./payments.ts";\nexport type { DeclinedError } from "./errors.ts";\n${before}\nexport interface Bindings { ${member} }`,
  });

function leafOf(member: string, before = ""): Leaf {
  const { contract, diagnostics } = filesOf(member, before);
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

  it.each([
    ["in parentheses", `(Payments["pay"])`, ""],
    ["by an alias", `Pay`, `type Pay = Payments["pay"];`],
    ["by the alias of an alias", `(Paid)`, `type Paid = (Pay); type Pay = Payments["pay"];`],
    ["as the type of a value", `typeof bank.pay`, `declare const bank: Payments;`],
    ["as the type of a function", `typeof pay`, payFunction],
  ])("all of these named %s", (_how, type, before) => {
    const leaf = leafOf(`/** Pays a bill. */ pay: ${type}`, before);
    expect(policyOf(leaf)).toMatchObject({ approval: true, timeoutMs: 500 });
    expect(leaf.throws.map(({ name }) => name)).toEqual(["DeclinedError"]);
    expect(leaf.doc.text).toBe("Pays a bill.");
  });

  it.each([
    ["itself", `Bindings["pay"]`, ""],
    [
      "one that is said to be it",
      `One["a"]`,
      `interface One { a: Other["b"] } interface Other { b: One["a"] }`,
    ],
    ["an alias of itself", `Same`, `type Same = Other; type Other = Same;`],
  ])(
    "nothing of it where it is said to be %s, and that is no definition nested too deeply",
    (_what, type, before) => {
      expect(filesOf(`pay: ${type}`, before).diagnostics.map(({ code }) => code)).not.toContain(
        "definition-syntax",
      );
    },
  );

  it("no example, which names it as it was called there", () => {
    expect(tagsOf(leafOf(`pay: Payments["pay"]`)).filter((tag) => tag.startsWith("example"))).toEqual([]);
  });
});
