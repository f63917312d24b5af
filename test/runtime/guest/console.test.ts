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

  it("shows no value that an accessor has only from the prototype of its description", async () => {
    const text = await printed(
      `Object.prototype.value = "put";
       console.table([{ get a() { throw 1 } }]);
       delete Object.prototype.value;`,
    );
    expect(text).not.toContain("put");
  });

  it("stops at many items and at long texts", async () => {
    expect(await printed("console.log(Array(150).fill(1))")).toContain("… 50 more");
    const pairs = "Array.from({ length: 150 }, (_, i) => [i, 0])";
    expect(await printed(`console.log(new Map(${pairs}))`)).toMatch(/ 99 => 0, … 50 more \}$/);
    expect(await printed(`console.log(new Set(${pairs}.map(([i]) => i)))`)).toMatch(/ 99, … 50 more \}$/);
    const { console } = await runScript("console.log({ a: 'x'.repeat(1e6), b: Array(1e5).fill({ c: 1 }) })", {
      limits: { consoleBytes: 500 },
    });
    expect(console.join("").length).toBeLessThan(700);
  });

  it("costs what it prints, not what it is given", async () => {
    const wide = "const wide = {}; for (let i = 0; i < 1e5; i++) wide['k' + i] = { i };";
    const cpuOf = async (then: string): Promise<number> => {
      const before = process.cpuUsage();
      await runScript(`${wide} for (let i = 0; i < 10; i++) ${then};`, { limits: { consoleBytes: 1e8 } });
      return process.cpuUsage(before).user;
    };
    // Looking for the names alone takes twice as long, and showing all of them four times as long as that.
    const names = Math.max(await cpuOf("Reflect.ownKeys(wide)"), await cpuOf("Reflect.ownKeys(wide)"));
    expect(Math.min(await cpuOf("console.log(wide)"), await cpuOf("console.log(wide)"))).toBeLessThan(
      1.5 * names,
    );
  });
});

describe("the limit of the console", () => {
  it.each([
    ["letters of one byte", "a"],
    ["of two", "é"],
    ["of three", "語"],
    ["pairs", "😀"],
    ["halves of pairs", "\\ud83d"],
  ])("counts bytes of UTF-8: %s", async (_, letter) => {
    const { console } = await runScript(
      `for (let i = 0; i < 100; i++) console.log(i + " " + "${letter}".repeat(10)); console.error("never");`,
      { limits: { consoleBytes: 500 } },
    );
    const all = console.map((line) => line.slice("log: ".length));
    const note = "\n[the console ends here: its limit is 500 bytes]";
    const last = all.at(-1) ?? "";
    expect(last.endsWith(note)).toBe(true);
    const bytes = all.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0) - Buffer.byteLength(note);
    expect(bytes).toBeLessThanOrEqual(501);
    expect(bytes).toBeGreaterThan(490);
    // Nothing is missing in the middle.
    expect(all.slice(0, -1).map((line) => Number.parseInt(line, 10))).toEqual(
      all.slice(0, -1).map((_, i) => i),
    );
  });
});

describe("the rest of the console", () => {
  it.each<[call: string, lines: string[]]>([
    [
      `console.group("a"); console.log("x\\ny"); console.group(); console.warn("z"); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.info("out")`,
      ["log: a", "log:   x\n  y", "warn:     z", "info: out"],
    ],
    [
      `console.assert(true, "no"); console.assert(0); console.assert(false, "why", { a: 1 }); console.assert(null, 7)`,
      ["error: Assertion failed", "error: Assertion failed: why { a: 1 }", "error: Assertion failed: 7"],
    ],
    [
      `console.count(); console.count("x"); console.count(); console.countReset(); console.count()`,
      ["log: default: 1", "log: x: 1", "log: default: 2", "log: default: 1"],
    ],
    [
      `console.timeEnd("t"); console.timeLog(); console.time(); console.time()`,
      [
        "warn: Timer 't' does not exist",
        "warn: Timer 'default' does not exist",
        "warn: Timer 'default' already exists",
      ],
    ],
    [
      `console.dir({ a: "x" }); console.dir("x"); console.dirxml("x", 1)`,
      ['log: { a: "x" }', 'log: "x"', "log: x 1"],
    ],
    [
      `function f() { console.trace("here", 1) }\nf()`,
      ["error: Trace: here 1\n    at f (script.js:1:24)\n    at script.js:2:1"],
    ],
    [
      `console.table([{ a: 1, b: "x" }, { a: 2, c: true }])`,
      [
        [
          "log: ┌─────────┬───┬─────┬──────┐",
          "│ (index) │ a │ b   │ c    │",
          "├─────────┼───┼─────┼──────┤",
          '│ 0       │ 1 │ "x" │      │',
          "│ 1       │ 2 │     │ true │",
          "└─────────┴───┴─────┴──────┘",
        ].join("\n"),
      ],
    ],
    [
      `console.table(new Map([["k", 1]])); console.table({ r: { a: 1, b: 2 } }, ["b"]); console.table(5, 6)`,
      [
        'log: ┌─────────┬────────┐\n│ (index) │ Values │\n├─────────┼────────┤\n│ "k"     │ 1      │\n└─────────┴────────┘',
        "log: ┌─────────┬───┐\n│ (index) │ b │\n├─────────┼───┤\n│ r       │ 2 │\n└─────────┴───┘",
        "log: 5 6",
      ],
    ],
    [
      `const { log, table } = console; console.count = () => log("mine"); console.count(); console.table = 1; log(console.table); table([]);`,
      ["log: mine", "log: 1", "log: ┌─────────┐\n│ (index) │\n├─────────┤\n└─────────┘"],
    ],
  ])("%s", async (source, lines) => {
    const { console } = await runScript(source);
    expect(console).toEqual(lines);
  });

  it("measures time", async () => {
    const { console } = await runScript(
      `console.time("t"); console.timeLog("t", 1); console.timeEnd("t"); console.timeEnd("t")`,
    );
    expect(console).toEqual([
      expect.stringMatching(/^log: t: \d+ ms 1$/),
      expect.stringMatching(/^log: t: \d+ ms$/),
      "warn: Timer 't' does not exist",
    ]);
  });

  it("runs no code of the script, whatever it has replaced", async () => {
    const { console, outcome } = await runScript(`
      const evil = () => { throw new Error("run"); };
      Array.prototype[Symbol.iterator] = String.prototype.split = Array.prototype.push = Array.prototype.join = String.prototype.repeat = evil;
      Object.defineProperty(Array.prototype, "0", { set: evil, configurable: true });
      Object.defineProperty(Object.prototype, "get", { get: evil, configurable: true });
      Object.defineProperty(Map.prototype, "size", { get: evil });
      Date.now = evil;
      console.time(); console.timeEnd();
      console.table(Object.defineProperty({ a: { b: 1 } }, "c", { get: evil, enumerable: true }));
      console.group("g"); console.groupEnd(); console.count(); console.assert(0, "a"); console.trace(1);`);
    expect(outcome).toMatchObject({ kind: "ok" });
    expect(console).toHaveLength(6);
  });
});

describe("what the sandbox gives", () => {
  it("shows no source of ours", async () => {
    const { exports } = await runScript(
      `
      const seen = [], sources = [];
      const visit = (value, path) => {
        if ((typeof value !== "object" && typeof value !== "function") || value === null || seen.includes(value)) return;
        seen.push(value);
        if (typeof value === "function") { const text = Function.prototype.toString.call(value); if (!text.includes("[native code]")) sources.push(path + ": " + text); }
        for (const key of Reflect.ownKeys(value)) {
          const d = Object.getOwnPropertyDescriptor(value, key);
          for (const part of ["value", "get", "set"]) visit(d[part], path + "." + String(key));
        }
        visit(Object.getPrototypeOf(value), path + ".__proto__");
      };
      visit(globalThis, "globalThis");
      export const stacks = String(sources.splice(0));
      const leaf = SecureExec.bindings.f;
      export default sources;
      export const leafs = [leaf.name, leaf.length, String(leaf), Object.isFrozen(leaf), "prototype" in leaf];
      export const classes = [new ArrayBuffer(2) instanceof ArrayBuffer, new (class B extends ArrayBuffer {})(3).byteLength, ArrayBuffer.name, new FinalizationRegistry(() => {}) instanceof FinalizationRegistry, new ArrayBuffer(1).constructor === ArrayBuffer, ArrayBuffer.isView(new DataView(new ArrayBuffer(1)))];
      export const isOrdinary = Object.getPrototypeOf(console) === Object.prototype;`,
      { bindings: { f: { call: () => 1, length: 2 }, "a.g": { mode: "async", call: () => 1 } } },
    );
    expect(exports).toEqual({
      default: [],
      // V8 calls nothing bound there.
      stacks: expect.stringMatching(
        /^globalThis\.[\w.]+\.prepareStackTrace: prepareStackTrace\(error, sites\) \{\s*return format\(error, sites\);\s*\}$/,
      ),
      leafs: ["f", 2, "function () { [native code] }", true, false],
      classes: [true, 3, "ArrayBuffer", true, true, true],
      isOrdinary: true,
    });
  });

  it("leaves what RegExp tells of the last match alone", async () => {
    const { exports } = await runScript(
      `
      "abc".match(/(b)/);
      const wide = "語".repeat(100);
      const e = SecureExec.bindings.f({ a: wide, "x-y": [wide] }, wide);
      console.log({ a: wide, "x-y": 1 });
      try { SecureExec.bindings.f({ a: { "b-c": () => 1 } }) } catch {}
      export default [RegExp.$1, RegExp.input, RegExp["$\`"]];`,
      { bindings: { f: (value: unknown) => value } },
    );
    expect(exports["default"]).toEqual(["b", "abc", "a"]);
  });
});
