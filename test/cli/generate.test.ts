import { existsSync, readFileSync, rmSync, utimesSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { definition, files, project } from "./project.ts";
import { bare } from "../../src/cli/bare.ts";
import { isobind } from "./testing-io.ts";
import { outputNames } from "../../src/stages.ts";

interface Report {
  readonly ok: boolean;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly file: string | null;
    readonly line: number | null;
    readonly path: string[];
  }[];
  readonly files: readonly { readonly path: string; readonly status: string }[];
}

const outputs = outputNames.map((name) => `generated/${name}`);

describe("isobind generate", () => {
  it("writes its files, says so, and writes nothing the second time", async () => {
    const { root, path, write } = project(files);
    const first = await isobind(["generate"], { cwd: root });
    expect(first).toMatchObject({ code: 0, stderr: "" });
    for (const name of outputs) {
      expect(existsSync(path(name))).toBe(true);
      expect(first.stdout).toContain(`written    ${name}`);
    }
    // And what to do with them, the first time.
    expect(first.stdout).toContain("\n4 bindings. Next:\n  npx isobind playground ");
    write("bindings.ts", definition.replace("add:", "plus:"));
    const changed = await isobind(["generate"], { cwd: root });
    expect(changed.stdout).toMatch(/\n4 bindings\.\n$/u);
    const second = await isobind(["generate", "--format", "json"], { cwd: root });
    const report = JSON.parse(second.stdout) as Report;
    expect(Object.keys(report)).toEqual(["version", "ok", "diagnostics", "files"]);
    expect(report.files.map(({ status }) => status)).toEqual(outputs.map(() => "unchanged"));
  });

  it("says what to do next with the config it was given, and with the script that is there", async () => {
    const { root, path, write } = project({
      ...files,
      "other.config.ts": files["bindings.config.ts"] as string,
    });
    const { stdout } = await isobind(["generate", "--config", "other.config.ts"], { cwd: root });
    for (const command of ["playground", "run script.ts", "check"])
      expect(stdout).toContain(`  npx isobind ${command} --config other.config.ts `);
    rmSync(path("generated"), { recursive: true });
    write("rules/hello.ts", "export default 1;");
    write("rules/tsconfig.json", `{ "extends": "../generated/tsconfig.scripts.json" }`);
    expect((await isobind(["generate"], { cwd: root })).stdout).toContain(
      "  npx isobind run rules/hello.ts ",
    );
  });

  it("says what has changed, in one line what has not, and each file when it is asked to", async () => {
    const { root, write } = project(files);
    const typed = (...argv: readonly string[]): Promise<string> =>
      isobind(argv, { cwd: root }).then(({ stdout }) => stdout);
    await typed("generate");
    expect(await typed("generate", "--force")).toBe("unchanged  5 files in generated\n");
    expect(await typed("check", "--verbose")).toBe(outputs.map((name) => `unchanged  ${name}\n`).join(""));
    write("bindings.ts", definition.replace("add:", "plus:"));
    const found = await typed("check");
    expect(found).toContain("`generated/registry.ts` is stale");
    expect(found).toMatch(/\nunchanged {2}2 other files\n$/u);
    expect(await typed("generate")).toMatch(/^written .*\n(?:written .*\n)+unchanged {2}2 other files\n/u);
    expect(await typed("generate", "--verbose")).toContain("unchanged  generated/contract.json\n");
  });

  it("names the folder of a contract that the config no longer has, and leaves it there", async () => {
    const config = (...names: readonly string[]): string => {
      const contracts = names.map((name) => ({
        name,
        definition: "./bindings.ts",
        outDir: `./generated/${name}`,
      }));
      return `export default { definition: ${JSON.stringify(contracts)} };\n`;
    };
    const { root, path, write } = project({ ...files, "bindings.config.ts": config("admin", "user", "old") });
    // A run does not remember what was written in the very moment it began.
    for (const _ of [1, 2]) expect((await isobind(["generate"], { cwd: root })).stderr).toBe("");
    write("bindings.config.ts", config("user"));
    // Whatever is not ours is nobody's business.
    write("generated/old/registry.ts", "export const mine = 1;\n");
    for (const name of outputNames) if (name !== "registry.ts") rmSync(path(`generated/old/${name}`));
    const { code, stderr } = await isobind(["generate"], { cwd: root });
    expect(code).toBe(0);
    expect(stderr).toBe(
      "`generated/admin` is of a contract that the config no longer names. Delete it, unless something still uses it.\n",
    );
    expect(existsSync(path("generated/admin/registry.ts"))).toBe(true);
    write("bindings.ts", definition.replace("add:", "plus:"));
    expect((await isobind(["generate", "--contract", "user"], { cwd: root })).stderr).toBe("");
    write("bindings.config.ts", config("user", "admin"));
    expect((await isobind(["generate"], { cwd: root })).stderr).toBe("");
  });

  it("does not name the folder of a contract that has another name now, or is of another config", async () => {
    const config = (name: string, outDir: string): string =>
      `export default { definition: [{ name: "${name}", definition: "./bindings.ts", outDir: "${outDir}" }] };\n`;
    const { root, path, write } = project({ ...files, "bindings.config.ts": config("old", "./generated") });
    const stderr = async (...words: readonly string[]): Promise<string> =>
      (await isobind(["generate", ...words], { cwd: root })).stderr;
    for (const _ of [1, 2]) expect(await stderr()).toBe("");
    write("bindings.config.ts", config("renamed", "./generated"));
    // Nothing is remembered of a run whose input is of the future.
    const future = Date.now() / 1000 + 3600;
    utimesSync(path("bindings.config.ts"), future, future);
    expect(await stderr()).toBe("");
    write("bindings.config.ts", config("renamed", "./generated"));
    for (const _ of [1, 2]) expect(await stderr()).toBe("");
    write("other.config.ts", config("moved", "./generated"));
    for (const _ of [1, 2]) expect(await stderr("--config", "other.config.ts")).toBe("");
    write("bindings.config.ts", config("renamed", "./elsewhere"));
    expect(await stderr()).toBe("");
  });

  it("with findings exits 1, shows each with its place, and writes nothing", async () => {
    const { root, path } = project({
      ...files,
      "bindings.ts": definition
        .replace("add:", "then:")
        .replace("greet: (name: string)", "_greet: (name: symbol)"),
    });
    const { code, stdout } = await isobind(["generate", "--format", "json"], { cwd: root });
    expect(code).toBe(1);
    const { ok, diagnostics } = JSON.parse(stdout) as Report;
    expect(ok).toBe(false);
    expect(new Set(diagnostics.map((one) => one.code))).toEqual(
      new Set(["binding-name-reserved", "type-not-clonable"]),
    );
    for (const one of diagnostics)
      expect(one).toMatchObject({ file: "bindings.ts", line: expect.any(Number) as number });
    expect(existsSync(path("generated"))).toBe(false);
    const text = await isobind(["generate"], { cwd: root });
    expect(text.stdout).toContain("bindings.ts:7:5");
    expect(text.stdout).toContain("^^^^");
  });

  it("--check says what is missing or stale and exits 1, and 0 when all is current", async () => {
    const { root, path, write } = project(files);
    const missing = await isobind(["generate", "--check", "--format", "json"], { cwd: root });
    expect(missing.code).toBe(1);
    expect((JSON.parse(missing.stdout) as Report).files.map(({ status }) => status)).toEqual(
      outputs.map(() => "missing"),
    );
    expect(existsSync(path("generated"))).toBe(false);

    await isobind(["generate"], { cwd: root });
    expect((await isobind(["generate", "--check"], { cwd: root })).code).toBe(0);
    write("bindings.ts", definition.replace("add:", "sum:"));
    const before = readFileSync(path("generated/registry.ts"), "utf8");
    const stale = await isobind(["check"], { cwd: root });
    expect(stale.code).toBe(1);
    expect(stale.stdout).toContain("output-stale");
    expect(stale.stdout).toContain("added `math.sum`");
    expect(stale.stdout).toContain("isobind generate");
    expect(readFileSync(path("generated/registry.ts"), "utf8")).toBe(before);
  });

  it("finds the config from a folder below, and by --config from anywhere", async () => {
    const { root, path } = project({ ...files, "deep/er/x.txt": "" });
    expect((await isobind(["generate"], { cwd: path("deep/er") })).code).toBe(0);
    expect(existsSync(path("generated/registry.ts"))).toBe(true);
    expect((await isobind(["check", "--config", path("bindings.config.ts")], { cwd: "/" })).code).toBe(0);
    expect((await isobind(["check", "-c", "../../bindings.config.ts"], { cwd: path("deep/er") })).code).toBe(
      0,
    );
    expect(root).toBeTruthy();
  });

  it.each([
    ["no config", {}, "isobind init"],
    ["a config of nonsense", { "bindings.config.ts": "export default { definitoin: 1 };" }, "definition"],
    ["a config that throws", { "bindings.config.ts": "throw new Error('no luck');" }, "no luck"],
    ["a config with a syntax error", { "bindings.config.ts": "export default {" }, "bindings.config.ts"],
  ])("with %s exits 2, says what to do, and shows no stack", async (_name, wrong, words) => {
    const { root } = project(wrong);
    for (const format of ["text", "json", "sarif", "github"]) {
      const { code, stdout, stderr } = await isobind(["check", "--format", format], { cwd: root });
      expect(code).toBe(2);
      expect(stdout + stderr).toContain(words);
      expect(stdout + stderr).not.toMatch(/^\s+at \S+ \(/m);
    }
  });

  it.each([
    ["does not exist", null, "does not exist"],
    ["has no bindings", "export const other = 1;\n", "there are no bindings to read"],
  ])("exits 2 from every command that reads a definition, where it %s", async (_name, text, words) => {
    const { root, path, write } = project({ ...files, "package.json": `{ "name": "a" }` });
    expect((await isobind(["generate"], { cwd: root })).code).toBe(0);
    if (text === null) rmSync(path("bindings.ts"));
    else write("bindings.ts", text);
    for (const argv of [
      ["generate"],
      ["generate", "--check"],
      ["check"],
      ["check", "--format", "json"],
      ["diff", "--against", "generated/contract.json"],
      ["pack"],
    ]) {
      const { code, stdout, stderr } = await isobind(argv, { cwd: root });
      expect(stdout + stderr, argv.join(" ")).toContain(words);
      expect(code, argv.join(" ")).toBe(2);
    }
    // What is there and breaks a rule is a finding.
    write("bindings.ts", "export interface Bindings {");
    expect((await isobind(["check"], { cwd: root })).code).toBe(1);
  });

  it("takes one contract of several with --contract, and suggests a misspelt one", async () => {
    const { root, path } = project({
      ...files,
      "bindings.config.ts": `export default { definition: [
        { name: "admin", definition: "./bindings.ts", outDir: "./admin" },
        { name: "basic", definition: "./bindings.ts", outDir: "./basic" },
      ] };`,
    });
    expect((await isobind(["generate", "--contract", "admin"], { cwd: root })).code).toBe(0);
    expect([existsSync(path("admin/registry.ts")), existsSync(path("basic"))]).toEqual([true, false]);
    const wrong = await isobind(["generate", "--contract", "basci"], { cwd: root });
    expect(wrong.code).toBe(2);
    expect(wrong.stdout).toContain("Did you mean `basic`?");
  });

  it("--verbose says on stderr where the time went", async () => {
    const { root } = project(files);
    const { stdout, stderr } = await isobind(["generate", "--verbose", "--format", "json"], { cwd: root });
    expect(stderr).toMatch(/read +\d+\.\d ms/);
    expect(stderr).toMatch(/whole process +\d+\.\d ms/);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });

  it("names files from the repository's root where a forge reads them", async () => {
    const { root, path } = project({
      ".git/HEAD": "",
      "packages/api/bindings.config.ts": files["bindings.config.ts"],
      "packages/api/bindings.ts": definition.replace("add:", "_add:"),
    });
    const github = await isobind(["check", "--format", "github"], { cwd: path("packages/api") });
    expect(github.stdout).toContain("::error file=packages/api/bindings.ts,line=7");
    const sarif = await isobind(
      ["check", "--format", "sarif", "--config", "packages/api/bindings.config.ts"],
      { cwd: root },
    );
    expect(sarif.stdout).toContain('"uri": "packages/api/bindings.ts"');
  });

  it("generates under the package.json that npm init writes", async () => {
    const { root } = project({
      ...files,
      "package.json": `{ "type": "commonjs" }`,
      "bindings.config.ts": `import { defineConfig } from "isobind";\nexport default defineConfig({ definition: "./bindings.ts" });\n`,
    });
    const { code, stdout } = await isobind(["generate"], { cwd: root });
    expect(code, stdout).toBe(0);
  });

  it("writes again what was deleted", async () => {
    const { root, path } = project(files);
    await isobind(["generate"], { cwd: root });
    rmSync(path("generated/contract.json"));
    await isobind(["generate"], { cwd: root });
    expect(existsSync(path("generated/contract.json"))).toBe(true);
  });

  it.each(Object.keys(bare))("`%s` alone means what it means with its options spelt out", async (typed) => {
    const argv = typed.split(" ");
    const { root, write } = project(files);
    const both = async (): Promise<void> => {
      const short = await isobind(argv, { cwd: root });
      const [command = "", ...rest] = argv;
      expect(await isobind([command, "--format", "text", ...rest], { cwd: root })).toEqual(short);
    };
    await isobind(["generate"], { cwd: root });
    await both();
    write("bindings.ts", definition.replace("add:", "then:"));
    await both();
    write("bindings.config.ts", "export default 1");
    await both();
  });
});
