/** What `typecheck` refuses of syntax and exports is what a run refuses, and what it passes runs. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createSandbox } from "../../../src/runtime/index.ts";

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/scripts/${name}/script.ts`, import.meta.url), "utf8");

const registry = {
  db: { query: async () => [{ id: "1", name: "Ada" }], find: async (id: string) => ({ id, name: "Ada" }) },
  greet: (name: string) => name,
};

it.each(["none", "process"] as const)("exports that cannot leave (isolation: %s)", async (isolation) => {
  await using sandbox = await createSandbox({ isolation, registry, workers: 1 });
  const fine = await sandbox.run(fixture("fine-exports"), { filename: "script.ts" });
  expect(fine).toMatchObject({ status: "ok" });
  const source = fixture("export-not-clonable");
  const names = ["default async function main() {\n  return 1;\n}", "const report", "const users", "function helper", "class Report", "{ mark as sign };", "const nested", "const seen", "const pairs"]; // prettier-ignore
  for (const name of names) {
    // One export at a time: the first that cannot leave ends the run.
    const only = source.replaceAll(/^export (?!default)(?:\{.*$)?/gm, "").replace(/^export default/m, "void");
    const kept = name.startsWith("default")
      ? `export ${name}`
      : name.startsWith("{")
        ? `${only}\nexport ${name}`
        : only.replace(new RegExp(`^${name}\\b`, "m"), `export ${name}`);
    const result = await sandbox.run(kept, { filename: "script.ts", onDetached: "wait" });
    expect(result, name).toMatchObject({ status: "error", error: { code: "ERR_BINDING_NOT_CLONABLE" } });
  }
});

it.each(["@traced class A {}", "class A { accessor a = 1 }", "import.meta.url"])(
  "syntax that the engine does not have: %s",
  async (source) => {
    await using sandbox = await createSandbox({ isolation: "none" });
    expect(await sandbox.run(source, { filename: "script.ts" })).toMatchObject({
      status: "error",
      error: { name: "SyntaxError" },
    });
  },
);
