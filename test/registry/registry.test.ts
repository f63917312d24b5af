/**
 * `defineRegistry` refuses at run time what the generator refuses at build time, all at once, and freezes what it accepts.
 */
import { describe, expect, it } from "vitest";
import { defineRegistry, RegistryError, type RegistryDiagnostic } from "../../src/registry/index.ts";
import type { RegistryContract } from "../../src/model/registry.ts";

const f = (): number => 1;

function findings(tree: object, contract?: RegistryContract): readonly RegistryDiagnostic[] {
  try {
    defineRegistry(tree, contract);
  } catch (error) {
    if (error instanceof RegistryError) return error.diagnostics;
    throw error;
  }
  return [];
}

const codes = (tree: object): string[] => findings(tree).map(({ code }) => code);

describe("defineRegistry", () => {
  it("lists leaves and namespaces in the order of the tree, the empty ones too", () => {
    const registry = defineRegistry({ db: { query: f, empty: {} }, greet: f });
    expect(registry.leaves.map(({ name, mode, contract }) => [name, mode, contract])).toEqual([
      ["db.query", "maybe", null],
      ["greet", "maybe", null],
    ]);
    expect(registry.namespaces).toEqual([[], ["db"], ["db", "empty"]]);
    expect(registry.digest).toBeNull();
  });

  it("accepts objects without a prototype", () => {
    expect(defineRegistry(Object.assign(Object.create(null) as object, { f })).leaves).toHaveLength(1);
  });

  it("is frozen at every level, and leaves the host's functions as they are", () => {
    const own = (): number => 1;
    const registry = defineRegistry({ db: { query: own } });
    expect(Object.isFrozen(registry) && registry.leaves.every((leaf) => Object.isFrozen(leaf))).toBe(true);
    expect(Object.isFrozen(registry.leaves[0]?.path)).toBe(true);
    expect(Object.isFrozen(own)).toBe(false);
  });

  it("reads each property once, so that what was checked is what is called", () => {
    let reads = 0;
    const tree = {
      get query() {
        reads++;
        return reads === 1 ? f : "something else";
      },
    };
    expect(defineRegistry(tree).leaves[0]?.call()).toBe(1);
    expect(reads).toBe(1);
  });

  const cases: readonly [string, object, string][] = [
    ["a name that is no identifier", { "my-leaf": f }, "binding-name-invalid"],
    ["an invisible character", { "a\u200bb": f }, "binding-name-invalid"],
    ["a symbol", { [Symbol("x")]: f }, "binding-name-invalid"],
    ["a reserved name", { db: { then: f } }, "binding-name-reserved"],
    ["a leading underscore", { _private: f }, "binding-name-reserved"],
    ["an own __proto__", JSON.parse('{"__proto__": {}}') as object, "binding-name-reserved"],
    ["names that look alike", { fetch: f, "\uff46etch": f }, "binding-name-collision"],
    ["too many levels", { a: { b: { c: { d: { e: f } } } } }, "tree-too-deep"],
    ["a value that is no function", { answer: 42 }, "leaf-not-function"],
    ["null", { answer: null }, "leaf-not-function"],
    ["undefined", { answer: undefined }, "leaf-not-function"],
    ["a class", { Money: class Money {} }, "leaf-not-function"],
    ["an array", { list: [f] }, "tree-not-static"],
    ["an instance of a class", { map: new Map() }, "tree-not-static"],
    ["a promise", { host: Promise.resolve({ f }) }, "tree-not-static"],
    ["the module of a registry", { default: defineRegistry({ f }) }, "tree-not-static"],
  ];
  for (const [what, tree, code] of cases) {
    it(`refuses ${what} as ${code}`, () => expect(codes(tree)).toEqual([code]));
  }

  it("allows 4 levels and 64 leaves, and no more", () => {
    const leaves = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`leaf${at}`, f]));
    expect(codes({ a: { b: { c: { d: f } } } })).toEqual([]);
    expect(codes(leaves(64))).toEqual([]);
    expect(codes(leaves(65))).toEqual(["tree-too-large"]);
  });

  it("ends on a tree that contains itself", () => {
    const tree: Record<string, unknown> = { f };
    tree["again"] = tree;
    expect(new Set(codes(tree))).toEqual(new Set(["tree-too-deep"]));
  });

  it("says what was meant where a registry or a promise stands", () => {
    const [module] = findings({ default: defineRegistry({ f }) });
    expect(module?.message).toBe("`default` is a registry, not a plain object.");
    expect(module?.help).toContain("pass that export");
    const [promise] = findings(Promise.resolve({ f }));
    expect(promise?.message).toBe("The tree is a promise, not a plain object.");
    expect(promise?.help).toBe("Await it first.");
  });

  it("tells twenty reasons in its message, and how many more there are", () => {
    const tree = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`leaf${at}`, at]));
    let error: unknown;
    try {
      defineRegistry(tree);
    } catch (thrown) {
      error = thrown;
    }
    const { message, diagnostics } = error as RegistryError;
    expect(diagnostics).toHaveLength(50);
    expect(message.match(/leaf-not-function/gu)).toHaveLength(20);
    expect(message).toMatch(/\n {2}and 30 more, which are in `diagnostics`$/u);
  });

  it("reports everything at once, with a code, a way out and the path", () => {
    const found = findings({ "a b": f, db: { then: f, x: 1 } });
    expect(found.map(({ code, path }) => [code, path.join(".")])).toEqual([
      ["binding-name-invalid", "a b"],
      ["binding-name-reserved", "db.then"],
      ["leaf-not-function", "db.x"],
    ]);
    expect(found.every(({ help, message }) => help.endsWith(".") && message.endsWith("."))).toBe(true);
    expect(() => defineRegistry({ db: { then: f } })).toThrow(
      expect.objectContaining({ code: "ERR_REGISTRY_INVALID", name: "RegistryError" }) as Error,
    );
  });
});

describe("defineRegistry with a contract", () => {
  const contract: RegistryContract = {
    digest: `sha256-${"0".repeat(64)}`,
    excessProperties: "refuse",
    declarations: [],
    leaves: [
      {
        path: ["db", "query"],
        mode: "async",
        policy: { timeoutMs: 5 },
        throws: [],
        signatures: [{ mode: "async", typeParameters: [], parameters: [], result: { kind: "number" } }],
        accepts: (args) => args.length === 0,
        acceptsResult: (value) => typeof value === "number",
      },
    ],
  };

  it("joins each function with what is known of it", () => {
    const registry = defineRegistry({ db: { query: f } }, contract);
    expect(registry.digest).toBe(contract.digest);
    expect(registry.leaves[0]).toMatchObject({ name: "db.query", mode: "async", policy: { timeoutMs: 5 } });
    expect(registry.leaves[0]?.contract?.accepts([])).toBe(true);
  });

  it("names what is missing, what is no function and what nobody declared", () => {
    expect(findings({ db: {} }, contract).map(({ code }) => code)).toEqual(["leaf-missing"]);
    expect(findings({ db: { query: 1 } }, contract).map(({ code }) => code)).toEqual(["leaf-not-function"]);
    expect(findings({ db: { query: f, drop: f } }, contract)).toMatchObject([
      { code: "leaf-undeclared", path: ["db", "drop"] },
    ]);
  });
});
