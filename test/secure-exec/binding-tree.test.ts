import { describe, expect, it } from "vitest";
import type { Shape } from "../../src/model/shape.ts";
import { toBindingTree } from "../../src/secure-exec/index.ts";
import { plain, registryOf, typed } from "../runtime/host/leaf.ts";

const user: Shape = {
  kind: "object",
  properties: [{ name: "id", shape: { kind: "number" }, optional: false, readonly: false }],
  index: [],
};
const users: Shape = { kind: "array", element: user, readonly: false };

describe("toBindingTree", () => {
  const tree = toBindingTree({
    ...registryOf(
      typed("db.query", async (sql: string) => sql, {
        mode: "async",
        accepts: ([sql]) => typeof sql === "string",
        parameters: [{ name: "sql", shape: { kind: "string" }, quantity: "one" }],
      }),
      typed("add", (a: number, b: number) => a + b),
      typed("user", () => ({ id: 1, passwordHash: "x" }), { result: user }),
      typed("db.users", async () => [{ id: 1, passwordHash: "x" }], { mode: "async", result: users }),
      typed("nothing", () => ({ id: 1 }), { result: { kind: "void" } }),
      plain("any", () => 1),
    ),
    namespaces: [[], ["db"], ["empty"]],
  }) as {
    db: { query: (sql: unknown) => Promise<unknown>; users: () => Promise<unknown> };
    user: () => unknown;
    nothing: () => unknown;
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

  it("gives of results what their types declare", async () => {
    expect(tree.user()).toEqual({ id: 1 });
    expect(await tree.db.users()).toEqual([{ id: 1 }]);
    expect(tree.nothing()).toBeUndefined();
  });
});
