/**
 * A run in which nothing has changed knows its outcome without a compiler; any change that could matter is noticed.
 */
import { execFile } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import type { ResolvedConfig, ResolvedContract } from "../../../src/config/resolved.ts";
import { generate, type GenerateOptions, type GenerateResult } from "../../../src/generator/generate.ts";
import { cacheProblem } from "../../../src/generator/cache.ts";
import type { Fingerprint } from "../../../src/generator/manifest/fingerprint.ts";
import { recallOutcome } from "../../../src/generator/manifest/recall.ts";
import { rememberOutcome } from "../../../src/generator/manifest/remember.ts";
import { fill, project, small } from "../project.ts";
import { outputNames } from "../../../src/stages.ts";

const isRecalled = ({ contracts }: GenerateResult): boolean =>
  contracts.every(({ recalled }) => recalled) && contracts.length > 0;
const run = (cwd: string, options: GenerateOptions = {}): Promise<GenerateResult> =>
  generate(undefined, { cwd, ...options });

const execute = promisify(execFile);
const repository = join(import.meta.dirname, "../../..");

let template: string;

beforeAll(async () => {
  template = project(small);
  expect((await run(template)).ok).toBe(true);
});

/** A copy of the generated project: times are kept, so its manifest holds. */
function copy(): string {
  const root = project({});
  cpSync(template, root, { recursive: true, preserveTimestamps: true });
  return root;
}

describe("when nothing has changed", () => {
  it("is recalled, by generate and by check, with the same warnings", async () => {
    const root = copy();
    for (const check of [false, true, false]) {
      const result = await run(root, { check });
      expect(isRecalled(result)).toBe(true);
      expect(result.files.map(({ status }) => status)).toEqual(outputNames.map(() => "unchanged"));
      expect(result.diagnostics.map(({ code }) => code)).toEqual(["type-any"]);
      expect(result.contracts[0]).toMatchObject({
        leaves: 3,
        digest: expect.stringMatching(/^sha256-/) as string,
      });
      expect(result.inputs.files).toContain(join(root, "src", "row.ts"));
    }
  });

  it("never loads a compiler", async () => {
    const root = copy();
    const program = `
      import { registerHooks } from "node:module";
      const loaded = [];
      registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
      const { generate } = await import(${JSON.stringify(new URL("../../../src/generator/index.ts", import.meta.url).href)});
      const result = await generate(undefined, { cwd: ${JSON.stringify(root)} });
      console.log(JSON.stringify({ ok: result.ok, recalled: result.contracts[0].recalled, loaded }));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
    const { ok, recalled, loaded } = JSON.parse(stdout) as {
      ok: boolean;
      recalled: boolean;
      loaded: string[];
    };
    expect({ ok, recalled }).toEqual({ ok: true, recalled: true });
    expect(
      loaded.filter((url) => /ts-morph|typescript|prettier|generator\/(?:read|emit)\//.test(url)),
    ).toEqual([]);
    expect(loaded.length).toBeGreaterThan(10);
  });

  it("holds after a new check-out: other times, other line endings, another place", async () => {
    const root = copy();
    const now = new Date();
    for (const file of ["src/bindings.ts", "src/row.ts", "generated/registry.ts", "bindings.config.ts"]) {
      const text = readFileSync(join(root, file), "utf8");
      writeFileSync(join(root, file), file.startsWith("bindings") ? text : text.replaceAll("\n", "\r\n"));
      utimesSync(join(root, file), now, now);
    }
    const moved = `${root}-moved`;
    renameSync(root, moved);
    const result = await run(moved);
    expect(isRecalled(result)).toBe(true);
    expect(result.inputs.files).toContain(join(moved, "src", "row.ts"));
  });

  it("keeps what it knows in node_modules/.cache, or in a folder that ignores itself", async () => {
    expect(readdirSync(join(template, "node_modules", ".cache", "isobind")).sort()).toEqual([
      "bindings.config.ts.bindings.json",
      "bindings.config.ts.json",
    ]);
    const bare = project({ "bindings.ts": "export interface Bindings { greet(): string }\n" });
    await generate({ definition: "./bindings.ts" }, { cwd: bare });
    expect(readdirSync(join(bare, ".isobind")).sort()).toEqual([".gitignore", "bindings.json"]);
    expect(readFileSync(join(bare, ".isobind", ".gitignore"), "utf8")).toBe("*\n");
    expect(isRecalled(await generate({ definition: "./bindings.ts" }, { cwd: bare }))).toBe(true);
  });
});

describe("a config", () => {
  it("is not evaluated when only its text decides and that has not changed", async () => {
    const root = copy();
    const { phases } = await run(root);
    expect(phases.map(({ name }) => name)).toEqual(["load", "recall"]);
    // Proved by a config that would now evaluate to something else, if anyone did.
    const record = join(root, "node_modules/.cache/isobind/bindings.config.ts.json");
    const text = readFileSync(record, "utf8");
    expect(text).toContain(`"outDir":"generated"`);
    writeFileSync(record, text.replace(`"outDir":"generated"`, `"outDir":"elsewhere"`));
    expect((await run(root)).contracts[0]?.outDir).toBe(join(root, "elsewhere"));
    expect((await run(root, { force: true })).contracts[0]?.outDir).toBe(join(root, "generated"));
  });

  it.each([
    ["the environment", `export default { definition: process.env["NO_SUCH"] ?? "./src/bindings.ts" };`],
    [
      "another file",
      `import fs from "node:fs";\nexport default { definition: fs.existsSync("x") ? "./y.ts" : "./src/bindings.ts" };`,
    ],
    [
      "a package behind a comment",
      `import { at } from /* where it is */ "shop";\nexport default { definition: at ?? "./src/bindings.ts" };`,
    ],
    [
      "a package behind a comment of a line",
      `import { at } from // where it is\n  "shop";\nexport default { definition: at ?? "./src/bindings.ts" };`,
    ],
    [
      "a package that it loads behind a comment",
      `import/**/("shop");\nexport default { definition: "./src/bindings.ts" };`,
    ],
    ["a package", `import "shop";\nexport default { definition: "./src/bindings.ts" };`],
    ["the clock", `export default { definition: Date.now() > 0 ? "./src/bindings.ts" : "" };`],
    ["something it awaits", `export default await Promise.resolve({ definition: "./src/bindings.ts" });`],
  ])("that depends on %s is evaluated each time", async (_, text) => {
    const root = project({
      ...small,
      "bindings.config.ts": text,
      "node_modules/shop/index.js": "exports.at = undefined;",
    });
    expect((await run(root)).ok).toBe(true);
    expect(existsSync(join(root, "node_modules/.cache/isobind/bindings.config.ts.json"))).toBe(false);
    expect(isRecalled(await run(root))).toBe(true);
  });

  it("of which one contract was generated keeps its others", async () => {
    const definition = `[{ name: "a", definition: "./a.ts" }, { name: "b", definition: "./b.ts" }]`;
    const bindings = "export interface Bindings { greet(): string }\n";
    const root = project({
      "bindings.config.ts": `export default { definition: ${definition} };`,
      "a.ts": bindings,
      "b.ts": bindings,
    });
    expect((await run(root, { contract: "a" })).contracts).toHaveLength(1);
    expect((await run(root)).contracts).toHaveLength(2);
    expect((await run(root, { contract: "b" })).contracts.map(({ name }) => name)).toEqual(["b"]);
    expect((await run(root)).contracts).toHaveLength(2);
  });
});

describe("what has changed is noticed:", () => {
  const changes: readonly (readonly [string, (root: string) => void])[] = [
    ["the definition", (root) => appendFileSync(join(root, "src/bindings.ts"), "// more\n")],
    ["a file it imports", (root) => fill(root, { "src/row.ts": "export interface Row { id: string }\n" })],
    [
      "a file it imports, with the same size and time",
      (root) => {
        const file = join(root, "src/row.ts");
        const text = readFileSync(file, "utf8");
        const past = new Date(Date.now() - 500);
        writeFileSync(file, text.replace("id", "ix"));
        utimesSync(file, past, past);
      },
    ],
    ["a file it imports is gone", (root) => rmSync(join(root, "src/row.ts"))],
    [
      "a file appears that would be found first",
      (root) =>
        fill(root, {
          "node_modules/shop/package.json": `{ "name": "shop", "types": "./other.d.ts" }`,
          "node_modules/shop/other.d.ts": "export interface Item { price: string }",
        }),
    ],
    [
      "a package's package.json",
      (root) =>
        fill(root, {
          "node_modules/shop/package.json": `{ "name": "shop", "version": "2.0.0", "types": "./index.d.ts" }`,
        }),
    ],
    [
      "a package's types",
      (root) => fill(root, { "node_modules/shop/index.d.ts": "export interface Item { price: bigint }" }),
    ],
    [
      "the tsconfig",
      (root) =>
        fill(root, {
          "tsconfig.json": `{ "compilerOptions": { "strict": true, "module": "nodenext", "exactOptionalPropertyTypes": true } }`,
        }),
    ],
    [
      "a nearer tsconfig appears",
      (root) => fill(root, { "src/tsconfig.json": `{ "compilerOptions": { "strict": true } }` }),
    ],
    [
      "a file the config imports",
      (root) => fill(root, { "shared.ts": `export const outDir = "./elsewhere";\n` }),
    ],
    [
      "an option",
      (root) =>
        fill(root, {
          "bindings.config.ts": `export default { definition: "./src/bindings.ts", excessProperties: "strip" };\n`,
        }),
    ],
    [
      "an output was edited",
      (root) => appendFileSync(join(root, "generated/registry.ts"), "export const more = 1;\n"),
    ],
    ["an output is gone", (root) => rmSync(join(root, "generated/contract.json"))],
    [
      "the manifest is damaged",
      (root) => fill(root, { "node_modules/.cache/isobind/bindings.config.ts.bindings.json": "{" }),
    ],
    [
      "the manifest is of another version",
      (root) => {
        const file = join(root, "node_modules/.cache/isobind/bindings.config.ts.bindings.json");
        const manifest = JSON.parse(readFileSync(file, "utf8")) as object;
        writeFileSync(file, JSON.stringify({ ...manifest, generator: "0.0.0" }));
      },
    ],
  ];

  it.each(changes)("%s", async (_, change) => {
    const root = copy();
    expect(isRecalled(await run(root))).toBe(true);
    change(root);
    expect(isRecalled(await run(root))).toBe(false);
  });

  it("nothing is recalled by force", async () => {
    expect(isRecalled(await run(copy(), { force: true }))).toBe(false);
  });
});

describe("what is not remembered", () => {
  it("is a run with an error, and a check that found stale output", async () => {
    const root = copy();
    fill(root, { "src/row.ts": "export interface Row { id: () => void }\n" });
    expect((await run(root)).ok).toBe(false);
    expect((await run(root)).ok).toBe(false);
    fill(root, { "src/row.ts": "export interface Row { id: string }\n" });
    for (let turn = 0; turn < 2; turn++) {
      const stale = await run(root, { check: true });
      expect(stale.diagnostics.map(({ code }) => code)).toContain("output-stale");
    }
    expect((await run(root)).files.map(({ status }) => status)).toContain("written");
    expect(isRecalled(await run(root, { check: true }))).toBe(true);
  });
});

it("what a killed run left is cleared away, also by a run that writes nothing", async () => {
  const root = copy();
  fill(root, { "generated/.isobind-abc-registry.ts.tmp": "x" });
  expect(isRecalled(await run(root, { check: true }))).toBe(true);
  expect(isRecalled(await run(root))).toBe(true);
  expect(readdirSync(join(root, "generated"))).toHaveLength(outputNames.length);

  // And by one whose definition is broken.
  fill(root, {
    "generated/.isobind-abc-registry.ts.tmp": "x",
    "src/bindings.ts": "export interface Bindings {",
  });
  expect((await run(root)).ok).toBe(false);
  expect(readdirSync(join(root, "generated"))).toHaveLength(outputNames.length);
});

it("a file written twice within one tick of the clock is read", async () => {
  const root = project(small);
  const file = join(root, "src/row.ts");
  const tick = new Date(Math.floor(Date.now()) - 200);
  utimesSync(file, tick, tick);
  await run(root);
  expect(isRecalled(await run(root))).toBe(true);
  writeFileSync(file, readFileSync(file, "utf8").replace("id", "ix"));
  utimesSync(file, tick, tick);
  expect(isRecalled(await run(root))).toBe(false);
});

it("a file that changes while a run reads is not remembered", async () => {
  const root = project(small);
  const onPhase = (name: string): void => {
    if (name === "check") writeFileSync(join(root, "src/row.ts"), "export interface Row { id: bigint }\n");
  };
  expect((await run(root, { onPhase })).ok).toBe(true);
  const next = await run(root);
  expect(isRecalled(next)).toBe(false);
  expect(next.files.map(({ status }) => status)).toContain("written");
});

/** A config of one contract, for the manifest alone. */
function bare(root: string): { config: ResolvedConfig; contract: ResolvedContract } {
  const contract: ResolvedContract = {
    name: "x",
    definition: root,
    outDir: root,
    tsconfig: null,
    importExtension: "auto",
    limits: { maxDepth: 4, maxLeaves: 64 },
    engine: "node22",
    excessProperties: "refuse",
    format: false,
  };
  return { config: { file: null, root, inputs: [], contracts: [] }, contract };
}

it("files that were read to be recognized are recognized by their times after that, and no others", async () => {
  const root = copy();
  const row = join(root, "src/row.ts");
  const record = join(root, "node_modules/.cache/isobind/bindings.config.ts.bindings.json");
  const known = (): Fingerprint | undefined =>
    (JSON.parse(readFileSync(record, "utf8")) as { files: Record<string, Fingerprint> }).files["src/row.ts"];
  const before = readFileSync(record, "utf8");
  expect(isRecalled(await run(root))).toBe(true);
  const hour = 1_700_000_000;
  utimesSync(row, hour, hour);
  expect(isRecalled(await run(root))).toBe(true);
  expect(known()).toEqual({ ...known(), mtimeMs: hour * 1_000 });
  const after = readFileSync(record, "utf8");
  expect(after).not.toBe(before);
  // Nothing had to be read, so nothing is written.
  expect(isRecalled(await run(root))).toBe(true);
  expect(readFileSync(record, "utf8")).toBe(after);
  // A time of the future proves nothing at any time.
  const future = Date.now() / 1_000 + 3_600;
  utimesSync(row, future, future);
  expect(isRecalled(await run(root))).toBe(true);
  expect(readFileSync(record, "utf8")).toBe(after);
  appendFileSync(row, "export type Other = 1;\n");
  utimesSync(row, hour, hour);
  expect(isRecalled(await run(root))).toBe(false);
});

it("the package.json of a package is an input even where only its types were read", () => {
  const root = copy();
  const { config, contract } = bare(root);
  const inputs = { files: [join(root, "node_modules/shop/index.d.ts")], missing: [] };
  const file = join(root, "generated/registry.ts");
  const outputs = new Map([[file, readFileSync(file, "utf8")]]);
  const trace = { inputs, outputs, startedAt: Date.now() + 1_000 };
  rememberOutcome({ digest: "", leaves: 0, warnings: [] }, trace, contract, config);
  expect(recallOutcome(contract, config)).not.toBeNull();
  fill(root, { "node_modules/shop/package.json": "{}" });
  expect(recallOutcome(contract, config)).toBeNull();
});

it("an output that another run has replaced since is not remembered", () => {
  const root = copy();
  const { config, contract } = bare(root);
  const file = join(root, "generated/registry.ts");
  const remember = (text: string): void => {
    const trace = {
      inputs: { files: [], missing: [] },
      outputs: new Map([[file, text]]),
      startedAt: Date.now() + 1_000,
    };
    rememberOutcome({ digest: "", leaves: 0, warnings: [] }, trace, contract, config);
  };
  remember("of another run");
  expect(recallOutcome(contract, config)).toBeNull();
  remember(readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
  expect(recallOutcome(contract, config)).not.toBeNull();
});

it("two runs at once are both right, and the next one recalls", async () => {
  const root = project(small);
  const results = await Promise.all([run(root), run(root), run(root, { check: true })]);
  expect(results[0]?.ok && results[1]?.ok).toBe(true);
  expect(isRecalled(await run(root))).toBe(true);
  expect(readdirSync(join(root, "generated"))).toHaveLength(outputNames.length);
});

describe("the cache", () => {
  it.each(["src", "dist", "src/dist", "dist/src/package"])(
    "is kept by a package that lies in a folder called %s",
    async (name) => {
      const package_ = join(project({}), name);
      cpSync(join(repository, "dist"), join(package_, "dist"), { recursive: true });
      cpSync(join(repository, "package.json"), join(package_, "package.json"));
      symlinkSync(join(repository, "node_modules"), join(package_, "node_modules"));
      const root = copy();
      rmSync(join(root, "node_modules/.cache"), { recursive: true, force: true });
      const main = join(package_, "dist/cli/main.js");
      const run = () => execute(process.execPath, [main, "generate", "--verbose"], { cwd: root });
      expect((await run()).stderr).toMatch(/^ {2}read /mu);
      expect((await run()).stderr).not.toMatch(/^ {2}read /mu);
    },
  );

  it("that cannot be written is no error, and says so to those who ask", async () => {
    const root = copy();
    const folder = join(root, existsSync(join(root, "node_modules")) ? "node_modules/.cache" : ".isobind");
    expect(cacheProblem(root)).toBe(null);
    expect((await run(root, { force: true })).cacheProblem).toBe(null);
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(folder, "no folder");
    const result = await run(root, { force: true });
    expect(result.ok).toBe(true);
    expect(result.cacheProblem).toMatch(/EEXIST|ENOTDIR/u);
    expect(cacheProblem(root)).toContain(folder);
  });
});
