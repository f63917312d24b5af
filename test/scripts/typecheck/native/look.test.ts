/**
 * TypeScript 7 is asked which scripts are right. Both ways: what it lets pass has no finding by the compiler that isobind carries, and it does let pass what people write.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { engineNames } from "../../../../src/config/engines.ts";
import { createScriptChecker } from "../../../../src/scripts/typecheck/check-scripts.ts";
import { type Look, openLook } from "../../../../src/scripts/typecheck/native/look.ts";
import { typecheckStored } from "../../../../src/scripts/typecheck/stored.ts";
import { features } from "../../../library/features.ts";
import { sideOf } from "../../../diff/sides.ts";

const repository = fileURLToPath(new URL("../../../..", import.meta.url));
const { declaration } = sideOf(`
export interface Row { id: number; name: string; parent?: Row }
export interface Bindings {
  greet(name: string): string;
  maybe(): string | Promise<string>;
  db: { query(sql: string, params?: readonly unknown[]): Promise<Row[]>; insert(row: { name: string }): Promise<void> };
}
export interface Scripts {
  rule: { input: { cents: number }; result: { ok: boolean; kind: "a" | "b" } };
  sum: { input: { rows: Row[]; ids: number[]; first: Row; at?: Row } };
}
export interface Globals { steps: number[] }`);

/** Each has a finding, and no error of the compiler unless it is said. */
const wrong = [
  // Promises nobody waits for.
  "SecureExec.bindings.db.insert({ name: 'a' });",
  "SecureExec.bindings.maybe();",
  "const { db } = SecureExec.bindings;\ndb.insert({ name: 'a' }), 1;",
  "const { db } = SecureExec.bindings;\ntrue && db.insert({ name: 'a' });",
  "const { db } = SecureExec.bindings;\n(true ? db.insert({ name: 'a' }) : null);",
  "const { insert } = SecureExec.bindings.db;\nconst inserted = insert({ name: 'a' });",
  "const insert = SecureExec.bindings.db.insert({ name: 'a' });\nconsole.log({ insert: 1 }.insert);",
  "const twice = SecureExec.bindings.db.query('x');\n[1].map((twice) => twice);",
  "export const rows = SecureExec.bindings.db.query('x');",
  "export default SecureExec.bindings.db.query('x');",
  "const rows = SecureExec.bindings.db.query('x');\nconsole.log(`${rows}`);\nawait rows;",
  "const rows = SecureExec.bindings.db.query('x');\nconsole.log('rows: ' + rows);\nawait rows;",
  "const rows = SecureExec.bindings.db.query('x');\nexport default { ...rows };\nawait rows;",
  "[1, 2].forEach(async () => {});",
  "[1, 2].forEach(async function () {});",
  "[1, 2].forEach((n) => SecureExec.bindings.db.insert({ name: `${n}` }));",
  "[1, 2].map(async (n) => n);",
  "async function work() {}\nwork();",
  "async function work() {}\nfor (work(); false; work()) {}",
  "const run = (work: () => void): void => work();\nrun(async () => {});",
  "Promise.all([]).then(() => {});",
  // Exports that stay inside.
  "export default () => 1;",
  "export function total() {}",
  "export class Total {}",
  "export default Math.max;",
  "export const tag = Symbol('a');",
  "export default { rows: SecureExec.bindings.db.query('x') };",
  "export default [[Promise.resolve(1)]];",
  "export default { deep: { deeper: { call: (): void => {} } } };",
  "export default new WeakMap<object, string>();",
  "export default new Map([['a', (): number => 1]]);",
  "export default SecureExec.bindings.db;",
  "export default SecureExec.bindings.greet;",
  "class Total { sum = 1; }\nexport default Total;",
  "const one = (): number => 1;\nexport { one };",
  "type Work = { call(): void };\nconst work: { go: Work['call'] } = { go() {} };\nexport default work;",
  // Syntax that engines lack, and globals.
  "class A { @((_: unknown, __: unknown) => {}) a() {} }\nnew A();",
  "class A { accessor b = 1; }\nexport default new A().b;",
  "export default import.meta.url;",
  "export default /(?i:a)/.test('A');",
  "export default process.env;",
  "const enum Kind { A }\nexport default Kind.A;",
  // Changes of what the host gave.
  ...[
    "input.first.id = 1;",
    "input['first']!.name += 'a';",
    "(input.first as Row_).id--;\ntype Row_ = { id: number };",
    "delete input.at;",
    "input.rows.push(input.first);",
    "input.at?.parent?.name.length;\ninput.ids.sort();",
    "Object.assign(input.first, { id: 2 });",
    "[input.first.id] = [2];",
    "({ id: input.first.id } = { id: 2 });",
    "for (input.first.id of [2]);",
    "function later(): void {\n  mine.reverse();\n}\nconst { ids: mine } = input;\nlater();",
    "for (const { parent } of input.rows) parent!.id = 2;",
    "let one = input.first;\none.id = 2;",
    "input.rows.at(0)!.id = 2;",
    "const one = input.rows.find(({ id }) => id > 0);\nif (one) one.id = 2;",
    "for (const one of input.rows.slice()) one.id = 2;",
    "for (const one of input.rows.filter(({ id }) => id > 0)!) one.id = 2;",
    "input.rows.filter(({ id }) => id > 0).toSorted().forEach((one) => {\n  one.id = 2;\n});",
    "input.rows.forEach(({ parent }) => {\n  parent!.id = 2;\n});",
    "input.rows.reduce(function (sum, one) {\n  return sum + one.id++;\n}, 0);",
  ].map((text) => `// @script sum\n${text}`),
  "steps.push(1);",
  // Compiler errors.
  "export default SecureExec.bindings.greet(1);",
  "export default SecureExec.bindings.grete('a');",
  "const { name } = (await SecureExec.bindings.db.query('x'))[0]!.parent;\nexport default name;",
  "export default 1 +;",
  "// @script rule\nexport default { ok: true, kind: 'c' };",
  "// @script rule\nexport default { ok: true, kind: 'a', more: 1 };",
  "// @script rule\nexport default { ok: input.euros > 1, kind: 'a' };",
  "// @script rule\nconst answer = { ok: true, kind: 'a' };\nexport default answer;",
  "// @script rule\nexport const answer = 1;",
  "// @script rul\nexport default 1;",
];

const right = [
  "const { db, greet } = SecureExec.bindings;\nconst rows = await db.query('x', [1]);\nexport default rows.map(({ name }) => greet(name));",
  "const all = await Promise.all([1, 2].map(async (n) => await SecureExec.bindings.db.query(`${n}`)));\nconsole.log(all.flat().length + ' rows');\nexport default { all, at: new Date(), tags: new Set(['a']) };",
  "const rows = SecureExec.bindings.db.query('x');\nconsole.log('asked');\nexport default (await rows).length;",
  "async function work(): Promise<number> {\n  return 1;\n}\nvoid work();\nexport const done = await work();",
  "const seen = new Map<string, number>();\n[1, 2].forEach((n) => seen.set(`${n}`, n));\nexport default [...seen];",
  "interface Node { value: number; next: Node | null }\nconst list: Node = { value: 1, next: null };\nexport default list;",
  "// @script rule\nexport default { ok: input.cents > 1, kind: 'a' };",
  "// @script rule\nconst größe = 'ü'.length;\nexport default { ok: größe > 1, kind: 'b' };",
  "export default input;",
  "// @script sum\nconst byId: Record<number, string> = {};\nfor (const { id, name } of input.rows) byId[id] = name;\nconst ids = [...input.ids].sort();\nids.push(steps.length);\nexport default { byId, ids };",
];

const named = (texts: readonly string[]): { file: string; text: string }[] =>
  texts.map((text, at) => ({ file: `s${at}.ts`, text }));

const fixtures = readdirSync(join(repository, "fixtures/scripts"), { recursive: true, encoding: "utf8" })
  .filter((file) => /script\.[cm]?[jt]s$/u.test(file))
  .map((file) => ({ file, text: readFileSync(join(repository, "fixtures/scripts", file), "utf8") }));

const open = (engine: (typeof engineNames)[number]): Look => {
  const look = openLook(repository, engine);
  if (look === null) throw new Error("TypeScript 7 is a development dependency of this repository.");
  return look;
};

describe.each(engineNames)("on %s", (engine) => {
  const look = open(engine);
  afterAll(() => look.close());
  const checker = createScriptChecker(engine);
  const count = (script: { file: string; text: string }): number =>
    checker.check([script], declaration)[0]?.diagnostics.length ?? 0;

  it("lets no script pass that has a finding", () => {
    const scripts = named(wrong);
    const passed = look.fitting(scripts, declaration);
    expect([...passed].filter((script) => count(script) > 0)).toEqual([]);
    // Or they would show nothing.
    const fine = scripts.filter((script) => count(script) === 0).map(({ text }) => text);
    expect(fine).toEqual(engine === "node22" ? [] : ["export default /(?i:a)/.test('A');"]);
  });

  it("lets pass what is right, and says it again of another text under the same name", () => {
    const scripts = named(right);
    expect(scripts.filter((script) => count(script) > 0)).toEqual([]);
    expect(scripts.filter((script) => !look.fitting(scripts, declaration).has(script))).toEqual([]);
    const [one = ""] = right;
    const again = (text: string): number => look.fitting([{ file: "a.ts", text }], declaration).size;
    expect([again(one), again("export default process.pid;"), again(one)]).toEqual([1, 0, 1]);
    // A declaration that has nothing of it.
    const other = sideOf("export interface Bindings { ping(): string }").declaration;
    expect(look.fitting([{ file: "a.ts", text: one }], other).size).toBe(0);
  });

  it("agrees about every fixture, and about everything that engines have", () => {
    const all = [...fixtures, ...named(Object.values(features).flat())];
    const passed = look.fitting(all, declaration);
    expect([...passed].filter((script) => count(script) > 0)).toEqual([]);
    expect(passed.size).toBeGreaterThan(0);
  });
});

describe("stored scripts", () => {
  it("have the same findings with it and without", async () => {
    const scripts = [...named([...wrong, ...right]), ...fixtures];
    const without = await typecheckStored(scripts, declaration, { folder: repository, native: false });
    expect(without.length).toBeGreaterThan(wrong.length);
    const key = ({ file, line, column, message }: (typeof without)[number]): unknown => [
      file,
      line,
      column,
      message,
    ];
    const withIt = await typecheckStored(scripts, declaration, { folder: repository });
    expect(withIt.map(key).sort()).toEqual(without.map(key).sort());
  });

  it("are checked where it is not installed, and where its process cannot be had", async () => {
    const folder = mkdtempSync(join(tmpdir(), "isobind-look-"));
    try {
      expect(openLook(folder, "node24")).toBeNull();
      const [found] = await typecheckStored(named(["fetch('x');"]), declaration, { folder });
      expect(found?.code).toBe("script-global-missing");
    } finally {
      rmSync(folder, { recursive: true });
    }
    const closed = open("node24");
    closed.close();
    expect(closed.fitting(named(right), declaration).size).toBe(0);
  });
});
