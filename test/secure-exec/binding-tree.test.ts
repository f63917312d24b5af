import { describe, expect, it } from "vitest";
import { toBindingTree } from "../../src/secure-exec/index.ts";
import { plain, registryOf, typed } from "../runtime/host/leaf.ts";

describe("toBindingTree", () => {
  const tree = toBindingTree({
    ...registryOf(
      typed("db.query", async (sql: string) => sql, {
        mode: "async",
        accepts: ([sql]) => typeof sql === "string",
        parameters: [{ name: "sql", shape: { kind: "string" }, quantity: "one" }],
      }),
      typed("add", (a: number, b: number) => a + b),
      plain("any", () => 1),
    ),
    namespaces: [[], ["db"], ["empty"]],
  }) as {
    db: { query: (sql: unknown) => Promise<unknown> };
    add: (a: number, b: number) => number;
    any: () => unknown;
    empty: object;
  };

  it("keeps the tree, with functions that are asynchronous where the contract is", async () => {
    const AsyncFunction = (async () => {}).constructor;
    expect(tree.db.query).toBeInstanceOf(AsyncFunction);
    expect(tree.any).toBeInstanceOf(AsyncFunction);
    expect(tree.add).not.toBeInstanceOf(AsyncFunction);
    expect(tree.add(1, 2)).toBe(3);
    expect(await tree.db.query("x")).toBe("x");
    expect(tree.empty).toEqual({});
  });

  it("validates arguments", async () => {
    await expect(tree.db.query(5)).rejects.toMatchObject({
      code: "ERR_BINDING_INVALID_ARGUMENT",
      expected: "string",
    });
  });
});
