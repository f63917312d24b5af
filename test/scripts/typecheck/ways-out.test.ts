/**
 * The way out that a finding about a script names is one: each fixture of `fixtures/scripts`, mended in the words of its `help`
 * lines, has no finding left.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { createScriptChecker } from "../../../src/scripts/typecheck/check-scripts.ts";
import { typecheckScripts } from "../../../src/scripts/typecheck/typecheck.ts";
import { sideOfFile } from "../../diff/sides.ts";

const root = join(import.meta.dirname, "../../../fixtures/scripts");

/** Folder -> what is written instead of what. */
const waysOut: Readonly<Record<string, readonly (readonly [before: string, after: string])[]>> = {
  "argument-wrong": [
    ["db.query(1)", 'db.query("select 1")'],
    ["[true]", "[1]"],
    ['tag: ["x"]', 'tags: ["x"]'],
    [", tags: undefined", ""],
    [', state: "x"', ""],
    ["db.count()", 'db.count("users")'],
  ],
  "assigns-globals": [["Tools.one = {};", "const Tools = { one: {} }; export { Tools };"]],
  "bigint-mixed": [
    ["cents * 2", "cents * 2n"],
    ["1.5 - cents", "1.5 - Number(cents)"],
  ],
  "binding-misspelt": [
    ["grete }", "greet }"],
    ["qurey", "query"],
    ['db.remove("1")', 'db.find("1")'],
    ["bindigns", "bindings"],
    ["total, grete]", 'total, greet("a")]'],
  ],
  "error-by-class": [
    ["error instanceof SecureExec.NotFoundError", 'error instanceof Error && error.name === "NotFoundError"'],
    ["error instanceof NotFoundError", 'error instanceof Error && error.name === "NotFoundError"'],
    ["error instanceof Made.Up || error instanceof MadeUp", "error instanceof TypeError"],
    ["console.log(error.id)", "console.log(error instanceof Error)"],
  ],
  "export-not-clonable": [
    ["export default async function main", "async function main"],
    ["export const report", "export default await main();\n\nexport const report"],
    ['rows: db.query("select 1")', 'rows: await db.query("select 1")'],
    ["ids.map((id) => db.find(id))", "await Promise.all(ids.map((id) => db.find(id)))"],
    ["export function helper", "function helper"],
    ["export class Report", "class Report"],
    ['Symbol("mark");', 'Symbol("mark").description;'],
    ['() => greet("a")', 'greet("a")'],
    ["new WeakSet<object>()", "new Set<object>()"],
    ['["a", () => 1]', '["a", 1]'],
  ],
  "frozen-tree": [
    ['SecureExec.bindings.greet = () => "mine";', 'const greet = () => "mine";'],
    ["SecureExec.bindings = {};", "const bindings = {};"],
    ['SecureExec.bindings.db.query.name = "x";', 'const name = "x";'],
    ["delete SecureExec.bindings.db;", "export default [greet(), bindings, name];"],
  ],
  "input-changed": [
    ["input.month -= 1;", "const copy = structuredClone(input); copy.month -= 1;"],
    ["delete (input as { month?: number }).month;", "delete (copy as { month?: number }).month;"],
    ["given = input;", "given = structuredClone(input);"],
  ],
  "kind-unknown": [
    ["turnovr", "allow"],
    ["default input", "default input.cents > 1"],
  ],
  "needs-code": [
    ["enum Color {\n  Red,\n}", "const Color = { Red: 0, Green: 1 } as const;"],
    ["namespace Tools {\n  export const one = 1;\n}", "const Tools = { one: () => 1 };"],
    [
      "constructor(readonly x: number) {}",
      "readonly x: number;\n  constructor(x: number) {\n    this.x = x;\n  }",
    ],
    ['<string>"a"', '"a" as string'],
    ["import tools = Tools.one;\n", ""],
    ["Tools.one, new Point(1), text, tools", "Tools.one(), new Point(1), text"],
  ],
  "promise-not-awaited": [
    ['db.query("select 1");', 'await db.query("select 1");'],
    ['insert(new Uint8Array(1), { name: "a" });', 'await insert(new Uint8Array(1), { name: "a" });'],
    ['cache.get("maybe") && cache.get("a");', '(await cache.get("maybe")) && (await cache.get("a"));'],
    ['= db.find("1")', '= await db.find("1")'],
    ['{db.find("2")', '{await db.find("2")'],
    ['+ db.query("select 2")', '+ (await db.query("select 2"))'],
    [
      '["1", "2"].forEach(async (id) => {\n  console.log(await db.find(id));\n});',
      'for (const id of ["1", "2"]) {\n  console.log(await db.find(id));\n}',
    ],
    ['["1", "2"].map((id) => db.find(id));', 'await Promise.all(["1", "2"].map((id) => db.find(id)));'],
    ['(db.find("3"))', '(await db.find("3"))'],
    ['...db.find("4")', '...(await db.find("4"))'],
    ["\nmain();", "\nawait main();"],
    ['late = db.find("6")', 'late = await db.find("6")'],
    ["default db.find", "default await db.find"],
  ],
  "promise-property": [
    ['if (db.find("7"))', 'if (await db.find("7"))'],
    ["+ rows.length", "+ (await rows).length"],
  ],
  "reference-lib": [
    ['/// <reference lib="dom" />\n', ""],
    ['/// <reference types="node" />\n', ""],
    ['document.title = "x";', 'export default SecureExec.bindings.greet("x");'],
  ],
  "result-missing": [["export const allowed =", "export default"]],
  "result-function": [["() => input.cents", "input.cents"]],
  "result-promise": [["default load()", "default await load()"]],
  "syntax-error": [['"select 1";', '"select 1");']],
  "syntax-of-functions": [
    ["function load", "async function load"],
    ["return load()", "export default await load()"],
  ],
  "tree-by-name": [
    [
      'await db.find("7");\nawait SecureExec.db',
      'await SecureExec.bindings.db.find("7");\nawait SecureExec.bindings.db',
    ],
    ["await bindings.db", "await SecureExec.bindings.db"],
    ['await find("7")', 'await SecureExec.bindings.db.find("7")'],
    ["= SecureExec;", "= SecureExec.bindings;"],
    ["await dbs.find", "await SecureExec.bindings.db.find"],
  ],
};

const mended = Object.entries(waysOut).map(([folder, edits]) => {
  const name = readdirSync(join(root, folder)).find((one) => one.startsWith("script.")) ?? "";
  const text = edits.reduce(
    (before, [from, to]) => {
      if (!before.includes(from)) throw new Error(`${folder} does not have ${JSON.stringify(from)}`);
      return before.replace(from, () => to);
    },
    readFileSync(join(root, folder, name), "utf8"),
  );
  return { file: `${folder}/${name}`, text };
});

let found: ReturnType<typeof typecheckScripts> = [];
beforeAll(() => {
  const { declaration } = sideOfFile(join(root, "bindings.ts"));
  found = typecheckScripts(mended, declaration, { checker: createScriptChecker() });
});

it.each(mended)("$file has no finding left when it is mended as its help says", ({ file }) => {
  const left = found.filter((one) => one.file === file);
  expect(left.map(({ line, message }) => `${String(line)}: ${message}`)).toEqual([]);
});
