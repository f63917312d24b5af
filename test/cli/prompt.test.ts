import { expect, it } from "vitest";
import { files, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

it("isobind prompt prints the API, and says on standard error what it costs", async () => {
  const { root } = project(files);
  const early = await isobind(["prompt"], { cwd: root });
  expect(early.code).toBe(2);
  expect(early.stderr).toContain("run `isobind generate` first");
  await isobind(["generate"], { cwd: root });
  const { code, stdout, stderr } = await isobind(["prompt"], { cwd: root });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^declare const SecureExec: \{ bindings: SecureExec\.Bindings \};\n/u);
  expect(stdout).toContain("greet(name: string): string");
  expect(stderr).toMatch(/^\d+ tokens, all bindings, documentation: everything\n$/u);
  const short = await isobind(["prompt", "--budget", "45", "--from", "generated/contract.json"], {
    cwd: root,
  });
  expect(short.code).toBe(0);
  expect(short.stdout).toContain("not shown: describe(");
  expect(short.stderr).toContain("only in the index");
});

it.each([
  [["--budget", "many"], "`--budget many` is no number of tokens"],
  [["--budget", "1", "--from", "generated/contract.json"], "the shortest text of this contract has"],
  [["--budget", "1", "--from", "generated/contract.json"], "help: give it a larger `--budget`."],
  [
    ["--from", "none.json"],
    "none.json` cannot be read: there is no file of that name.\n  help: name a `contract.json`",
  ],
  [["--from", "bindings.ts"], "bindings.ts` cannot be read: "],
])("isobind prompt %j is a mistake of the command line", async (flags, message) => {
  const { root } = project(files);
  await isobind(["generate"], { cwd: root });
  const { code, stderr, stdout } = await isobind(["prompt", ...flags], { cwd: root });
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
});
