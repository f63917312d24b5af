import { describe, expect, it } from "vitest";
import { prepareScript } from "../../../src/runtime/guest/script/prepare-script.ts";
import { SyntaxFailure } from "../../../src/runtime/guest/script/syntax-failure.ts";
import { runScript, valueOf } from "./support/run-script.ts";

describe("exports", () => {
  it.each<[source: string, exports: Record<string, unknown>]>([
    ["export default 1", { default: 1 }],
    ["export default 1 + 1;\nconst after = 1", { default: 2 }],
    ["export\n  default\n  [1, 2]", { default: [1, 2] }],
    ["export default /* why */ 'x'", { default: "x" }],
    ["export default await Promise.resolve(3)", { default: 3 }],
    ["export default (1, 2)", { default: 2 }],
    ["export default (class { static x = 1 }).x", { default: 1 }],
    ["export default(/* ( */ (3))", { default: 3 }],
    ["export const a = 1, b = a + 1; export let c; export var d = 4", { a: 1, b: 2, c: undefined, d: 4 }],
    [
      "export const { a, b: { c = 5, ...rest }, ...others } = { a: 1, b: { x: 2 }, y: 3 }",
      { a: 1, c: 5, rest: { x: 2 }, others: { y: 3 } },
    ],
    ["export const [a, , [b], ...c] = [1, 2, [3], 4, 5]", { a: 1, b: 3, c: [4, 5] }],
    [
      "const a = 1, b = 2; export { a, b as c, a as default, b as 'with space' }",
      { a: 1, c: 2, default: 1, "with space": 2 },
    ],
    ["export { late }; const late = 7", { late: 7 }],
    ["export {}", {}],
    ["export let n = 0; n++; await null; n++", { n: 2 }],
    ["let $0 = 1, $1 = 2; export default $0 + $1", { default: 3 }],
    ["export const then = 1; export const value = 2", { then: 1, value: 2 }],
    ["'use strict'; export const x = typeof this", { x: "undefined" }],
    ["#!/usr/bin/env isobind\nexport default 1", { default: 1 }],
    ["\ufeffexport default 1", { default: 1 }],
    ["export default 1 // a comment at the end", { default: 1 }],
    ["const s = `export const no = 1`; export const yes = s.length", { yes: 19 }],
    ["export const x = 1\n;[1].map((v) => v)", { x: 1 }],
    ["const a = 1\nexport { a }\n;(() => 1)()", { a: 1 }],
    ["let a = 1\nexport { a as b }\n++a", { b: 2 }],
    ["for await (const x of [1, 2]) { globalThis.last = x }\nexport default last", { default: 2 }],
    ["", {}],
  ])("%s", async (source, exports) => {
    const { outcome, exports: got } = await runScript(source);
    expect(outcome).toMatchObject({ kind: "ok" });
    expect(got).toEqual(exports);
  });

  it.each([
    "export default function () { return 1 }\n(2)",
    "export default function* () {}\nexport const x = 1",
    "export default async function () {}",
    "export default async /* c */ function /* d */ * // e\n ( ) {}",
    "export default class {}\n;[1]",
    "export default class extends Array {}",
    "export default class Named {}\nnew Named()",
    "named(); export default function named() { return 1 }",
    "export default () => 1",
    "export function f() {} f();",
    "export class C {}; new C()",
    "export async function* g() {}",
  ])("a function or a class cannot cross, and its name is told: %s", async (source) => {
    const { outcome } = await runScript(source);
    expect(outcome).toMatchObject({
      kind: "error",
      error: {
        code: "ERR_BINDING_NOT_CLONABLE",
        message: expect.stringMatching(/^export \w+: a function cannot cross$/),
      },
    });
  });
});

describe("places", () => {
  it.each([
    ["null.x", "1:6"],
    ["  null.x", "1:8"],
    ["export const a = null.x", "1:23"],
    ["export default null.x", "1:21"],
    ["export\ndefault null.x", "2:14"],
    ["null.x\n//# sourceURL=other.js", "1:6"],
    ["null.x\n//#\u00a0sourceURL=other.js", "1:6"],
    ["null.x\n//@\vsourceURL=other.js", "1:6"],
    ["null.x\n//#\ufeffsourceURL=other.js", "1:6"],
    ["export default function () {}; null.x", "1:37"],
    ["export default class { }; null.x", "1:32"],
    ["export default class{}; null.x", "1:30"],
    ["export default class extends null{}\nnull.x", "2:6"],
    ["const a = 1; export { a }; null.x", "1:33"],
    ["export {\n}; null.x", "2:9"],
    ["\n\n\tnull.x", "3:7"],
    ["\r\nnull.x", "2:6"],
    ["const s = '\u{1F600}'; null.x", "1:22"],
    ["let a: number = 1; (null as any).x", "1:34", "s.ts"],
    ["interface A {\n  b: string\n}\nexport default (null as unknown as A).b", "4:39", "s.ts"],
  ])("%j fails at %s", async (source, place, filename = "s.js") => {
    const { outcome } = await runScript(source, { filename });
    expect(outcome).toMatchObject({
      kind: "error",
      error: { stack: expect.stringContaining(`\n    at ${filename}:${place}`) },
    });
  });
});

describe("a place of the function around a script", () => {
  it.each(["export default class{ static x = null.x }", "       class Named {  static x = null.x }"])(
    "is shown as the first of the script: %s",
    async (source) => {
      const { outcome } = await runScript(source, { filename: "s.js" });
      expect(outcome).toMatchObject({
        error: {
          stack: expect.stringMatching(/\n {4}at <static_initializer> \(s\.js:1:39\)\n {4}at s\.js:1:1$/),
        },
      });
    },
  );
});

describe("languages", () => {
  it("strips types when the source is no JavaScript", async () => {
    const { exports } = await runScript(
      "type A = { n: number };\nexport const a = { n: 1 } satisfies A;\nexport default a.n as number;",
    );
    expect(exports).toEqual({ a: { n: 1 }, default: 1 });
  });

  it("treats what is both as JavaScript", async () => {
    const { exports } = await runScript(
      "const f = (a, b) => [a, b], T = 1, x = 2; export default f(f < T, x > (3))",
    );
    expect(exports).toEqual({ default: [false, false] });
  });

  it("obeys an explicit language", async () => {
    expect((await runScript("let a: number = 1", { language: "javascript" })).outcome).toMatchObject({
      kind: "error",
      error: { name: "SyntaxError" },
    });
    expect((await runScript("let a: number = 1; export { a }", { language: "typescript" })).exports).toEqual({
      a: 1,
    });
  });

  it("warns nobody", async () => {
    const warnings: string[] = [];
    const listen = (warning: Error): void => void warnings.push(warning.message);
    process.on("warning", listen);
    await runScript("let a: number = 1");
    await new Promise((done) => setTimeout(done, 20));
    process.off("warning", listen);
    expect(warnings).toEqual([]);
  });
});

describe("what cannot be run", () => {
  const error = async (source: string, filename = "s.js"): Promise<unknown> => {
    const { outcome, ends } = await runScript(source, { filename });
    expect(ends).toBe(1);
    return outcome.kind === "error" ? outcome.error : outcome;
  };

  it.each([
    ["let a = ;", "s.js:1:9: Unexpected token `;`"],
    ["let a;\nlet a;", "s.js:2:5: Identifier 'a' has already been declared"],
    ["foo(", "s.js:1:5: Unexpected end of the script"],
    ["return 1", "s.js:1:1: 'return' outside of function"],
    ["export { nothing }", "s.js:1:10: Export 'nothing' is not defined"],
    ["export const a = 1; export { a }", "s.js:1:30: Duplicate export 'a'"],
    ["with ({}) {}", "s.js:1:1: 'with' in strict mode"],
    ["import fs from 'node:fs'", "s.js:1:1: A script cannot import"],
    ["const a = 1;\nimport 'x'", "s.js:2:1: A script cannot import"],
    ["export * from 'x'", "s.js:1:1: A script cannot import"],
    ["export { a } from 'x'", "s.js:1:1: A script cannot import"],
    ["const fs = await import('node:fs')", "s.js:1:18: A script cannot import"],
    ["f(() => { if (1) { import('x') } })", "s.js:1:20: A script cannot import"],
    ["import.meta.url", "s.js:1:1: A script has no `import.meta`"],
    ["new.target", "s.js:1:1: 'new.target' can only be used in functions"],
    ["super.x", "s.js:1:1: 'super' keyword outside a method"],
    ["/(/", "s.js:1:2: Invalid regular expression"],
    ["})(); evil(); (async()=>{", "s.js:1:1: Unexpected token `}`"],
  ])("%j", async (source, message) => {
    expect(await error(source)).toMatchObject({
      name: "SyntaxError",
      message: expect.stringContaining(message),
      stack: expect.stringMatching(/^SyntaxError: .*\n {4}at s\.js:\d+:\d+$/),
    });
  });

  it("places TypeScript's own mistakes", async () => {
    expect(await error("const ok: number = 1;\nenum Level { Low }", "s.ts")).toMatchObject({
      name: "SyntaxError",
      message: expect.stringMatching(/^s\.ts:2:1: .*enum.*Write an object, /),
    });
    expect(await error("const ok: number = 1;\nconst b = {;\n", "s.ts")).toMatchObject({
      message: expect.stringMatching(/^s\.ts:2:12: /),
    });
  });

  it.each([
    ["(".repeat(1e5)],
    ["[".repeat(1e5) + "]".repeat(1e5)],
    ["!".repeat(1e5) + "1"],
    ["1+".repeat(1e5) + "1"],
    ["a?".repeat(5e4) + "1" + ":1".repeat(5e4)],
    ["if(1)".repeat(1e5) + ";"],
    ["`${".repeat(5e4) + "1" + "}`".repeat(5e4)],
    ["let x: " + "A<".repeat(2e4) + "B" + ">".repeat(2e4)],
    ["let x: number = " + "(".repeat(2e4) + "1" + ")".repeat(2e4)],
    ["let x: number = " + "1+".repeat(2e4) + "1"],
  ])("deeply nested source %#: an error, not a crash", async (source) => {
    const result = await error(source, "deep.ts");
    if ((result as { kind?: string }).kind !== "ok") expect(result).toMatchObject({ name: "SyntaxError" });
    // And the stripper still works for the next one.
    expect((await runScript("let a: number = 1; export { a }")).exports).toEqual({ a: 1 });
  });

  it("a script that is too long", () => {
    expect(() =>
      prepareScript({ source: " ".repeat(2 ** 23 + 1), filename: "s.js", language: "auto" }),
    ).toThrow(SyntaxFailure);
  });

  it.each(["1 <!-- x\n", "x = 1 <!--y; if (x) {\n}\n;globalThis.out = 1; +function(){", "/*\n*/--> x"])(
    "HTML-like comments, which a module does not have: %j",
    async (source) => {
      expect(await error(`let x, y = 5; ${source}`)).toMatchObject({ name: "SyntaxError" });
    },
  );
});

describe("a script's function cannot be left", () => {
  it("not by text that is a comment to a script and code to a module", async () => {
    // Read as a module, `g(…)` spans two lines; read as a script, `})` would close our function and the rest would run outside.
    const source = `let x = 1, y = 5; const g = () => {}; x <!--y; g(function () {
})
;globalThis.out = 1; (async function () { x <!--y })
export {};`;
    const { outcome } = await runScript(source);
    expect(outcome).toMatchObject({
      kind: "error",
      error: { name: "SyntaxError", message: expect.stringMatching(/^script\.js:1:\d+: HTML comments/) },
    });
  });

  it.each(["})();evil();(async function(){", "}", "});(function(){", "*/ })(); /*", "\u2028})();"])(
    "%j is a syntax error",
    async (source) => {
      const { outcome } = await runScript(source);
      expect(outcome).toMatchObject({ kind: "error", error: { name: "SyntaxError" } });
    },
  );
});

describe("the name of a default export", () => {
  it("is none the script has, however that is written", async () => {
    const source = "let \\u00240 = 1, \\u{24}1 = 2, $\\u0032 = 3; export default [$0, $1, $2];";
    expect(await valueOf(source)).toEqual([1, 2, 3]);
  });

  it("is found quickly in a script that has very many", async () => {
    const names = Array.from({ length: 200_000 }, (_, i) => `$${i}`).join(";");
    const before = process.cpuUsage();
    const { exports } = await runScript(`if (0) {${names}}\nexport default 1`, {
      limits: { cpuMs: 60_000, wallMs: 60_000 },
    });
    expect(exports).toEqual({ default: 1 });
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(15_000);
  });
});

describe("a long script", () => {
  const many = 100_000;
  const lines = (line: (i: number) => string): string =>
    Array.from({ length: many }, (_, i) => line(i)).join("\n");

  it.each<[what: string, source: string]>([
    ["variables", lines((i) => `let v${i} = ${i}`)],
    ["vars", lines((i) => `var v${i} = ${i}`)],
    ["functions", lines((i) => `function v${i}() {}`)],
    ["parameters", `const f = (${lines((i) => `v${i},`)}) => 1`],
    ["exports", lines((i) => `export const v${i} = ${i}`)],
  ])(`with ${many} %s is prepared in seconds`, (_, source) => {
    const before = process.cpuUsage();
    const { exportNames } = prepareScript({ source, filename: "s.js", language: "auto" });
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(20_000);
    expect(exportNames.length).toBe(source.startsWith("export") ? many : 0);
  });

  it("with many names still refuses the one that is there twice", () => {
    const source = `${lines((i) => `let v${i} = ${i}`)}\nlet v77;`;
    expect(() => prepareScript({ source, filename: "s.js", language: "auto" })).toThrow(
      "Identifier 'v77' has already been declared",
    );
  });
});
