import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { check, generate } from "../../src/generator/generate.ts";
import { specifier } from "../../src/generator/build.ts";
import { fill, project, small } from "./project.ts";
import { contractOutputs, outputNames } from "../../src/stages.ts";

const greet = "export interface Bindings { greet(name: string): string }\n";
const outputs = outputNames.toSorted();
/** The files for scripts say nothing of bindings. */
const isOfContract = (name: string): boolean => contractOutputs.some((one) => one === name);

describe("generate", () => {
  it("writes the files of a definition, and nothing else but its cache", async () => {
    const root = project({ "bindings.ts": greet });
    const result = await generate({ definition: "./bindings.ts" }, { cwd: root });
    expect(result).toMatchObject({ ok: true, diagnostics: [], root });
    expect(result.files.map(({ path, status }) => `${status} ${path}`).sort()).toEqual(
      outputs.map((name) => `written generated/${name}`),
    );
    expect(readdirSync(join(root, "generated")).sort()).toEqual(outputs);
    expect(readdirSync(root).sort()).toEqual([".isobind", "bindings.ts", "generated"]);
  });

  it("does not advise to generate over a file that it would not overwrite", async () => {
    const root = project({ "bindings.ts": greet, "generated/registry.ts": "export const mine = 1;\n" });
    const { diagnostics } = await check({ definition: "./bindings.ts" }, { cwd: root });
    expect(diagnostics.map(({ code, file }) => [code, file])).toContainEqual([
      "output-foreign",
      "generated/registry.ts",
    ]);
  });

  it("refuses the definition as its own folder", async () => {
    const root = project({ "bindings.ts": greet });
    const { diagnostics } = await generate(
      { definition: "./bindings.ts", outDir: "./bindings.ts" },
      { cwd: root },
    );
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ["config-invalid", "`outDir` is the definition itself, and must be a folder."],
    ]);
  });

  it("tells its phases as they begin, and their times afterwards", async () => {
    const root = project({ "bindings.ts": greet });
    const begun: string[] = [];
    const onPhase = (name: string, contract: string | null) => void begun.push(`${name} ${contract}`);
    const { phases } = await generate({ definition: "./bindings.ts" }, { cwd: root, onPhase });
    const names = [
      "load null",
      "recall bindings",
      "read bindings",
      "check bindings",
      "emit bindings",
      "write bindings",
    ];
    expect(begun).toEqual(names);
    expect(phases.map(({ name, contract }) => `${name} ${contract}`)).toEqual(names);
    for (const { ms } of phases) expect(ms).toBeGreaterThanOrEqual(0);
  });

  it("gives the same bytes from another folder, another path and another current folder", async () => {
    const one = project(small);
    const two = project({ "nested/deep/package.json": "{}" });
    cpSync(one, join(two, "nested", "deep"), { recursive: true });
    await generate(undefined, { cwd: one });
    await generate("nested/deep/bindings.config.ts", { cwd: two });
    for (const name of outputs) {
      const text = readFileSync(join(one, "generated", name), "utf8");
      expect(text).toBe(readFileSync(join(two, "nested", "deep", "generated", name), "utf8"));
      expect(text).not.toContain(one);
      expect(text).not.toContain("\r");
    }
  });

  it("leaves broken input's output as it is", async () => {
    const root = project({ "bindings.ts": greet });
    const config = { definition: "./bindings.ts" };
    await generate(config, { cwd: root });
    const before = outputs.map((name) => readFileSync(join(root, "generated", name), "utf8"));
    for (const broken of [
      "export interface Bindings { greet(",
      "export interface Bindings { _x(): void }",
      "",
    ]) {
      fill(root, { "bindings.ts": broken });
      expect((await generate(config, { cwd: root })).ok).toBe(false);
      expect(outputs.map((name) => readFileSync(join(root, "generated", name), "utf8"))).toEqual(before);
    }
    rmSync(join(root, "bindings.ts"));
    const missing = await generate(config, { cwd: root });
    expect(missing.diagnostics.map(({ code }) => code)).toEqual(["definition-missing"]);
    expect(missing.inputs.missing.concat(missing.inputs.files)).toContain(join(root, "bindings.ts"));
  });

  it("formats with the project's own options when asked, and stays current", async () => {
    const root = project({
      "bindings.ts": greet,
      ".prettierrc.json": `{ "singleQuote": true, "tabWidth": 4 }`,
    });
    const config = { definition: "./bindings.ts", format: true };
    await generate(config, { cwd: root });
    expect(readFileSync(join(root, "generated", "registry.ts"), "utf8")).toContain("from 'isobind/registry'");
    expect((await check(config, { cwd: root, force: true })).ok).toBe(true);
    expect((await check({ ...config, format: false }, { cwd: root, force: true })).ok).toBe(true);
  });
});

describe("several contracts", () => {
  const config = {
    definition: [
      { name: "admin", definition: "./admin.ts" },
      { name: "pro", definition: "./pro.ts", outDir: "./pro-output" },
    ],
  };

  it("each get their own files", async () => {
    const root = project({ "admin.ts": greet, "pro.ts": greet.replace("greet", "hello") });
    const result = await generate(config, { cwd: root });
    expect(result.ok).toBe(true);
    expect(result.files).toHaveLength(2 * outputs.length);
    expect(readdirSync(join(root, "generated", "admin")).sort()).toEqual(outputs);
    expect(readdirSync(join(root, "pro-output")).sort()).toEqual(outputs);
    expect(new Set(result.contracts.map(({ digest }) => digest)).size).toBe(2);
    expect((await check(config, { cwd: root })).contracts.map(({ recalled }) => recalled)).toEqual([
      true,
      true,
    ]);
  });

  it("are written together or not at all when one is wrong", async () => {
    const root = project({ "admin.ts": greet, "pro.ts": greet.replace("greet", "_hello") });
    const result = await generate(config, { cwd: root });
    expect(result.ok).toBe(false);
    expect(existsSync(join(root, "generated"))).toBe(false);
  });
});

describe("check", () => {
  it("is fine with current output, whatever a formatter or git did to it, and writes nothing", async () => {
    const root = project({ "bindings.ts": greet });
    const config = { definition: "./bindings.ts" };
    await generate(config, { cwd: root });
    for (const name of outputs) {
      const text = readFileSync(join(root, "generated", name), "utf8");
      fill(root, { [`generated/${name}`]: text.replaceAll("\n", "\r\n").replaceAll("  ", "\t") });
    }
    rmSync(join(root, ".isobind"), { recursive: true });
    const result = await check(config, { cwd: root });
    expect(result).toMatchObject({ ok: true, diagnostics: [] });
    expect(result.files.map(({ status }) => status)).toEqual(outputs.map(() => "unchanged"));
  });

  it("finds the files for scripts stale when the config names other engines, and what somebody made of them", async () => {
    const root = project({ "bindings.ts": greet });
    await generate({ definition: "./bindings.ts" }, { cwd: root });
    const { diagnostics } = await check({ definition: "./bindings.ts", engines: ["node26"] }, { cwd: root });
    expect(diagnostics.map(({ file, message }) => [file, /: (.*)\.$/u.exec(message)?.[1]])).toEqual(
      ["generated/.secure-exec.lib.d.ts", "generated/tsconfig.scripts.json"].map((file) => [
        file,
        "it is for Node 22, and the config's `engines` begin with Node 26",
      ]),
    );
    const library = join(root, "generated/.secure-exec.lib.d.ts");
    const text = readFileSync(library, "utf8");
    fill(root, { "generated/.secure-exec.lib.d.ts": text.replace("interface Set<T>", "interface Sets<T>") });
    const edited = await check({ definition: "./bindings.ts" }, { cwd: root });
    expect(edited.diagnostics.map(({ message }) => message)).toEqual([
      "`generated/.secure-exec.lib.d.ts` is stale: it was edited, or another version of isobind wrote it.",
    ]);
    fill(root, { "generated/tsconfig.scripts.json": `{ "compilerOptions": {} }` });
    const foreign = await generate({ definition: "./bindings.ts" }, { cwd: root });
    expect(foreign.diagnostics.map(({ code, file }) => [code, file])).toEqual([
      ["output-foreign", "generated/tsconfig.scripts.json"],
    ]);
  });

  it("says what changed, leaf by leaf, and the command that fixes it", async () => {
    const root = project({
      "api.config.ts": `export default { definition: "./bindings.ts" };`,
      "bindings.ts": greet,
    });
    await generate("api.config.ts", { cwd: root });
    fill(root, {
      "bindings.ts":
        "export interface Bindings { greet(name: string | null): string; db: { get(): number } }\n",
    });
    const { diagnostics, files, ok } = await check("api.config.ts", { cwd: root });
    expect(ok).toBe(false);
    expect(files.map(({ status }) => status)).toEqual(
      outputNames.map((name) => (isOfContract(name) ? "stale" : "unchanged")),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(["output-stale", "output-stale", "output-stale"]);
    for (const { message, help } of diagnostics) {
      expect(message).toContain("added `db.get`; changed `greet`");
      expect(help).toBe("Run `isobind generate --config api.config.ts` and commit the result.");
    }
  });

  it("tells a changed comment, an edit by hand, and another contract's file apart", async () => {
    const config = { definition: "./bindings.ts" };
    const root = project({ "bindings.ts": greet });
    await generate(config, { cwd: root });
    const messages = async () =>
      (await check(config, { cwd: root })).diagnostics.map(({ message }) => message);

    fill(root, { "bindings.ts": greet.replace("{ greet", "{\n  /** Says hello. */\n  greet") });
    const commented = await messages();
    expect(commented.length).toBeGreaterThan(0);
    for (const message of commented) expect(message).toContain("the calls it describes are the same");

    await generate(config, { cwd: root });
    const registry = readFileSync(join(root, "generated/registry.ts"), "utf8");
    fill(root, { "generated/registry.ts": registry.replace("return true", "return false") });
    expect(await messages()).toEqual([expect.stringContaining("the calls it describes are the same")]);

    fill(root, {
      "generated/registry.ts": registry.replaceAll(/sha256-[0-9a-f]{64}/g, `sha256-${"0".repeat(64)}`),
    });
    expect(await messages()).toEqual([
      expect.stringContaining("generated for another contract (sha256-000000000000…)"),
    ]);
  });

  it("finds rule findings and stale output in one run of a definition that is fine", async () => {
    const root = project({ "bindings.ts": "export interface Bindings { raw(value: any): void }\n" });
    const { diagnostics } = await check({ definition: "./bindings.ts" }, { cwd: root });
    expect(diagnostics.map(({ code }) => code).sort()).toEqual([
      ...outputs.map(() => "output-missing"),
      "type-any",
    ]);
  });
});

describe("the import of the definition", () => {
  it.each([
    ["/p/generated", "/p/bindings.ts", ".ts", "../bindings.ts"],
    ["/p/generated", "/p/bindings.ts", ".js", "../bindings.js"],
    ["/p/generated", "/p/src/bindings.mts", ".js", "../src/bindings.mjs"],
    ["/p", "/p/bindings.ts", ".ts", "./bindings.ts"],
    ["/p/generated", "/p/bindings.js", ".ts", "../bindings.js"],
    ["/p/generated", "/q/my.bindings.ts", ".js", "../../q/my.bindings.js"],
  ] as const)("from %s to %s with %s is %s", (outDir, definition, extension, expected) => {
    expect(specifier(outDir, definition, extension)).toBe(expected);
  });
});
