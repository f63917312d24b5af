/**
 * Kinds of script on disk: the files that `generate` writes for each, and a folder whose `tsconfig.json` says of which kind its scripts are, to
 * every command as to an editor.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { files, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

const kinds = `${files["bindings.ts"]}
export interface Script { input: { month: number } }
export interface Scripts { rule: { input: { cents: number }; result: boolean }; sum: { result: number } }
`;
const rules = {
  "scripts/rules/tsconfig.json": `{
  // Also in an array, as TypeScript 5 has it.
  "extends": ["../../generated/tsconfig.scripts.rule.json"],
  "include": ["."]
}
`,
  "scripts/rules/limit.ts": "export default input.cents < 100;\n",
};
const inGenerated = (root: string): readonly string[] =>
  readdirSync(join(root, "generated"))
    .filter((name) => /kind|tsconfig/u.test(name))
    .sort();

const ofKinds = [
  ".secure-exec.kind.default.d.ts",
  ".secure-exec.kind.rule.d.ts",
  ".secure-exec.kind.sum.d.ts",
  "tsconfig.scripts.default.json",
  "tsconfig.scripts.json",
  "tsconfig.scripts.rule.json",
  "tsconfig.scripts.sum.json",
];

describe("isobind generate", () => {
  it("writes two files for each kind, and takes them away with it", async () => {
    const { root } = project({ ...files, "bindings.ts": kinds });
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect(inGenerated(root)).toEqual(ofKinds);
    expect((await isobind(["generate", "--check"], { cwd: root })).code).toBe(0);

    const rule = join(root, "generated/.secure-exec.kind.rule.d.ts");
    writeFileSync(rule, readFileSync(rule, "utf8").replace("cents", "").replace("Scripts", "Script"));
    const edited = await isobind(["generate", "--check"], { cwd: root });
    expect(edited.code).toBe(1);
    expect(edited.stdout).toContain("generated/.secure-exec.kind.rule.d.ts");
    expect(edited.stdout).toContain("what the definition says of that kind of script changed");

    // A file of the user's own that has such a name stays.
    writeFileSync(join(root, "generated/tsconfig.scripts.mine.json"), "{}");
    writeFileSync(join(root, "bindings.ts"), kinds.replace(" sum: { result: number }", ""));
    const stale = await isobind(["generate", "--check"], { cwd: root });
    expect(stale.stdout).toContain(
      "it belongs to the kind of script `sum`, which the definition no longer has",
    );
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect(inGenerated(root)).toEqual([
      ...ofKinds.slice(0, 2),
      ...ofKinds.slice(3, 5),
      "tsconfig.scripts.mine.json",
      "tsconfig.scripts.rule.json",
    ]);

    // With no kind but the one without a name, the one tsconfig says it.
    writeFileSync(join(root, "bindings.ts"), kinds.replace(/export interface Scripts .*/u, ""));
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect(inGenerated(root)).toEqual(["tsconfig.scripts.json", "tsconfig.scripts.mine.json"]);
  });

  it("keeps of two kinds that differ in case alone the files of one", async () => {
    const { root } = project({
      ...files,
      "bindings.ts": `${files["bindings.ts"]}
export interface Scripts { rule: { result: boolean }; Rule: { result: number } }`,
    });
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect(inGenerated(root)).toEqual([
      ".secure-exec.kind.default.d.ts",
      ".secure-exec.kind.rule.d.ts",
      ...ofKinds.slice(3, 6),
    ]);
  });

  it("writes them for each profile, and takes them away with it", async () => {
    const { root } = project({
      "package.json": files["package.json"],
      "bindings.config.ts": files["bindings.config.ts"],
      "bindings.ts": `export interface Bindings { /** @profile admin */ drop(): void; greet(): string }
export interface Scripts { rule: { input: number } }`,
    });
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    const rule = join(root, "generated/admin/tsconfig.scripts.rule.json");
    expect(readFileSync(rule, "utf8")).toContain(
      `"files": ["./secure-exec.d.ts", "../.secure-exec.lib.d.ts", "./.secure-exec.kind.rule.d.ts"]`,
    );
    writeFileSync(join(root, "bindings.ts"), `export interface Bindings { greet(): string }`);
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    expect(existsSync(join(root, "generated/admin"))).toBe(false);
  });
});

describe("isobind init", () => {
  it("makes a folder for scripts of a kind, and says which folder is missing", async () => {
    const { root } = project({ ...files, "bindings.ts": kinds });
    const made = await isobind(["init", "--yes", "--scripts", "scripts/rules", "--kind", "rule"], {
      cwd: root,
    });
    expect(made.code).toBe(0);
    expect(readdirSync(join(root, "scripts/rules"))).toEqual(["tsconfig.json"]);
    writeFileSync(join(root, "scripts/rules/limit.ts"), "export default input.cents < 100;\n");
    await isobind(["generate"], { cwd: root });
    expect((await isobind(["typecheck", "scripts"], { cwd: root })).code).toBe(0);

    // No folder around it has scripts.
    expect(made.stdout).not.toContain("exclude");

    // Nobody has declared the other, which may be a slip of the finger.
    expect(made.stdout).not.toContain("`Scripts`");
    const slip = await isobind(["init", "--yes", "--scripts", "scripts/rools", "--kind", "rool"], {
      cwd: root,
    });
    expect(slip.stdout).toContain("write in bindings.ts: the kind `rool`, a property of `Scripts`");

    const without = await isobind(["init", "--yes", "--kind", "rule"], { cwd: root });
    expect(without).toMatchObject({ code: 2 });
    expect(without.stderr).toContain("`--scripts rule`");
    const wrong = await isobind(["init", "--yes", "--kind", "../rule", "--scripts", "a"], { cwd: root });
    expect(wrong.stderr).toContain("`../rule` cannot be the name of a kind of script.");
  });
});

describe("the folder around that of a kind", () => {
  const inside = ["init", "--yes", "--scripts", "scripts/own/rules", "--kind", "rule"];
  const around = (extended: string, exclude: string): string =>
    `{ "extends": "../generated/${extended}", "include": ["."], "exclude": ${exclude} }\n`;
  const left = `"extends": "../generated/tsconfig.scripts.default.json", "exclude": ["own/rules", "**/*.test.*"]`;

  it("is named by `init` and `doctor`, with what its tsconfig.json has to say", async () => {
    const { root } = project({ ...files, "bindings.ts": kinds });
    expect((await isobind(["init", "--yes"], { cwd: root })).code).toBe(0);
    const made = await isobind(inside, { cwd: root });
    expect(made.stdout).toContain(`  write in scripts/tsconfig.json: ${left}\n`);

    await isobind(["generate"], { cwd: root });
    const doctor = async (): Promise<string> => (await isobind(["doctor"], { cwd: root })).stdout;
    expect(await doctor()).toContain(
      "warning  scripts: scripts/tsconfig.json has the scripts of scripts/own/rules as well, and gives them another `input` than that of the kind `rule`.\n" +
        `         fix: Write ${left} in it.\n`,
    );
    for (const [extended, exclude, isFine] of [
      ["tsconfig.scripts.default.json", `["own/rules"]`, true],
      ["tsconfig.scripts.json", `["own"]`, true],
      ["tsconfig.scripts.default.json", `["other"]`, false],
    ] as const) {
      writeFileSync(join(root, "scripts/tsconfig.json"), around(extended, exclude));
      expect((await doctor()).includes("as well"), extended + exclude).toBe(!isFine);
    }
    for (const folder of ["own/rules", "./own/rules", "own/rules/", "own/rules/**", "own/rules/**/*"]) {
      const text = around("tsconfig.scripts.default.json", `["a", "${folder}"]`);
      writeFileSync(join(root, "scripts/tsconfig.json"), text);
      expect((await isobind(inside, { cwd: root })).stdout, folder).not.toContain("exclude");
    }
    // A second kind: what is left out already stays so, and all that is missing is named at once.
    const second = ["init", "--yes", "--scripts", "scripts/sums", "--kind", "sum"];
    const leaving = (...folders: readonly string[]): string =>
      left.replace('"own/rules"', folders.map((one) => JSON.stringify(one)).join(", "));
    writeFileSync(
      join(root, "scripts/tsconfig.json"),
      around("tsconfig.scripts.json", `["old", "own/rules"]`),
    );
    expect((await isobind(second, { cwd: root })).stdout).toContain(leaving("old", "own/rules", "sums"));
    writeFileSync(join(root, "scripts/tsconfig.json"), around("tsconfig.scripts.json", `["old"]`));
    expect((await isobind(inside, { cwd: root })).stdout).toContain(leaving("old", "sums", "own/rules"));
    expect(await doctor()).toContain(
      "has the scripts of scripts/own/rules and scripts/sums as well, and gives them another `input` than those of their kinds.\n" +
        `         fix: Write ${leaving("old", "own/rules", "sums")} in it.\n`,
    );
    const another = around("tsconfig.scripts.default.json", `["own/rules-old"]`);
    writeFileSync(join(root, "scripts/tsconfig.json"), another);
    expect((await isobind(inside, { cwd: root })).stdout).toContain("exclude");
  });
});

describe("a folder of one kind", () => {
  it("is of that kind to `typecheck`, `run` and `diff`, where neither a line nor `--kind` says another", async () => {
    const { root } = project({
      ...files,
      "bindings.ts": kinds,
      ...rules,
      "scripts/rules/wrong.ts": "export default input.month;\n",
      "scripts/rules/sum.ts": "// @script sum\nexport default 7;\n",
      "scripts/month.ts": "export default input.month;\n",
    });
    await isobind(["generate"], { cwd: root });
    const checked = await isobind(["typecheck", "scripts", "--format", "json"], { cwd: root });
    const { diagnostics } = JSON.parse(checked.stdout) as {
      diagnostics: { file: string; message: string }[];
    };
    expect(diagnostics.map(({ file }) => file)).toEqual(["scripts/rules/wrong.ts"]);

    const limit = ["run", "scripts/rules/limit.ts", "--format", "json"];
    const run = await isobind([...limit, "--input", `{ "cents": 7 }`], { cwd: root });
    expect(JSON.parse(run.stdout)).toMatchObject({ exports: { default: true } });
    const refused = await isobind([...limit, "--input", `{ "month": 7 }`], { cwd: root });
    expect(refused.stderr).toContain("input of the kind `rule`");
    const said = await isobind([...limit, "--kind", "default", "--input", `{ "month": 7 }`], { cwd: root });
    expect(said.stderr).not.toContain("input of the kind");
    const plain = ["run", "scripts/month.ts", "--input", `{ "month": 7 }`, "--format", "json"];
    expect(JSON.parse((await isobind(plain, { cwd: root })).stdout)).toMatchObject({
      exports: { default: 7 },
    });
  });

  it("is of the default kind also where the definition says nothing of that", async () => {
    const { root } = project({
      ...files,
      "bindings.ts": `${files["bindings.ts"]}\nexport interface Scripts { rule: { result: boolean } }`,
      "scripts/tsconfig.json": `{ "extends": "../generated/tsconfig.scripts.default.json" }`,
      "scripts/any.ts": "export default input;\n",
    });
    await isobind(["generate"], { cwd: root });
    const run = await isobind(["run", "scripts/any.ts", "--input", "7", "--format", "json"], { cwd: root });
    expect(JSON.parse(run.stdout)).toMatchObject({ exports: { default: 7 } });
    expect((await isobind(["typecheck", "scripts"], { cwd: root })).code).toBe(0);
  });

  it("that is for a kind which is no more is told so", async () => {
    const { root } = project({ ...files, "bindings.ts": kinds.replace("rule:", "rules:"), ...rules });
    await isobind(["generate"], { cwd: root });
    const { stdout } = await isobind(["typecheck", "scripts"], { cwd: root });
    expect(stdout).toContain("There is no kind of script `rule`. Did you mean `rules`?");
  });
});
