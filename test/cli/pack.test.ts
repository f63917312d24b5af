/** `isobind pack`: what it refuses. What it writes is in `test/package/pack.test.ts`. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compilers, tsc } from "../emit/compile.ts";
import { files, project } from "./project.ts";
import { writePackage } from "../../src/cli/pack/write.ts";
import { isobind } from "./testing-io.ts";

it("never replaces a folder that holds the project, whatever is said", async () => {
  const made = project({ ...files, "package.json": `{ "name": "shop", "type": "module", "isobind": {} }` });
  expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
  for (const [out, ...flags] of [["."], [".", "--force"], ["generated", "--force"]] as const) {
    const ran = await isobind(["pack", "--out", out, ...flags], { cwd: made.root });
    expect(ran, out).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).toContain(`\`${out}\` holds the project itself`);
  }
  expect(existsSync(made.path("generated/contract.json"))).toBe(true);
});

it("puts the old package back when the new one cannot take its place, and says why in words", () => {
  const root = mkdtempSync(join(tmpdir(), "isobind-pack-"));
  const folder = join(root, "pack");
  writePackage(folder, [{ name: "package.json", text: "old" }]);
  let times = 0;
  const second = (from: string, to: string): void => {
    if (++times === 2) throw Object.assign(new Error("no"), { code: "EACCES" });
    renameSync(from, to);
  };
  const replacing = (): void =>
    writePackage(folder, [{ name: "package.json", text: "new" }], second as typeof renameSync);
  expect(replacing).toThrow("`pack` cannot be written: permission was denied.");
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("old");
  expect(readdirSync(root)).toEqual(["pack"]);

  writePackage(folder, [{ name: "package.json", text: "new" }]);
  expect(readFileSync(join(folder, "package.json"), "utf8")).toBe("new");
  expect(readdirSync(root)).toEqual(["pack"]);
});

it("says what is in the way of a package, and exits with 2", async () => {
  const made = project({ ...files, "package.json": `{ "name": "shop", "type": "module" }` });
  expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
  writeFileSync(made.path("file"), "");
  const ran = await isobind(["pack", "--out", "file/pack"], { cwd: made.root });
  expect(ran).toMatchObject({ code: 2, stdout: "" });
  expect(ran.stderr).toContain("`pack` cannot be written: a file is where a folder should be.");
});

it.each([
  ["of no input", "", "export default 1;\n"],
  [
    "of an input",
    "export interface Script { input: { month: number; days: Date[] } }",
    "export default input.days.length + input.month;\n",
  ],
])("shows a test that holds for every script of a package %s", async (_, types, first) => {
  const made = project({
    ...files,
    "package.json": `{ "name": "shop", "type": "module" }`,
    "bindings.ts": `${files["bindings.ts"]}\n${types}\n`,
  });
  expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
  await isobind(["pack", "--name", "@acme/shop", "--out", "node_modules/@acme/shop"], { cwd: made.root });
  const readme = readFileSync(made.path("node_modules/@acme/shop/README.md"), "utf8");
  const [, test = ""] = /```ts\n([^]*?)```/u.exec(readme) ?? [];
  const run = (script: string): number | null => {
    made.write("scripts/script.ts", script);
    made.write("scripts/script.test.ts", test);
    return spawnSync(process.execPath, ["--test", "scripts/script.test.ts"], { cwd: made.root }).status;
  };
  expect(run(first)).toBe(0);
  expect(run("const { greet } = SecureExec.bindings;\nexport default [greet('a'), greet('b')];\n")).toBe(0);
  expect(run("const { greet } = SecureExec.bindings;\nexport default greet(7 as never);\n")).toBe(1);
});

it("packs what a folder of scripts of one kind extends, for the compilers that people have", async () => {
  const made = project({
    ...files,
    "package.json": `{ "name": "shop", "type": "module" }`,
    "bindings.ts": `${files["bindings.ts"]}
      export interface Script { input: { month: number } }
      export interface Scripts { rule: { input: { cents: number } } }`,
  });
  expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
  const { code } = await isobind(["pack", "--name", "@acme/shop", "--out", "node_modules/@acme/shop"], {
    cwd: made.root,
  });
  expect(code).toBe(0);
  expect(readFileSync(made.path("node_modules/@acme/shop/README.md"), "utf8")).toContain(
    "`@acme/shop/tsconfig.rule.json`",
  );
  expect(readFileSync(made.path("node_modules/@acme/shop/README.md"), "utf8")).toContain(
    `extends \`@acme/shop/tsconfig.default.json\` and leaves it out: \`"exclude": ["rule", "**/*.test.ts"]\``,
  );
  for (const [folder, kind] of [
    ["rules", "rule"],
    ["months", "default"],
  ]) {
    made.write(
      `${folder}/tsconfig.json`,
      `{ "extends": "@acme/shop/tsconfig.${kind}.json", "include": ["."] }`,
    );
    made.write(`${folder}/a.ts`, "export default [input.month, input.cents];\n");
  }
  for (const compiler of compilers) {
    expect(await tsc(compiler, ["-p", "rules", "--pretty", "false"], made.root)).toMatch(
      /^rules\/a\.ts\(1,23\)[^\n]*month[^\n]*\n$/u,
    );
    expect(await tsc(compiler, ["-p", "months", "--pretty", "false"], made.root)).toMatch(
      /^months\/a\.ts\(1,36\)[^\n]*cents[^\n]*\n$/u,
    );
  }
});
