/**
 * A place is the same wherever it is named: by a check, in an editor, in a frame, and when the script runs. Lines and columns count as editors do, letters of UTF-16
 * from 1, without a byte order mark.
 */
import { describe, expect, it } from "vitest";
import { codeFrame } from "../../../src/diagnostics/format/frame.ts";
import { codeMirrorDiagnostics } from "../../../src/editor/index.ts";
import { createSandbox } from "../../../src/runtime/index.ts";
import { createChecker } from "../../../src/scripts/index.ts";
import { sideOf } from "../../diff/sides.ts";

const { declaration } = sideOf("export interface Bindings { greet(name: string): string }");
const checker = createChecker({ declaration });
const registry = { greet: (name: string) => name };

async function ranAt(source: string, filename: string): Promise<string | undefined> {
  await using sandbox = await createSandbox({ isolation: "none", registry });
  const result = await sandbox.run(source, { filename });
  return /script\.[a-z]+:(\d+:\d+)/.exec(result.status === "error" ? (result.error.stack ?? "") : "")?.[1];
}

const call = "SecureExec.bindings.grete('a');";
const calls = {
  "a byte order mark": [`\uFEFF${call}`, "1:21"],
  "a byte order mark and a comment": [`\uFEFF// a\n${call}`, "2:21"],
  CRLF: [`// a\r\n\r\n  ${call}\r\n`, "3:23"],
  "a lone CR": [`// a\r  ${call}`, "2:23"],
  "separators of lines and paragraphs": [`// a\u2028// b\u2029  ${call}`, "3:23"],
  "a separator in a text": [`const a = 'x\u2028y'; console.log(a);\n${call}`, "3:21"],
  "wide letters and unpaired surrogates": [`const 大 = '😀\uD800'; console.log(大); ${call}`, "1:54"],
} as const;

describe.each(["script.ts", "script.js", "script.mts"])("in %s", (filename) => {
  it.each(Object.entries(calls))("a call behind %s", async (_, [source, place]) => {
    const found = checker.check(source, { filename });
    expect(found.map(({ line, column }) => `${line}:${column}`)).toEqual([place]);
    const [marker] = codeMirrorDiagnostics(found, source);
    expect(source.slice(marker?.from, marker?.to)).toBe("grete");
    const [code = "", carets = ""] = codeFrame(source, found[0]!)!.split("\n");
    expect(carets.indexOf("^") - code.indexOf("grete")).toBe(filename && source.includes("大") ? 2 : 0);
    expect(await ranAt(source, filename)).toBe(place);
  });
});

it.each([
  ["a tab", "\tconst a: number = ;", "1:20"],
  ["tabs between words", "const a:\tnumber\t= ;", "1:19"],
  ["wide letters", "const a = '大大'; const größe: string = ;", "1:39"],
  ["a letter that is wrong itself", "\tconst a: number = “b”;", "1:20"],
])("of syntax behind %s", async (_, source, place) => {
  const first = checker.check(source).find(({ code }) => code === "script-syntax");
  expect(`${first?.line}:${first?.column}`).toBe(place);
  expect(await ranAt(source, "script.ts")).toBe(place);
});

it.each([
  ["export default {", "1:17"],
  ["const a: number = 1;\ngreet(", "2:7"],
])("of a text that ends too early: %j", async (source, place) => {
  const first = checker.check(source).find(({ code }) => code === "script-syntax");
  expect(`${first?.line}:${first?.column}`).toBe(place);
  expect(await ranAt(source, "script.ts")).toBe(place);
});

it("a script that imports itself has no module, where there are none; given some, the same text has", () => {
  const source = "import * as self from './script.ts';\nimport { a } from './lib.ts';\nconsole.log(self, a);";
  const places = (modules?: Record<string, string>): unknown[] =>
    checker.check(source, modules && { modules }).map(({ code, line }) => `${code} ${line}`);
  const missing = ["script-module-missing 1", "script-module-missing 2"];
  expect(places()).toEqual(missing);
  expect(places({ "./lib.ts": "export const a = 1;" })).toEqual([]);
  expect(places()).toEqual(missing);
  expect(checker.check("import 'fs';")[0]?.message).toContain("The sandbox has no module `fs`");
});

it("a module that is named with a dot, and has none in its name, is meant without it", async () => {
  const source = "import { a } from './lib.ts';\nconsole.log(a);";
  const modules = { "lib.ts": "export const a = 1;" };
  const [found] = checker.check(source, { modules });
  expect(found?.message).toContain("There is no module `./lib.ts`. Did you mean `lib.ts`?");
  await using sandbox = await createSandbox({ isolation: "none", registry });
  expect(await sandbox.run(source, { filename: "script.ts", modules })).toMatchObject({
    error: { message: 'script.ts:1:19: There is no module "./lib.ts". Did you mean "lib.ts"?' },
  });
});
