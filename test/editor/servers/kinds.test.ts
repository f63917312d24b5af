/**
 * Scripts of several kinds in real language servers: which `input` a script has follows from its folder, because a server takes the
 * nearest `tsconfig.json`, or from its name, where that file only refers to one for each kind.
 */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate } from "../../../src/generator/generate.ts";
import { startLsp } from "./lsp.ts";
import type { LanguageServer } from "./server.ts";
import { startTsserver } from "./tsserver.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "isobind-kinds-")));

const write = (name: string, value: string | object): void => {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), typeof value === "string" ? value : JSON.stringify(value));
};

const sample = (name: string): string =>
  readFileSync(new URL(`../../../docs/samples/${name}`, import.meta.url), "utf8");

/** The same property in two kinds, of different types: no one type of `input` would fit both. */
const definition = `export interface Bindings { greet(name: string): string }
export interface Script { input: { month: number; mark: number } }
export interface Scripts {
  rule: { input: { cents: number; mark: string }; result: boolean };
  task: { result: number };
}
`;

/** A default script and a rule, in folders and by names. Of two that differ in `.ts` and `.js` alone a pattern takes one. */
const scripts = {
  ts: [
    ["folders/month.ts", "folders/rules/limit.ts"],
    ["names/month.ts", "names/limit.rule.ts"],
  ],
  js: [
    ["folders/plain.js", "folders/rules/plain.js"],
    ["names/plain.js", "names/plain-limit.rule.js"],
  ],
} as const;

beforeAll(async () => {
  write("package.json", { type: "module" });
  write("bindings.ts", definition);
  // As docs/scripts.md says: a folder for each kind.
  const kind = (name: string): string => `generated/tsconfig.scripts.${name}.json`;
  write("folders/tsconfig.json", sample("tsconfig-around.json"));
  write("folders/rules/tsconfig.json", sample("tsconfig-rules.json"));
  // Or by name, in one folder.
  write("names/tsconfig.json", {
    files: [],
    references: [{ path: "./tsconfig.rule.json" }, { path: "./tsconfig.default.json" }],
  });
  write("names/tsconfig.rule.json", { extends: `../${kind("rule")}`, include: ["**/*.rule.*"] });
  write("names/tsconfig.default.json", {
    extends: `../${kind("default")}`,
    include: ["."],
    exclude: ["**/*.rule.*"],
  });
  for (const file of Object.values(scripts).flat(2)) write(file, "");
  const config = { definition: "./bindings.ts", outDir: "./generated" };
  expect(await generate(config, { cwd: root })).toMatchObject({ ok: true, diagnostics: [] });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const servers: readonly (readonly [string, () => Promise<LanguageServer>])[] = [
  ["TypeScript 5.9", () => startTsserver("5.9")],
  ["TypeScript 6.0", () => startTsserver("6.0")],
  ["TypeScript 7.0", () => startLsp(root)],
];

describe.each(servers)("%s", (_, start) => {
  let server: LanguageServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());

  const complete = async (name: string): Promise<readonly string[]> => {
    const file = join(root, name);
    await server.type(file, "input.");
    return [...(await server.complete({ file, offset: "input.".length }))].sort();
  };
  const underlined = async (name: string, text: string): Promise<readonly string[]> => {
    const file = join(root, name);
    await server.type(file, text);
    return (await server.underlined(file)).map((one) => one.text);
  };

  it.each([...scripts.ts, ...scripts.js])("%s and %s have each its own input", async (month, limit) => {
    expect(await complete(month)).toEqual(["mark", "month"]);
    expect(await complete(limit)).toEqual(["cents", "mark"]);
    const text = "input.month.toFixed();\ninput.cents.toFixed();\ninput.mark.toFixed();";
    expect(await underlined(month, text)).toEqual(["cents"]);
    expect(await underlined(limit, text)).toEqual(["month", "toFixed"]);
    // The line `// @script` says nothing to a server.
    expect(await underlined(month, `// @script rule\n${text}`)).toEqual(["cents"]);
  });
});
