import { describe, expect, it } from "vitest";
import type { Registry } from "../../../src/model/registry.ts";
import { createSandbox } from "../../../src/runtime/index.ts";
import { registryOf, typed } from "../host/leaf.ts";

const digest = `sha256-${"a".repeat(64)}`;
const other = `sha256-${"b".repeat(64)}`;
let calls = 0;
const registry: Registry = {
  ...registryOf(typed("greet", () => `hello ${++calls}`, { result: { kind: "string" } })),
  digest,
};
const scriptFor = (contract: string): string =>
  `// Greets.\n// @contract ${contract}\nexport default SecureExec.bindings.greet();`;

describe.each(["process", "none"] as const)("a script that names its contract, isolation %s", (isolation) => {
  it("runs when it is the registry's", async () => {
    await using sandbox = await createSandbox({ registry, isolation });
    expect(await sandbox.run(scriptFor(digest))).toMatchObject({ status: "ok" });
  });

  it("is refused before its first line runs when it is not", async () => {
    await using sandbox = await createSandbox({ registry, isolation });
    const before = calls;
    const result = await sandbox.run(scriptFor(other), { filename: "greet.ts" });
    expect(result).toMatchObject({
      status: "error",
      error: {
        name: "Error",
        code: "ERR_REGISTRY_MISMATCH",
        message:
          `The script is written for the contract ${other}, and the registry is of ${digest}. ` +
          "`isobind typecheck` says what has changed.",
      },
      stats: { calls: 0, cpuMs: 0 },
    });
    expect(result.status === "error" && result.error.stack).toMatch(/\n {4}at greet\.ts:2:14$/);
    expect(calls).toBe(before);
    expect(await sandbox.run("export default 1;")).toMatchObject({ status: "ok", exports: { default: 1 } });
  });

  it("is refused by a plain tree, which has no contract", async () => {
    await using sandbox = await createSandbox({ registry: { greet: () => "hello" }, isolation });
    const result = await sandbox.run(scriptFor(digest));
    expect(result).toMatchObject({ status: "error", error: { code: "ERR_REGISTRY_MISMATCH" } });
  });
});
