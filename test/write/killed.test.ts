/**
 * Whole runs of `isobind generate`, in processes of their own, are killed: at calls of the file system, and at moments of
 * chance. Every file that is left is whole, of the old output or of the new one; if they are of both, `isobind check` calls them
 * stale; and the next run leaves the new output and nothing temporary, in the output or in the cache.
 *
 * A sample of it by default; every call of a run, 200 random kills and 50 rounds with ISOBIND_LONG_TESTS=1.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { program } from "../built.ts";
import { generate } from "../../src/generator/generate.ts";
import { hasDrafts, isDraft } from "../../src/files/draft.ts";
import { fill, project } from "../generator/project.ts";

const isLong = process.env["ISOBIND_LONG_TESTS"] === "1";
const timeout = isLong ? 3_600_000 : 180_000;
const main = program("cli/main");
const preload = fileURLToPath(new URL("./last-call.mjs", import.meta.url));

type Files = Readonly<Record<string, string>>;

/** A profile too: six files in two folders that belong together. */
const definition = (word: string): string =>
  `export interface Bindings {\n  ${word}(name: string): string;\n  /** @profile admin */\n  drop(table: string): Promise<void>;\n}\n`;

const sources = (word: string): Files => ({
  "package.json": `{ "name": "killed", "type": "module" }`,
  "bindings.config.ts": `export default { definition: "./bindings.ts" };\n`,
  "bindings.ts": definition(word),
  "node_modules/.keep": "",
});

interface Run {
  readonly killed: boolean;
  readonly code: number | null;
  readonly err: string;
}

async function run(cwd: string, env: Files = {}, args: readonly string[] = []): Promise<Run> {
  const node = env["LAST_CALL"] === undefined ? [] : ["--import", preload];
  const child = spawn(process.execPath, [...node, main, "generate", ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...env },
  });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  return { killed: signal === "SIGKILL", code, err };
}

/** Name -> text of everything below a folder that is not temporary. */
function outputs(root: string): Files {
  const folder = join(root, "generated");
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !isDraft(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(names.map((name) => [name.slice(folder.length + 1), readFileSync(name, "utf8")]));
}

function temporaries(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(?:^|[\\/])\.isobind-|\.tmp$/.test(name),
  );
}

/** What a definition gives, made where nobody kills. */
async function wanted(word: string): Promise<Files> {
  const root = project(sources(word));
  expect((await generate(undefined, { cwd: root })).ok).toBe(true);
  return outputs(root);
}

const old = await wanted("old");
const next = await wanted("recent");

/** A project that holds the old output, or none, and a definition that asks for the new one. */
async function before(start: "old" | "nothing"): Promise<string> {
  const root = project(sources("old"));
  if (start === "old") await generate(undefined, { cwd: root });
  fill(root, { "bindings.ts": definition("recent") });
  return root;
}

/** Returns whether files of both outputs were left. */
async function expectHealed(root: string, start: "old" | "nothing", when: string): Promise<boolean> {
  const left = outputs(root);
  const is = (one: Files): boolean => JSON.stringify(left) === JSON.stringify(one);
  const before = start === "old" ? old : {};
  for (const [name, text] of Object.entries(left))
    expect([before[name], next[name]], `${name}, left ${when}`).toContain(text);
  for (const name of Object.keys(before)) expect(Object.keys(left), `left ${when}`).toContain(name);
  const { ok, diagnostics } = await generate(undefined, { cwd: root, check: true });
  expect(ok, `check, ${when}`).toBe(is(next));
  for (const { code } of diagnostics) expect(["output-stale", "output-missing"], when).toContain(code);

  const after = await generate(undefined, { cwd: root });
  expect(after.diagnostics, `the next run, ${when}`).toEqual([]);
  expect(outputs(root), `after the next run, ${when}`).toEqual(next);
  expect(temporaries(root), `temporary files after the next run, ${when}`).toEqual([]);
  return !is(before) && !is(next);
}

const changes = /^(?:mkdir|link|writeFile|fsync|rename|rm|rmdir)Sync$/;

/** The calls of one run, by name, and which is the first that changes something. */
async function callsOf(start: "old" | "nothing"): Promise<{ names: readonly string[]; first: number }> {
  // The first run of all leaves compiled code, which the others read: they make other calls.
  await run(await before(start));
  const root = await before(start);
  const log = join(project({}), "calls");
  await run(root, { LAST_CALL: "count 0", LAST_CALL_LOG: log });
  const names = readFileSync(log, "utf8").split("\n");
  const first = names.findIndex((name) => changes.test(name));
  return { names, first };
}

describe.skipIf(process.platform === "win32")("a run that ends at a call of the file system", () => {
  it.each(["old", "nothing"] as const)(
    "over %s leaves whole files, and the next run one whole generation",
    { timeout },
    async (start) => {
      const { names, first } = await callsOf(start);
      expect(first).toBeGreaterThan(0);
      expect(names.length - first).toBeGreaterThan(40);
      const changing = names.flatMap((name, at) => (changes.test(name) ? [at + 1] : []));
      const faults = isLong
        ? [
            // Before its first change a run is the same run over nothing: once is enough.
            ...names.flatMap((_, at) =>
              at >= first || start === "old" ? [{ fault: "before", at: at + 1 }] : [],
            ),
            ...changing.flatMap((at) => ["after", "halfway", "fails"].map((fault) => ({ fault, at }))),
          ]
        : changing
            .filter((_, nth) => nth % 3 === (start === "old" ? 0 : 1))
            .map((at, nth) => ({ fault: ["before", "after", "fails", "halfway"][nth % 4], at }));
      let killed = 0;
      let mixed = 0;
      for (const { fault, at } of faults) {
        const root = await before(start);
        const ended = await run(root, { LAST_CALL: `${fault} ${at}` });
        const when = `${fault} call ${at} of ${names.length}, ${names[at - 1]}`;
        if (ended.killed) killed++;
        else if (fault === "fails") expect(ended.code, when).not.toBe(null);
        if (await expectHealed(root, start, when)) mixed++;
      }
      expect(mixed).toBeGreaterThan(0);
      expect(killed).toBeGreaterThan(faults.length / 4);
    },
  );
});

describe.skipIf(process.platform === "win32")("a run that is killed at a moment of chance", () => {
  const rounds = isLong ? 200 : 8;
  it(`leaves whole files, and the next run one whole generation, ${rounds} times`, { timeout }, async () => {
    const first = await before("old");
    const startedAt = Date.now();
    await run(first);
    const duration = Date.now() - startedAt;
    for (let round = 0; round < rounds; round++) {
      const root = await before("old");
      const child = spawn(process.execPath, [main, "generate"], { cwd: root, stdio: "ignore" });
      const closed = once(child, "close");
      if (round % 2 === 0) await setTimeout(Math.random() * duration);
      else {
        // Into the few milliseconds in which it writes.
        const folder = join(root, "generated");
        while (child.exitCode === null && !hasDrafts(folder)) await setTimeout(1);
        await setTimeout(Math.random() * 8);
      }
      child.kill("SIGKILL");
      await closed;
      await expectHealed(root, "old", `round ${round}`);
    }
  });
});

describe("runs at the same time", () => {
  const rounds = isLong ? 50 : 2;
  it(`never mix two generations, ${rounds} rounds of 8`, { timeout }, async () => {
    const words = Array.from({ length: 8 }, (_, at) => `word${at}`);
    const generations = await Promise.all(words.map(wanted));
    const root = project({
      "package.json": `{ "name": "together", "type": "module" }`,
      "node_modules/.keep": "",
      ...Object.fromEntries(
        words.flatMap((word) => [
          [`${word}.ts`, definition(word)],
          [`${word}.config.ts`, `export default { definition: "./${word}.ts", outDir: "./generated" };\n`],
        ]),
      ),
    });
    // The registries import their definitions, whose names differ here.
    const plain = (files: Files): string => JSON.stringify(files).replaceAll(/\.\.\/(?:\.\.\/)?\w+\.ts/g, "");
    for (let round = 0; round < rounds; round++) {
      const runs = await Promise.all(
        words.map((word) => run(root, {}, ["--force", "--config", `${word}.config.ts`])),
      );
      for (const { code, err } of runs) expect(code, err).toBe(0);
      expect(generations.map(plain)).toContain(plain(outputs(root)));
      expect(temporaries(root)).toEqual([]);
    }
  });
});
