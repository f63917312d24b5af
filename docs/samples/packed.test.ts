import { equal } from "node:assert/strict";
import { test } from "node:test";
import { mock } from "@acme/scripts/testing";

test("adds up the orders of a customer", async () => {
  const mocks = mock({ overrides: { orders: { list: ["a7", "b3"] } } });
  await mocks.run(new URL("total.ts", import.meta.url));
  equal(mocks.callsTo("orders.find").length, 2);
});
