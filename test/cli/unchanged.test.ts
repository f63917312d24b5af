/** A run that finds nothing to do is told without loading a command, in the words of one; anything else is left to the command. */
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bare } from "../../src/cli/bare.ts";
import type { Io } from "../../src/cli/io.ts";
import { unchangedText } from "../../src/cli/unchanged.ts";
import { draftIn } from "../../src/files/draft.ts";
import { definition, files, type Project, project } from "./project.ts";
import { isobind } from "./testing-io.ts";

const ioIn = (cwd: string, env: Io["env"] = {}): Io =>
  ({ cwd, env, stdout: { write: () => true } }) as Partial<Io> as Io;

const said = (cwd: string, argv = ["generate"], env: Io["env"] = {}): string | null =>
  unchangedText(argv, ioIn(cwd, env));

/** A config of two contracts, `one` and `two`, with these folders. */
const both = (one: string, two: string): string => `export default {
  definition: [
    { name: "one", definition: "./bindings.ts", outDir: "./${one}" },
    { name: "two", definition: "./bindings.ts", outDir: "./${two}" },
  ],
};\n`;

async function generated(more: Readonly<Record<string, string>> = {}): Promise<Project> {
  const all = { ...files, ...more };
  const made = project(all);
  // What is written in the moment in which a run begins is not remembered.
  for (const name of Object.keys(all)) utimesSync(made.path(name), new Date(1e12), new Date(1e12));
  expect((await isobind(["generate"], { cwd: made.root })).code).toBe(0);
  return made;
}

describe("a run that finds nothing to do", () => {
  it.each(Object.keys(bare))("says what `%s` says, from any folder of the project", async (typed) => {
    const { root, path } = await generated();
    mkdirSync(path("src/deep"), { recursive: true });
    for (const cwd of [root, path("src/deep")]) {
      const text = said(cwd, typed.split(" "));
      expect(text).toBe(`unchanged  5 files in ${cwd === root ? "generated" : "../../generated"}\n`);
      expect(await isobind(typed.split(" "), { cwd })).toEqual({ code: 0, stdout: text, stderr: "" });
    }
  });

  it("is told of several contracts, and where only times have changed", async () => {
    const { root, path } = await generated({
      "bindings.config.ts": both("one", "two"),
    });
    const now = new Date();
    utimesSync(path("bindings.ts"), now, now);
    expect(said(root)).toBe("unchanged  10 files in 2 folders\n");
  });

  it("clears away the drafts of killed runs, where a command does", async () => {
    const { root, path } = await generated();
    const left = (folder: string): string => draftIn(path(folder)).replace(String(process.pid), "999999999");
    const drafts = [left("generated"), left("node_modules/.cache/isobind")] as const;
    for (const file of drafts) writeFileSync(file, "half of a te");
    const there = (): readonly boolean[] => drafts.map((file) => exists(file));
    expect(said(root, ["check"])).not.toBeNull();
    expect(there()).toEqual([true, false]);
    expect(said(root)).not.toBeNull();
    expect(there()).toEqual([false, false]);
  });

  it("is told in the colours of a terminal", async () => {
    const { root } = await generated();
    const env = { FORCE_COLOR: "1" };
    const { stdout } = await isobind(["generate"], { cwd: root, env });
    expect(stdout).toContain("\u001b[2m");
    expect(said(root, ["generate"], env)).toBe(stdout);
  });

  it.each(["constructor", "toString", "__proto__", "generate --check", "generate "])(
    "is none of the word `%s`, which no command has",
    async (word) => {
      const { root } = await generated();
      expect(said(root, [word])).toBeNull();
      expect(await isobind([word], { cwd: root })).toMatchObject({
        code: 2,
        stdout: "",
        stderr: expect.stringContaining(`there is no command \`${word}\``) as string,
      });
    },
  );

  it("is none where options are given", async () => {
    const { root } = await generated();
    expect(said(root)).not.toBeNull();
    expect(said(root, ["generate", "--format", "json"])).toBeNull();
    expect(said(root, ["check", "--verbose"])).toBeNull();
  });

  const profile = `// @profile old\n// @contract sha256-${"0".repeat(64)}\n`;
  const changes: Readonly<Record<string, (made: Project) => void>> = {
    "an input is another": ({ write }) => write("bindings.ts", definition.replace("add:", "sum:")),
    "an input is gone": ({ path }) => rmSync(path("bindings.ts")),
    "the config is another": ({ write }) => write("bindings.config.ts", "export default 1;\n"),
    "there are two configs": ({ write }) => write("bindings.config.js", "export default 1;\n"),
    "output is another": ({ path }) => writeFileSync(path("generated/registry.ts"), "// @contract sha256-\n"),
    "output is gone": ({ path }) => rmSync(path("generated/contract.json")),
    "a profile that is no more has files": ({ write }) => write("generated/old/secure-exec.d.ts", profile),
    "nothing is remembered": ({ path }) => rmSync(path("node_modules/.cache"), { recursive: true }),
    "another build remembers it": ({ path }) => {
      const file = path("node_modules/.cache/isobind/bindings.config.ts.bindings.json");
      writeFileSync(file, readFileSync(file, "utf8").replace('"generator":"', '"generator":"of another '));
    },
    "what is remembered cannot be read": ({ path }) => {
      const file = path("node_modules/.cache/isobind/bindings.config.ts.bindings.json");
      writeFileSync(file, '{ "files": {');
    },
  };

  it.each(Object.keys(changes))("is none where %s", async (name) => {
    const made = await generated();
    expect(said(made.root)).not.toBeNull();
    changes[name]?.(made);
    expect(said(made.root)).toBeNull();
  });

  const remembered = "node_modules/.cache/isobind/bindings.config.ts";
  const damages: readonly (readonly [string, string])[] = [
    ...[
      ...['"outputs":null', '"outputs":"abc"', '"outputs":[1]', '"outputs":[]'],
      ...['"missing":null', '"missing":[{}]', '"warnings":null', '"warnings":[null]'],
      ...['"leaves":null', '"digest":null', '"options":null'],
    ].map((part) => [`${remembered}.bindings.json`, part] as const),
    ...['"contracts":null', '"contracts":[null]', '"contracts":[]', '"contracts":[{"name":"bindings"}]'].map(
      (part) => [`${remembered}.json`, part] as const,
    ),
    ...[".bindings.json", ".json"].flatMap((end) =>
      ['"files":null', '"files":[]', '"files":{"bindings.ts":null}', '"recordedAt":null'].map(
        (part) => [remembered + end, part] as const,
      ),
    ),
  ];

  it("is none where a part of what is remembered is another, and a command does the work", async () => {
    const { root, path } = await generated();
    for (const [file, part] of damages) {
      const whole = readFileSync(path(file), "utf8");
      const record = JSON.parse(whole) as object;
      writeFileSync(path(file), JSON.stringify({ ...record, ...(JSON.parse(`{${part}}`) as object) }));
      expect(said(root), `${file} ${part}`).toBeNull();
      expect(await isobind(["check"], { cwd: root }), `${file} ${part}`).toMatchObject({
        code: 0,
        stderr: "",
      });
      writeFileSync(path(file), whole);
    }
    expect(said(root)).not.toBeNull();
  });

  it("is none where there are warnings, which a command reports", async () => {
    const { root } = await generated({ "bindings.ts": definition.replace("name: string", "name: any") });
    expect(said(root)).toBeNull();
    expect((await isobind(["generate"], { cwd: root })).stdout).toContain("warning type-any");
  });

  it("is none where a profile has got the folder of another contract", async () => {
    const { root, write, path } = await generated({
      "bindings.ts": "export interface Bindings { greet(): void }\n",
      "bindings.config.ts": both("generated", "generated/pro"),
    });
    write("bindings.ts", "export interface Bindings {\n  /** @profile pro */\n  greet(): void;\n}\n");
    utimesSync(path("bindings.ts"), new Date(1e12), new Date(1e12));
    for (const name of ["one", "two"])
      expect(await isobind(["generate", "--contract", name], { cwd: root })).toMatchObject({ code: 0 });
    expect(said(root)).toBeNull();
    expect((await isobind(["generate"], { cwd: root })).code).not.toBe(0);
  });

  it("is none where nothing can be told, which a command explains", () => {
    expect(said("/no/such/folder")).toBeNull();
    const { root } = project({ "bindings.config.ts/file": "" });
    expect(said(root)).toBeNull();
  });
});

function exists(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}
