/**
 * The documented example behaves as documented, line by line: as a plain tree and as a generated registry, in this process, in a worker
 * process, and through the drop-in facade.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documented } from "../../fixtures/custom-bindings/as-documented.ts";
import bindings from "../../fixtures/custom-bindings/bindings.ts";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/runtime/index.ts";
import {
  createNodeDriver,
  createNodeRuntimeDriverFactory,
  NodeRuntime,
} from "../../src/secure-exec/index.ts";

const settings: Readonly<Record<string, SandboxOptions>> = {
  "isolation: none": { isolation: "none" },
  "isolation: process": { isolation: "process", workers: 1 },
};

describe.each(Object.entries(settings))("createSandbox, %s", (_, options) => {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await createSandbox({ ...options, registry: bindings })));
  afterAll(() => sandbox.dispose());

  it.each(documented.map((one) => [one.says, one] as const))("%s", async (_, { script, gives }) => {
    const result = await sandbox.run(script);
    if (result.status !== "ok") throw new Error(result.error.stack || result.error.message);
    expect(result.exports["default"]).toEqual(gives);
  });

  it("SecureExec is there without bindings too", async () => {
    await using bare = await createSandbox(options);
    const result = await bare.run(
      `export default [Object.keys(SecureExec.bindings), Object.isFrozen(SecureExec)]`,
    );
    expect(result).toMatchObject({ exports: { default: [[], true] } });
  });
});

describe("NodeRuntime", () => {
  const runtime = new NodeRuntime({
    systemDriver: createNodeDriver(),
    runtimeDriverFactory: createNodeRuntimeDriverFactory(),
    bindings,
  });
  afterAll(() => runtime.terminate());

  it.each(documented.map((one) => [one.says, one] as const))("%s", async (_, { script, gives }) => {
    const result = await runtime.run<{ default: unknown }>(script);
    expect(result).toEqual({ code: 0, exports: { default: gives } });
  });
});
