/**
 * The documented example behaves as documented, line by line: as a plain tree and as a generated registry, in this process, in a worker
 * process, and through the drop-in facade.
 */
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documented } from "../../fixtures/custom-bindings/as-documented.ts";
import bindings from "../../fixtures/custom-bindings/bindings.ts";
import type { Registry } from "../../src/model/registry.ts";
import { generate } from "../../src/generator/index.ts";
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

describe("a generated registry with its declaration", () => {
  // Inside the repository, because generated code imports the package by its name.
  const outDir = fileURLToPath(new URL("../../.cache/custom-bindings/", import.meta.url));
  let sandbox: Sandbox;
  beforeAll(async () => {
    const cwd = fileURLToPath(new URL("../../fixtures/custom-bindings/", import.meta.url));
    const { ok, diagnostics } = await generate(
      { definition: "./bindings.ts", outDir: relative(cwd, outDir) },
      { cwd },
    );
    if (!ok) throw new Error(JSON.stringify(diagnostics, null, 2));
    const { default: registry } = (await import(pathToFileURL(join(outDir, "registry.ts")).href)) as {
      default: Registry;
    };
    sandbox = await createSandbox({ registry, declaration: join(outDir, "secure-exec.d.ts"), workers: 1 });
  });
  afterAll(() => sandbox.dispose());

  it.each(documented.map((one) => [one.says, one] as const))("%s", async (_, { script, gives }) => {
    const result = await sandbox.run(script);
    if (result.status !== "ok") throw new Error(result.error.stack || result.error.message);
    expect(result.exports["default"]).toEqual(gives);
  });

  it("validates arguments by the types of the definition", async () => {
    const result = await sandbox.run(`SecureExec.bindings.add(1, "2")`);
    expect(result).toMatchObject({
      status: "error",
      error: {
        name: "TypeError",
        code: "ERR_BINDING_INVALID_ARGUMENT",
        message: expect.stringContaining("argument 2"),
      },
    });
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
