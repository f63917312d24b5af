/** Globals of the drivers: data of the host, held to what a registry lists, by its types and when they are given. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { Registry } from "../../src/registry/index.ts";
import {
  createNodeDriver,
  createNodeRuntimeDriverFactory,
  NodeExecutionDriver,
  NodeRuntime,
} from "../../src/secure-exec/index.ts";
import { mockRegistry } from "../../src/testing/index.ts";

interface Globals {
  region: string;
  rates: { base: string; rates: Map<string, number> };
  coupon?: string;
}
const file = join(import.meta.dirname, "../../fixtures/valid/globals-contract/expected/contract.json");
const bindings = mockRegistry(JSON.parse(readFileSync(file, "utf8")) as object) as Registry<unknown, Globals>;
const rates = { base: "EUR", rates: new Map([["USD", 1.1]]) };
const system = createNodeDriver();

const open: { terminate(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.terminate();
});

it("are there, frozen, in a driver and in a runtime", async () => {
  const globals = { region: "eu", rates };
  const driver = new NodeExecutionDriver({ system, isolation: "none", bindings, globals });
  const runtimeDriverFactory = createNodeRuntimeDriverFactory({ isolation: "none" });
  const runtime = new NodeRuntime({ systemDriver: system, runtimeDriverFactory, bindings, globals });
  open.push(driver, runtime);
  for (const one of [driver, runtime]) {
    const { exports } = await one.run(
      'module.exports = [region, rates.rates.get("USD"), Object.isFrozen(rates)];',
    );
    expect(exports).toEqual(["eu", 1.1, true]);
  }
});

it("are of any name where the registry lists none", async () => {
  const driver = new NodeExecutionDriver({ system, isolation: "none", globals: { tenant: { id: 7 } } });
  open.push(driver);
  expect((await driver.run("module.exports = tenant.id;")).exports).toBe(7);
});

it("are refused where they are given, by their type and by their value", () => {
  // @ts-expect-error -- the registry says that `rates` is given
  expect(() => new NodeExecutionDriver({ system, bindings, globals: { region: "eu" } })).toThrow("rates");
  // @ts-expect-error -- a region is a text
  expect(() => new NodeExecutionDriver({ system, bindings, globals: { region: 7, rates } })).toThrow(
    "region",
  );
  expect(() => new NodeExecutionDriver({ system, globals: { load: () => 1 } })).toThrow("load");
});
