import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);

describe("samples of the documentation", () => {
  it.each([
    ["run-a-script", "Hello, Ada! 1\n"],
    ["call-context", "patient\n"],
    ["run-context", "ada ada\nbob bob\n"],
    ["coming-from-secure-exec", "0 Hello, Ada!\n"],
  ])("%s prints what it says, and ends", async (name, printed) => {
    const file = fileURLToPath(new URL(`../../../docs/samples/${name}.ts`, import.meta.url));
    const { stdout } = await run(process.execPath, ["--no-warnings", file], { timeout: 25_000 });
    expect(stdout).toBe(printed);
  });
});
