/** The option `typecheck`: scripts are held to the declaration before they run, and no compiler is loaded without it. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { defineRegistry } from "../../../src/registry/define-registry.ts";
import { createSandbox } from "../../../src/runtime/index.ts";
import { loadTypecheck } from "../../../src/runtime/typecheck.ts";

const calls: string[] = [];
const registry = defineRegistry(
  { greet: (name: string) => (calls.push(name), `Hello, ${name}!`) },
  {
    digest: `sha256-${"0".repeat(64)}`,
    excessProperties: "refuse",
    declarations: [],
    leaves: [
      {
        path: ["greet"],
        mode: "sync",
        signatures: [
          {
            mode: "sync",
            parameters: [{ name: "name", quantity: "one", shape: { kind: "string" } }],
            result: { kind: "string" },
          },
        ],
        accepts: () => true,
        acceptsResult: () => true,
      },
    ],
    scripts: [{ name: "rule", result: { kind: "boolean" } }],
  },
);
const wrong =
  "SecureExec.bindings.greet('Ada');\nexport default SecureExec.bindings.greet(tenant, 2).lenght;\n";

it("error: ends the run before anything is called, and says everything at once", async () => {
  await using sandbox = await createSandbox({
    registry,
    isolation: "none",
    typecheck: "error",
    globals: { tenant: 1 },
  });
  const result = await sandbox.run(wrong, { filename: "a.ts" });
  expect(result).toMatchObject({
    status: "error",
    error: { code: "ERR_SCRIPT_TYPES" },
    stats: { calls: 0, wallMs: 0 },
  });
  expect(calls).toEqual([]);
  const message = result.status === "ok" ? "" : result.error.message;
  expect(message).toContain("a.ts:2:50 script-type: Expected 1 arguments, but got 2. (TS2554)");
  expect(message).toContain("greet(name: string): string");
  // Again, and then what fits: the same sandbox goes on.
  expect((await sandbox.run(wrong, { filename: "a.ts" })).status).toBe("error");
  const right = await sandbox.run("export default SecureExec.bindings.greet(String(tenant));", {
    filename: "b.ts",
  });
  expect(right).toMatchObject({ status: "ok", exports: { default: "Hello, 1!" } });
  const rule = await sandbox.run("export default 1;", { kind: "rule", filename: "c.js" });
  expect(rule).toMatchObject({ status: "error", error: { code: "ERR_SCRIPT_TYPES" } });
});

it("warn: says it on the console of the script, and runs it", async () => {
  const printed: string[] = [];
  await using sandbox = await createSandbox({
    registry,
    isolation: "none",
    typecheck: "warn",
    onConsole: ({ level, text, runId }) => printed.push(`${level} ${runId} ${text}`),
  });
  const result = await sandbox.run("export default SecureExec.bindings.greet('x').lenght;", {
    filename: "a.ts",
    runId: "r1",
  });
  expect(result).toMatchObject({ status: "ok", exports: { default: undefined } });
  expect(printed).toHaveLength(1);
  expect(printed[0]).toMatch(
    /^warn r1 The script does not fit the declaration:\na\.ts:1:47 script-type: .*Did you mean 'length'/u,
  );
});

it("is refused when there is nothing to check against, and when it is misspelt", async () => {
  await expect(
    createSandbox({ registry: { f: () => 1 }, isolation: "none", typecheck: "error" }),
  ).rejects.toMatchObject({
    code: "ERR_SANDBOX_OPTION",
    message: expect.stringContaining("typecheck: give the `declaration`") as string,
  });
  await expect(createSandbox({ typecheck: "eror" as never })).rejects.toThrow(
    'typecheck: expected "off", "warn" or "error"',
  );
});

it("off: no compiler is loaded", () => {
  const runtime = pathToFileURL(join(import.meta.dirname, "../../../src/runtime/index.ts")).href;
  const program = `
    import { createRequire } from "node:module";
    import { createSandbox } from ${JSON.stringify(runtime)};
    const has = () => Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes("ts-morph"));
    const one = await createSandbox({ isolation: "none" });
    await one.run("export default 1");
    console.log(has());
    process.exit(0);`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  expect(printed.trim()).toBe("false");
});

it("opens one checker for all sandboxes of a declaration, and another for other globals", async () => {
  const first = await loadTypecheck({ registry, globals: [] });
  expect(await loadTypecheck({ registry, globals: [] })).toBe(first);
  expect(await loadTypecheck({ registry, globals: ["tenant"] })).not.toBe(first);
});

const usesTotal = 'import { total } from "./lib/money.ts";\nexport default total([1]);\n';

it("checks the modules of a run with its script, and names the module and the line", async () => {
  const warned: string[] = [];
  const onConsole = ({ text }: { text: string }) => void warned.push(text);
  const modules = { "./lib/money.ts": "// sums\nexport const total = (all: number[]): string => all;\n" };
  for (const typecheck of ["error", "warn"] as const) {
    await using sandbox = await createSandbox({ registry, isolation: "none", typecheck, onConsole });
    const result = await sandbox.run(usesTotal, { filename: "jobs/a.ts", modules });
    expect(result.status).toBe(typecheck === "error" ? "error" : "ok");
    const message = result.status === "ok" ? warned.join() : result.error.message;
    expect(message).toMatch(/\njobs\/lib\/money\.ts:2:\d+ script-type: /u);
  }
});

it("asks a loader once for each module, and runs what it has checked", async () => {
  const asked: unknown[] = [];
  await using sandbox = await createSandbox({ registry, isolation: "none", typecheck: "error" });
  const loader = (...texts: string[]) => ({
    load: async (id: string, { context }: { context: unknown }) => {
      asked.push([id, context]);
      return texts.shift();
    },
  });
  const good = "export const total = (all: number[]): number => all.length;";
  const bad = "export const total = (text: string): string => text;";
  const result = await sandbox.run(usesTotal, { modules: loader(good, bad), context: { tenant: 1 } });
  expect(result).toMatchObject({ status: "ok", exports: { default: 1 } });
  expect(asked).toEqual([["lib/money.ts", { tenant: 1 }]]);
  // Another text is another check.
  expect(await sandbox.run(usesTotal, { modules: loader(bad) })).toMatchObject({
    status: "error",
    error: { code: "ERR_SCRIPT_TYPES", message: expect.stringContaining("script.ts:2:") },
  });
});

it("leaves to the run what a loader fails to give, or has none of", async () => {
  const errors: unknown[] = [];
  const onError = ({ error }: { error: unknown }) => void errors.push(error);
  await using sandbox = await createSandbox({ registry, isolation: "none", typecheck: "error", onError });
  const down = new Error("the store is down");
  const failed = await sandbox.run(usesTotal, { modules: { load: () => Promise.reject(down) } });
  expect(failed).toMatchObject({ status: "error", error: { code: "ERR_MODULE_FAILED" } });
  expect(errors).toEqual([down]);
  const none = await sandbox.run(usesTotal, { modules: { "./lib/mony.ts": "" } });
  expect(none).toMatchObject({
    error: {
      code: "ERR_SCRIPT_TYPES",
      message: expect.stringContaining("There is no module `./lib/money.ts`. Did you mean `./lib/mony.ts`?"),
    },
  });
});

it("ends a run whose loader never answers, at its deadline", async () => {
  await using sandbox = await createSandbox({ registry, isolation: "none", typecheck: "error" });
  const modules = { load: () => new Promise<never>(() => {}) };
  const result = await sandbox.run(usesTotal, { modules, limits: { wallMs: 50 } });
  expect(result).toMatchObject({ status: "timeout", error: { code: "ERR_SANDBOX_TIMEOUT" } });
});
