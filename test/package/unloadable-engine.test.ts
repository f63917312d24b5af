/**
 * An engine that is installed and does not load (a binary for another Node, another machine, or none because no install script ran): the
 * sandbox says so when it is made, in both modes, with what to do.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
let home = "";

/** What is packed, beside an engine that has no binary. */
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "isobind-test-"));
  const installed = join(home, "node_modules/isobind");
  for (const name of [
    "dist/joined",
    "dist/runtime",
    "dist/model",
    "dist/validation",
    "dist/registry",
    "dist/diagnostics",
    "dist/node-floor.js",
    "package.json",
  ])
    cpSync(join(root, name), join(installed, name), { recursive: true });
  cpSync(join(root, "node_modules/acorn"), join(home, "node_modules/acorn"), { recursive: true });
  const engine = join(home, "node_modules/isolated-vm");
  mkdirSync(engine);
  writeFileSync(join(engine, "package.json"), JSON.stringify({ name: "isolated-vm", version: "7.0.9" }));
  writeFileSync(join(engine, "index.js"), `throw new Error("No native build was found for this machine");`);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it.each(["process", "none"])("an engine without a binary, isolation %s", (isolation) => {
  writeFileSync(
    join(home, "app.mjs"),
    `import { createSandbox } from "isobind/runtime";
     await createSandbox({ isolation: ${JSON.stringify(isolation)} }).catch(({ code, message }) => console.log(code, message));`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [join(home, "app.mjs")], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^ERR_ENGINE_MISSING isolated-vm 7\.0\.9 does not load in Node \d/);
  expect(stdout).toContain(": No native build was found for this machine. Version 7 has binaries for");
});
