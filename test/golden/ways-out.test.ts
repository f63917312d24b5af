/**
 * The way out that a finding names is one: each fixture of `fixtures/invalid`, mended in the words of its `help` lines,
 * has no finding left. What remains where a finding may stay as it is says so.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Code } from "../../src/diagnostics/catalogue.ts";
import { inScratch, run } from "./case.ts";

interface WayOut {
  /** What is written instead of what, as the help says it. */
  readonly edits?: readonly (readonly [before: string, after: string])[];
  /** The file that is edited. */
  readonly file?: string;
  /** Files that are written, or removed where there is no text. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly remains?: readonly Code[];
}

const greet = "export interface Bindings { greet(name: string): string }\n";

const waysOut: Readonly<Record<string, WayOut>> = {
  "binding-name-collision": { edits: [["ﬁnd(", "findOne("]] },
  "binding-name-invalid": {
    edits: [
      ['"get-user"', "getUser"],
      ['"2fa"', "n2fa"],
      ['"gro\\u0308\\u00dfe2"', "größe2"],
      ["th\\u200den", "next"],
    ],
  },
  "binding-name-keyword": { edits: [["delete(", "remove2("]] },
  "binding-name-reserved": {
    edits: [
      ["then:", "next:"],
      ["toJSON(", "asJson("],
      ["constructor:", "create:"],
      ["_internal(", "internal("],
      ["ｔoString(", "format("],
    ],
  },
  "compiler-fallback": {
    file: "bindings.config.ts",
    edits: [['"native"', '"bundled"']],
    remains: ["leaf-generic"],
  },
  "config-invalid": {
    file: "bindings.config.ts",
    edits: [
      ["outdir", "outDir"],
      ["maxDepth: 5", "maxDepth: 4"],
      ['"many"', "64"],
      ['"refuze"', '"refuse"'],
    ],
    files: { "bindings.ts": greet },
  },
  "config-invalid-clash": {
    file: "bindings.config.ts",
    edits: [
      [
        '{ name: "admin", definition: "./pro.ts", outDir: "./generated/admin" }',
        '{ name: "pro", definition: "./pro.ts", outDir: "./generated/pro" }',
      ],
    ],
    files: { "admin.ts": greet, "pro.ts": greet },
  },
  "config-invalid-profiles": {
    file: "bindings.config.ts",
    edits: [['["admin", "Pro", "admin", 7]', '["admin", "pro"]']],
  },
  "config-invalid-syntax": {
    file: "bindings.config.ts",
    edits: [['"./bindings.ts"', '"./bindings.ts",']],
    files: { "bindings.ts": greet },
  },
  "definition-missing": {
    file: "bindings.config.ts",
    edits: [["bindngs", "bindings"]],
    files: { "bindings.ts": greet },
  },
  "definition-missing-exports": { edits: [["interface Api", "interface Bindings"]] },
  "definition-syntax": { edits: [["string: string;", "string): string;"]] },
  "example-broken": {
    edits: [
      ["gret(name)", "SecureExec.bindings.greet(name)"],
      ['= greet("Ada")', '= SecureExec.bindings.greet("Ada")'],
      ['   * throw new RangeError(text.slice(0, 0) + "mine");\n', ""],
    ],
  },
  "globals-invalid": { edits: [["console:", "logger:"]] },
  "globals-invalid-web": { edits: [["URL:", "home:"]] },
  "leaf-generic": {
    edits: [["read<T>(key: string): Promise<T>", "read(key: string): Promise<unknown>"]],
    remains: ["leaf-generic"],
  },
  "leaf-not-function": {
    edits: [
      ["version: string", "version(): string"],
      ["rows: number[]", "rows(): number[]"],
    ],
  },
  "leaf-not-function-this": { edits: [["this: Connection, ", ""]] },
  "leaf-optional": {
    edits: [
      ["sms?(", "sms("],
      ["((to: string) => void) | undefined", "(to: string) => void"],
    ],
  },
  "output-foreign": { files: { "generated/registry.ts": null } },
  "output-missing": {},
  "output-stale": {},
  "output-unwritable": { files: { generated: null } },
  "policy-invalid": {
    edits: [
      ["5 parsecs", "500ms"],
      ["   * @maxCalls 20\n", ""],
      ["@timeuot", "@timeout"],
      ["/** @timeout 5s */\n  db: { query", "db: { /** @timeout 5s */ query"],
    ],
  },
  "policy-invalid-profile": {
    edits: [
      ["@profile */", "@profile admin, pro */"],
      ["Admin, pro", "admin, pro"],
      ["admin pro", "admin, pro"],
      ["@profile admin, */", "@profile admin, pro */"],
      ["@profiles", "@profile"],
      ["@porfile", "@profile"],
    ],
  },
  "policy-invalid-profile-listed": {
    edits: [
      ["por ", "pro "],
      ["tester", "admin"],
    ],
  },
  "policy-invalid-profile-nobody": { edits: [["@profile free */", "@profile pro */"]] },
  "script-contract-invalid": {
    edits: [
      ["reslut", "result"],
      ["  default: { input: string };\n", ""],
      ['"two words"', "twoWords"],
      ["later?", "later"],
      ["{ allow: boolean }", "{ input: { allow: boolean } }"],
    ],
  },
  "tree-not-static": {
    edits: [
      [
        "Record<string, (value: string) => void>",
        "{ first(value: string): void; second(value: string): void }",
      ],
    ],
  },
  "tree-not-static-computed": {
    edits: [
      ['[prefix + "Query"]', "runQuery"],
      ["{ ...plugins }", "{ first: () => undefined }"],
    ],
  },
  "tree-too-deep": { edits: [["e: { f(): void; g(): void }", "f(): void; g(): void"]] },
  "tree-too-deep-tightened": { edits: [["a: { b: { c(): void } }", "a: { c(): void }"]] },
  "type-any": {
    edits: [
      ["any[]", "unknown[]"],
      ["<any>", "<{ id: string }[]>"],
    ],
  },
  "type-lossy": { edits: [["): Money", "): { cents: number }"]] },
  "type-not-clonable": {
    edits: [
      [", onProgress: (done: number) => void): Promise<void>", "): Promise<{ done: number }>"],
      ["render: () => string", "rendered: string"],
      ["user: Promise<string>", "user: string"],
      ["value: symbol", "value: string"],
    ],
  },
  "type-not-clonable-global": {
    edits: [
      ["now(): number", "now: number"],
      ["(value: number) => boolean", "number"],
    ],
  },
  "type-not-clonable-rest-in-front": {
    edits: [
      ["...args: [...names: string[], isLast: boolean]", "...args: [isLast: boolean, ...names: string[]]"],
    ],
  },
  "type-too-large": { edits: [["value: Huge", 'value: Pick<Huge, "part0">']] },
  "type-too-large-filter": { edits: [["filter: Filter<Pet>", 'filter: Pick<Filter<Pet>, "name">']] },
  "type-too-large-growing": {
    edits: [["T extends unknown ? { value: T; next: Grow<[T]> } : never", "{ value: T; next: string }"]],
  },
  "type-unresolved": {
    edits: [
      ["custmer", "customer"],
      ["Missing", "Customer"],
    ],
    files: { "customer.ts": "export interface Customer { id: string }\n" },
  },
};

describe.each(Object.entries(waysOut))(
  "%s",
  (name, { file = "bindings.ts", edits = [], files = {}, remains = [] }) => {
    it("has no finding left when it is mended as its help says", async () => {
      await inScratch("invalid", name, async (folder) => {
        for (const [path, text] of Object.entries(files)) {
          rmSync(join(folder, path), { recursive: true, force: true });
          if (text !== null) writeFileSync(join(folder, path), text);
        }
        for (const [before, after] of edits) {
          const text = readFileSync(join(folder, file), "utf8");
          expect(text).toContain(before);
          writeFileSync(
            join(folder, file),
            text.replace(before, () => after),
          );
        }
        const { diagnostics } = await run(folder);
        expect(diagnostics.map(({ code }) => code)).toEqual(remains);
      });
    });
  },
);
