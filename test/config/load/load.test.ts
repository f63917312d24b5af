import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Config } from "../../../src/config/config.ts";
import { loadConfig } from "../../../src/config/load/load.ts";

function project(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "isobind-load-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const minimal = `export default { definition: "./bindings.ts" };\n`;

describe("finding", () => {
  it.each(["ts", "mts", "js", "mjs"])(
    "takes bindings.config.%s, from a folder below too",
    async (extension) => {
      const root = project({
        [`bindings.config.${extension}`]: minimal,
        "package.json": `{"type":"module"}`,
        "src/deep/x.ts": "",
      });
      for (const cwd of [root, join(root, "src", "deep")]) {
        const { config } = await loadConfig({ cwd });
        expect(config?.root).toBe(root);
        expect(config?.contracts[0]?.definition).toBe(join(root, "bindings.ts"));
      }
    },
  );

  it("takes the nearest one", async () => {
    const root = project({ "bindings.config.ts": minimal, "packages/api/bindings.config.ts": minimal });
    expect((await loadConfig({ cwd: join(root, "packages", "api") })).root).toBe(
      join(root, "packages", "api"),
    );
  });

  it("refuses two in one folder, none at all, and one that does not exist", async () => {
    const two = project({ "bindings.config.ts": minimal, "bindings.config.js": minimal });
    for (const input of [{ cwd: two }, { cwd: project({}) }, { cwd: two, config: "other.config.ts" }]) {
      const { config, diagnostics } = await loadConfig(input);
      expect(config).toBeNull();
      expect(diagnostics.map(({ code }) => code)).toEqual(["config-invalid"]);
    }
  });

  it("takes a path relative to the current folder, and an object with the folder as root", async () => {
    const root = project({ "configs/admin.config.ts": minimal });
    expect((await loadConfig({ cwd: root, config: "configs/admin.config.ts" })).root).toBe(
      join(root, "configs"),
    );
    expect((await loadConfig({ cwd: root, config: { definition: "./b.ts" } })).config).toMatchObject({
      file: null,
      root,
    });
  });
});

describe("evaluating", () => {
  it("strips types, follows imports, resolves isobind without an installation, and lists what it read", async () => {
    const root = project({
      "bindings.config.ts": `import { defineConfig } from "isobind";\nimport { out } from "./shared/out.ts";\nexport default defineConfig({ definition: "./b.ts" as string, outDir: out });\n`,
      "shared/out.ts": `import { base } from "../base.ts";\nexport const out: string = base + "/x";\n`,
      "base.ts": `export const base: string = "./made";\n`,
    });
    const { config, diagnostics } = await loadConfig({ cwd: root });
    expect(diagnostics).toEqual([]);
    expect(config?.contracts[0]?.outDir).toBe(join(root, "made", "x"));
    const read = ["bindings.config.ts", "shared/out.ts", "base.ts"].map((name) => join(root, name));
    expect([...(config?.inputs ?? [])].filter((file) => file.startsWith(root)).sort()).toEqual(read.sort());
  });

  it("sees an edit of the config and of what it imports", async () => {
    const root = project({
      "bindings.config.ts": `import { out } from "./out.ts";\nexport default { definition: "./b.ts", outDir: out };\n`,
      "out.ts": `export const out = "./one";\n`,
    });
    const outDir = async () => (await loadConfig({ cwd: root })).config?.contracts[0]?.outDir;
    expect(await outDir()).toBe(join(root, "one"));
    writeFileSync(join(root, "out.ts"), `export const out = "./two";\n`);
    expect(await outDir()).toBe(join(root, "two"));
  });

  it.each([
    ["export default {\n  definition: 'a'\n  outDir: 'b',\n};\n", 3, "ts"],
    ["export default {\n  definition: 'a'\n  outDir: 'b',\n};\n", 3, "mjs"],
    ["const a = 1;\nexport default { definition: missing };\n", 2, "ts"],
    ["enum A { B }\nexport default { definition: A.B };\n", 1, "ts"],
    ["import { nope } from './bindings.config.ts';\nexport default nope;\n", 1, "ts"],
  ])("places what goes wrong: %j", async (text, line, extension) => {
    const root = project({ [`bindings.config.${extension}`]: text });
    const { config, diagnostics, inputs } = await loadConfig({ cwd: root });
    expect(config).toBeNull();
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      code: "config-invalid",
      file: `bindings.config.${extension}`,
      line,
    });
    expect(diagnostics[0]?.message).not.toContain(root);
    expect(inputs.files).toContain(join(root, `bindings.config.${extension}`));
  });

  it("names a missing import, and waits for it", async () => {
    const root = project({ "bindings.config.ts": `import "./shared";\n${minimal}` });
    const { diagnostics, inputs } = await loadConfig({ cwd: root });
    expect(inputs.missing).toEqual([join(root, "shared")]);
    expect(diagnostics[0]?.help).toContain("extension");
    expect(diagnostics[0]?.message).not.toContain(root);
  });

  it("does not announce what Node finds experimental", async () => {
    const warnings: string[] = [];
    const listener = (warning: Error): void => void warnings.push(warning.message);
    process.on("warning", listener);
    await loadConfig({
      cwd: project({ "bindings.config.ts": `export default { definitoin: "./b.ts" as string };` }),
    });
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", listener);
    expect(warnings).toEqual([]);
  });
});

describe("a config that ends too early", () => {
  it("is shown at its end", async () => {
    const root = project({ "bindings.config.ts": 'export default {\n  definition: "./bindings.ts",\n' });
    const [finding] = (await loadConfig({ cwd: root })).diagnostics;
    expect(finding).toMatchObject({ code: "config-invalid", line: 2, column: 31 });
    expect(finding?.message).toContain("it ends too early");
  });
});

describe("validating", () => {
  const messages = async (config: unknown): Promise<string[]> =>
    (await loadConfig({ config: config as Config, cwd: "/" })).diagnostics.map(
      ({ message, help }) => `${message} ${help}`,
    );

  it.each<[unknown, string]>([
    [{ definition: "./b.ts", outdir: "x" }, "`outdir` is not a key of the config. The keys are"],
    [{ definition: "./b.ts", outdir: "x" }, "Did you mean `outDir`?"],
    [{ definition: 3 }, "`definition` must be a path, and is 3."],
    [{}, "`definition` is missing."],
    [
      { definition: "b", limits: { maxDepth: 5 } },
      "`limits.maxDepth` is 5, and may tighten the limit of 4 but not loosen it.",
    ],
    [{ definition: "b", limits: { maxLeaves: 65 } }, "`limits.maxLeaves` is 65"],
    [{ definition: "b", limits: { maxDepth: 0 } }, "whole number from 1 to 4"],
    [{ definition: "b", limits: { maxDepth: Infinity } }, "whole number from 1 to 4"],
    [
      { definition: "b", excessProperties: "ignore" },
      '`excessProperties` must be one of `"refuse"`, `"strip"`, `"allow"`',
    ],
    [{ definition: "b", importExtension: ".mjs" }, "`importExtension` must be one of"],
    [{ definition: "b", engines: "node24" }, '`engines` must be a list, and is "node24".'],
    [{ definition: "b", engines: [] }, "`engines` is an empty list."],
    [
      { definition: "b", engines: ["node24", "node25"] },
      '`engines[1]` must be one of `"node22"`, `"node24"`, `"node26"`, and is "node25".',
    ],
    [{ definition: "b", format: "yes" }, "`format` must be true or false"],
    [{ definition: "b", name: "../evil" }, "`name` must be a name of letters"],
    [{ definition: [] }, "`definition` is an empty list."],
    [{ definition: [{ definition: "a.ts" }] }, "`definition[0].name` is missing."],
    [
      { definition: [{ name: "a", definition: "a.ts", limits: { maxDepth: 9 } }] },
      "`definition[0].limits.maxDepth` is 9",
    ],
    [null, "The config is null, not an object."],
    [[], "The config is a list, not an object."],
    [() => ({}), "The config is a function, not an object."],
  ])("%j", async (config, words) => {
    expect((await messages(config)).join("\n")).toContain(words);
  });

  it("reports all mistakes at once, and a misspelt key once", async () => {
    expect(await messages({ definitoin: "b", outdir: 1, limits: { maxDepth: 9, nope: 1 } })).toHaveLength(4);
  });
});

describe("resolving", () => {
  it("fills in defaults and makes paths absolute", async () => {
    const { config } = await loadConfig({ config: { definition: "./b.ts" }, cwd: "/p" });
    expect(config?.contracts).toEqual([
      {
        name: "bindings",
        definition: "/p/b.ts",
        outDir: "/p/generated",
        tsconfig: null,
        importExtension: "auto",
        limits: { maxDepth: 4, maxLeaves: 64 },
        engine: "node22",
        excessProperties: "refuse",
        format: false,
      },
    ]);
  });

  it("lets several contracts share what is at the top, in folders of their own", async () => {
    const definition = [
      { name: "admin", definition: "./admin.ts" },
      { name: "pro", definition: "./pro.ts", outDir: "./elsewhere", limits: { maxDepth: 2 }, format: false },
    ];
    const { config } = await loadConfig({
      config: { definition, limits: { maxDepth: 3, maxLeaves: 9 }, format: true },
      cwd: "/p",
    });
    expect(config?.contracts).toMatchObject([
      { name: "admin", outDir: "/p/generated/admin", limits: { maxDepth: 3, maxLeaves: 9 }, format: true },
      { name: "pro", outDir: "/p/elsewhere", limits: { maxDepth: 2, maxLeaves: 9 }, format: false },
    ]);
  });

  it("takes the oldest of several engines: what it has, all have", async () => {
    const definition = [
      { name: "old", definition: "./a.ts" },
      { name: "new", definition: "./b.ts", engines: ["node26"] as const },
    ];
    const { config } = await loadConfig({ config: { definition, engines: ["node26", "node24"] }, cwd: "/p" });
    expect(config?.contracts.map(({ engine }) => engine)).toEqual(["node24", "node26"]);
  });

  it("refuses contracts that would overwrite each other", async () => {
    const definition = [
      { name: "a", definition: "./a.ts" },
      { name: "a", definition: "./b.ts", outDir: "./generated/a" },
    ];
    const { diagnostics } = await loadConfig({ config: { definition }, cwd: "/p" });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "Two contracts are called `a`.",
      expect.stringContaining("have the same `outDir`"),
    ]);
  });
});
