import { describe, expect, it } from "vitest";
import { createScriptChecker } from "../../../src/scripts/typecheck/check-scripts.ts";
import type { Script, ScriptModules } from "../../../src/scripts/typecheck/frontend/service.ts";
import { typecheckScripts } from "../../../src/scripts/typecheck/typecheck.ts";
import { resolveSpecifier } from "../../../src/model/specifier.ts";
import { impact } from "../../../src/scripts/impact/impact.ts";
import { sideOf } from "../../diff/sides.ts";

const definition = (result: string): string =>
  `export interface Bindings { orders: { list(): Promise<${result}[]> } }\n`;
const now = sideOf(definition("{ id: string; total: number }"));

/** Modules beside scripts, as files that a test may change. */
function beside(files: Record<string, string>): ScriptModules {
  return {
    find: (specifier, from) => {
      const name = resolveSpecifier(specifier, from);
      return name in files ? name : null;
    },
    read: (name) => files[name] ?? null,
    names: () => Object.keys(files),
  };
}

const told = (scripts: readonly Script[], modules?: ScriptModules): string[] =>
  typecheckScripts(scripts, now.declaration, modules ? { modules } : {}).map(
    ({ code, file, line, message }) => `${file}:${line} ${code}: ${message}`,
  );

describe("scripts that import scripts", () => {
  it("see what the others export, and their mistakes are told where they are", () => {
    const scripts = [
      {
        file: "scripts/main.ts",
        text: `import { total, type Order } from "./lib/money.ts";\nimport rates from "./rates.json" with { type: "json" };\nconst order: Order = { id: "a", total: 1 };\nexport default total([order]) * rates.eur;\ntotal(1);\n`,
      },
      {
        file: "scripts/other.js",
        text: `import { total } from "./lib/money.js";\nexport default total([]).lenght;\n`,
      },
    ];
    const files = {
      "scripts/lib/money.ts": `import { orders } from "./orders.ts";\nexport type Order = Awaited<ReturnType<typeof orders>>[number];\nexport const total = (all: Order[]): number => all.reduce((sum, { total }) => sum + total, 0);\nexport const wrong: string = 1;\n`,
      "scripts/lib/orders.ts": `export const orders = () => SecureExec.bindings.orders.list();\nexport const bad = SecureExec.bindings.orders.lst();\n`,
      "scripts/rates.json": `{ "eur": 1.1 }`,
    };
    const found = told(scripts, {
      ...beside(files),
      find: (s, f) => beside(files).find(s.replace(/money\.js$/, "money.ts"), f),
    });
    expect(found).toHaveLength(4);
    expect(found[0]).toMatch(/^scripts\/main\.ts:5 script-type: Argument of type 'number'/);
    expect(found[1]).toMatch(
      /^scripts\/other\.js:2 script-type: Property 'lenght' does not exist on type 'number'/,
    );
    expect(found.slice(2).sort()).toEqual([
      expect.stringMatching(/^scripts\/lib\/money\.ts:4 script-type: Type 'number' is not assignable/),
      expect.stringMatching(/^scripts\/lib\/orders\.ts:2 script-binding-unknown: .*Did you mean `list`/),
    ]);
  });

  it("may be checked together, and each mistake is told once", () => {
    const scripts = [
      { file: "a.ts", text: `import { f } from "./b.ts"; export default f("x");` },
      { file: "b.ts", text: `export const f = (n: number): number => n + "";` },
      { file: "c.ts", text: `import { f } from "./b.js"; export default f(1);` },
    ];
    expect(told(scripts)).toEqual([
      expect.stringMatching(/^a\.ts:1 script-type: Argument/),
      expect.stringMatching(/^b\.ts:1 script-type: Type 'string'/),
    ]);
  });

  it("may export functions to one another, and not to the host", () => {
    const helper = { file: "helper.ts", text: `export function help(): number { return 1; }` };
    const main = { file: "main.ts", text: `import { help } from "./helper.ts"; export default help();` };
    expect(told([helper])).toEqual([expect.stringContaining("script-export-not-clonable")]);
    expect(told([helper, main])).toEqual([]);
    expect(told([main], beside({ "helper.ts": helper.text }))).toEqual([]);
  });

  it("are told of a name without its extension, and of data without its type, as a run does", () => {
    const text = `import { x } from "./b"; import one from "./rates.json"; import two from "./rates.json" with { type: "json" };
export default [x, one, two];`;
    const files = beside({ "b.ts": "export const x = 1;", "rates.json": "{}" });
    expect(told([{ file: "main.ts", text }], files)).toEqual([
      expect.stringContaining("There is no module `./b`. Did you mean `./b.ts`?"),
      expect.stringMatching(/^main.ts:1 script-syntax-unsupported: An import of data without its type/),
    ]);
  });

  it("are told of a module that is not there, with the nearest, and of a name it does not export", () => {
    const scripts = [
      {
        file: "lib/a.ts",
        text: `import { x } from "./bb.ts"; import { y } from "../main.ts"; export default [x, y];`,
      },
      { file: "lib/b.ts", text: `export const x = 1;` },
      {
        file: "main.ts",
        text: `import fs from "node:fs"; import acme from "acme"; export default [fs, acme];`,
      },
    ];
    expect(told(scripts)).toEqual([
      "lib/a.ts:1 script-module-missing: There is no module `./bb.ts`. Did you mean `./b.ts`? (TS2307)",
      expect.stringMatching(/^lib\/a\.ts:1 script-type: Module '.*' has no exported member 'y'/),
      expect.stringContaining(
        "main.ts:1 script-global-missing: The sandbox has no module `node:fs`: a script imports",
      ),
      expect.stringContaining(
        "main.ts:1 script-global-missing: The sandbox has no module `acme`: a script imports",
      ),
    ]);
  });

  it("are read again by a checker that is kept", () => {
    const files: Record<string, string> = { "b.ts": "export const x = 1;" };
    const checker = createScriptChecker(undefined, beside(files));
    const check = (text: string): number =>
      checker.check([{ file: "a.ts", text }], now.declaration).flatMap(({ diagnostics }) => diagnostics)
        .length;
    const text = `import { x } from "./b.ts"; const n: number = x; export default n;`;
    expect(check(text)).toBe(0);
    files["b.ts"] = `export const x = "text";`;
    expect(check(text)).toBe(1);
    delete files["b.ts"];
    expect(check(`${text} `)).toBe(1);
    files["c.ts"] = "export const x = 1;";
    expect(check(`import { x } from "./c.ts"; const n: number = x; export default n;`)).toBe(0);
  });

  it("have a program without another's `declare global`", () => {
    const scripts = [
      {
        file: "a.ts",
        text: `import { x } from "./b.ts"; declare global { var shared: number; } export default x + shared;`,
      },
      { file: "b.ts", text: `export const x = 1;` },
      { file: "c.ts", text: `export default shared;` },
    ];
    expect(told(scripts)).toEqual([expect.stringMatching(/^c\.ts:1 script-type: `shared` is not defined/)]);
  });

  it("are broken by a change where they use what has changed", () => {
    const next = sideOf(definition("{ id: string; sum: number }"));
    const scripts = [
      { file: "main.ts", text: `import { total } from "./lib.ts"; export default await total();` },
    ];
    const modules = beside({
      "lib.ts": `export async function total(): Promise<number> {\n  const all = await SecureExec.bindings.orders.list();\n  return all.reduce((sum, order) => sum + order.total, 0);\n}`,
    });
    const { broken, brokenBefore } = impact(scripts, now, next, { modules });
    expect(brokenBefore).toEqual([]);
    expect(broken).toMatchObject([
      { file: "lib.ts", breaks: [{ diagnostic: { line: 3 }, cause: { path: ["orders", "list"] } }] },
    ]);
  });
});
