import { describe, expect, it } from "vitest";
import { runScript } from "./support/run-script.ts";

const printed = async (call: string): Promise<string> => {
  const { console, outcome } = await runScript(call);
  expect(outcome).toMatchObject({ kind: "ok" });
  return console.join("\n");
};

describe("console", () => {
  it("has five levels", async () => {
    expect(
      await printed("for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level](level)"),
    ).toBe("log: log\ninfo: info\nwarn: warn\nerror: error\ndebug: debug");
  });

  it.each([
    ["'text', 1, -0, 5n, true, null, undefined, Symbol('s')", "text 1 -0 5n true null undefined Symbol(s)"],
    ["", ""],
    ["['text', [1, , 3], []]", '[ "text", [ 1, <1 empty>, 3 ], [] ]'],
    [
      "{ a: { b: { c: { d: { e: 1 } } } }, 'x-y': 2, [Symbol()]: 3 }",
      '{ a: { b: { c: { d: [Object] } } }, "x-y": 2 }',
    ],
    ["new Map([[{ k: 1 }, new Set([1])]]), new Map()", "Map(1) { { k: 1 } => Set(1) { 1 } } Map(0) {}"],
    ["(() => { const o = { n: 1 }; o.self = o; return o })()", "{ n: 1, self: [Circular] }"],
    ["{ get a() { throw 1 }, set b(v) {} }", "{ a: [Getter], b: [Getter] }"],
    [
      "new (class Point { x = 1 })(), Object.create(null), new (class Empty {})()",
      "Point { x: 1 } {} Empty {}",
    ],
    [
      "() => 1, function f() {}, class C {}, SecureExec",
      "[Function (anonymous)] [Function: f] [Function: C] { bindings: {} }",
    ],
    ["new Date(0), new Date(NaN), /a/gi", "1970-01-01T00:00:00.000Z Invalid Date /a/gi"],
    [
      "new Uint8Array([1, 2]), new ArrayBuffer(4), new DataView(new ArrayBuffer(2))",
      "Uint8Array(2) [ 1, 2 ] ArrayBuffer { byteLength: 4 } DataView { byteLength: 2 }",
    ],
    ["Promise.resolve(1), new WeakMap(), [].values()", "[Promise] [WeakMap] [Object]"],
    ["new Proxy({}, { ownKeys() { throw 1 } }), new Proxy({ a: 1 }, {})", "[Unreadable] { a: 1 }"],
    ["2n ** 5000n", "[a very large bigint]"],
    ["Array.from({ length: 200 }, (_, i) => 1).length, Array(3)", "200 [ <3 empty> ]"],
  ])("console.log(%s)", async (args, text) => {
    expect(await printed(`console.log(${args})`)).toBe(`log: ${text}`);
  });

  it("shows an error with the script's frames and its cause", async () => {
    expect(await printed("console.log(new TypeError('bad', { cause: new Error('why') }))")).toBe(
      "log: TypeError: bad\n    at script.js:1:13 [cause]: Error: why\n    at script.js:1:43",
    );
  });

  it("stops at many items and at long texts", async () => {
    expect(await printed("console.log(Array(150).fill(1))")).toContain("… 50 more");
    const { console } = await runScript("console.log({ a: 'x'.repeat(1e6), b: Array(1e5).fill({ c: 1 }) })", {
      limits: { consoleBytes: 500 },
    });
    expect(console.join("").length).toBeLessThan(700);
  });

  it("costs what it prints, not what it is given", async () => {
    const started = performance.now();
    await runScript(
      "const wide = {}; for (let i = 0; i < 1e5; i++) wide['k' + i] = { i }; for (let i = 0; i < 50; i++) console.log(wide)",
      {
        limits: { cpuMs: 10_000, consoleBytes: 1e6 },
      },
    );
    expect(performance.now() - started).toBeLessThan(8_000);
  });
});
