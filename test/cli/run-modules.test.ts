import { symlinkSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { files, project, type Project } from "./project.ts";
import { isobind } from "./testing-io.ts";

async function sample(scripts: Readonly<Record<string, string>>): Promise<Project> {
  const made = project({ ...files, ...scripts });
  const { code, stdout } = await isobind(["generate"], { cwd: made.root });
  expect(code, stdout).toBe(0);
  return made;
}

const run = (cwd: string, script: string, ...flags: string[]): ReturnType<typeof isobind> =>
  isobind(["run", script, "--isolation", "none", ...flags], { cwd });

describe("isobind run", () => {
  it("gives a script the files beside it, whatever way it is named", async () => {
    const { root, path } = await sample({
      "scripts/main.ts": `import { total } from "./lib/money.js"; import { unit } from "../shared/unit.ts"; import rates from "./rates.json" with { type: "json" };\nexport default [total([1, 2]), unit, rates.eur];`,
      "scripts/lib/money.ts": `import { add } from "./add.ts";\nexport const total = (all: readonly number[]): number => all.reduce(add, 0);`,
      "scripts/lib/add.ts": `export const add = (a: number, b: number): number => SecureExec.bindings.math.add(a, b);`,
      "scripts/rates.json": `{ "eur": 1.1 }`,
      "shared/unit.ts": `export const unit: string = "EUR";`,
    });
    for (const name of ["scripts/main.ts", "./scripts/main.ts", path("scripts/main.ts")]) {
      expect(await run(root, name)).toEqual({
        code: 0,
        stdout: 'default = [ 3, "EUR", 1.1 ]\n'.replaceAll('"', "'"),
        stderr: "",
      });
    }
    expect((await run(path("scripts"), "main.ts")).stdout).toBe("default = [ 3, 'EUR', 1.1 ]\n");
  });

  it("shows a mistake at its line of the module", async () => {
    const { root } = await sample({
      "scripts/main.ts": `import { f } from "./lib.ts";\nf();`,
      "scripts/lib.ts": `export const f = () => {\n  throw new RangeError("no");\n};`,
      "scripts/broken.ts": `import { g } from "./lib.ts";`,
    });
    const thrown = await run(root, "scripts/main.ts");
    expect(thrown.code).toBe(1);
    expect(thrown.stderr).toContain(`error RangeError: no
  scripts/lib.ts:2:9
  2 |   throw new RangeError("no");
    |         ^^^
  at scripts/main.ts:2:1
`);
    const missing = await run(root, "scripts/broken.ts");
    expect(missing.stderr)
      .toContain(`error SyntaxError: The module "./lib.ts" does not export "g". Did you mean \`f\`?
  scripts/broken.ts:1:10
`);
  });

  it("finds nothing outside of the project, behind a link, among packages, or under a bare name", async () => {
    const outside = project({ "secret.ts": "export default 1;" });
    const { root, path } = await sample({
      "scripts/package.json": "{}",
      "scripts/up.ts": `import x from "../elsewhere.ts";`,
      "elsewhere.ts": "export default 1;",
      "scripts/link.ts": `import x from "./linked.ts";`,
      "scripts/folder.ts": `import x from "./linked/secret.ts";`,
      "scripts/packages.ts": `import x from "./node_modules/x/index.js";`,
      "scripts/node_modules/x/index.js": "export default 1;",
      "scripts/bare.ts": `import x from "x";`,
      "scripts/builtin.ts": `import x from "node:fs";`,
      "scripts/absolute.ts": `import x from ${JSON.stringify(outside.path("secret.ts"))};`,
      "scripts/text.ts": `import x from "./.env";`,
      "scripts/.env": "SECRET=1",
      "scripts/itself.ts": `import x from "./";`,
    });
    symlinkSync(outside.path("secret.ts"), path("scripts/linked.ts"));
    symlinkSync(outside.root, path("scripts/linked"));
    for (const name of [
      "up",
      "link",
      "folder",
      "packages",
      "bare",
      "builtin",
      "absolute",
      "text",
      "itself",
    ]) {
      const ran = await run(root, `scripts/${name}.ts`, "--format", "json");
      expect(JSON.parse(ran.stdout), name).toMatchObject({
        status: "error",
        error: { code: "ERR_MODULE_NOT_FOUND" },
      });
    }
  });

  it("says of a name that leads out of the project why it leads to nothing, whether a file is there or not", async () => {
    const { root } = await sample({
      "scripts/package.json": "{}",
      "scripts/up.ts": `import x from "../elsewhere.ts";`,
      "elsewhere.ts": "export default 1;",
      "scripts/nowhere.ts": `import x from "../nowhere.ts";`,
    });
    const why =
      "it lies outside of the folder of the nearest package.json, and a script imports what is in it";
    for (const [script, name] of [
      ["scripts/up.ts", "../elsewhere.ts"],
      ["scripts/nowhere.ts", "../nowhere.ts"],
    ] as const) {
      const ran = await run(root, script);
      expect(ran.stderr).toContain(`There is no module "${name}": ${why}.`);
      expect(ran.stderr).toContain("ERR_MODULE_NOT_FOUND");
      const checked = await isobind(["typecheck", script], { cwd: root });
      expect(checked.stdout + checked.stderr).toContain(`There is no module \`${name}\`: ${why}.`);
    }
  });

  it("suggests a file that is there, and allows `import()` when it is told to", async () => {
    const { root } = await sample({
      "scripts/main.ts": `const { x } = await import("./lib/a.ts"); export default x;`,
      "scripts/misspelt.ts": `import { x } from "./lib/aa.ts";`,
      "scripts/bare.ts": `import { x } from "./lib/alphabet";`,
      "scripts/short.ts": `import { x } from "./b";`,
      "scripts/lib/a.ts": `export const x = 1;`,
      "scripts/lib/alphabet.ts": `export const x = 1;`,
      "scripts/b.ts": `export const x = 1;`,
    });
    expect((await run(root, "scripts/misspelt.ts")).stderr).toContain(
      `There is no module "./lib/aa.ts". Did you mean "./lib/a.ts"?`,
    );
    expect((await run(root, "./scripts/misspelt.ts")).stderr).toContain(`Did you mean "./lib/a.ts"?`);
    expect((await run(root, "scripts/bare.ts")).stderr).toContain(
      `There is no module "./lib/alphabet". Did you mean "./lib/alphabet.ts"?`,
    );
    expect((await run(root, "scripts/short.ts")).stderr).toContain(`Did you mean "./b.ts"?`);
    expect((await run(root, "scripts/main.ts")).stderr).toContain("`isobind run --dynamic-import`");
    expect((await run(root, "scripts/main.ts", "--dynamic-import")).stdout).toBe("default = 1\n");
  });
});
