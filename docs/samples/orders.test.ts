import { createSandbox, type Sandbox } from "isobind/runtime";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

const find = vi.fn(async (id: string) => ({ id, total: 12 }));
let sandbox: Sandbox;

beforeAll(async () => {
  // In this process: nothing to start, the same behaviour, and breakpoints in host functions.
  sandbox = await createSandbox({ registry: { orders: { find } }, isolation: "none" });
});
afterAll(() => sandbox.dispose());

it("adds tax to the total of an order", async () => {
  const source = `const { total } = await SecureExec.bindings.orders.find("a7"); export default total * 1.2;`;
  const result = await sandbox.run(source);
  expect(result).toMatchObject({ status: "ok", exports: { default: 14.399999999999999 } });
  expect(find).toHaveBeenCalledWith("a7");
});
