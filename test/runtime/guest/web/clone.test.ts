/** structuredClone, queueMicrotask and DOMException against Node's. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crossing } from "../../crossing/arbitrary.ts";
import { runScript, valueOf } from "../support/run-script.ts";
import { expectSame, inBoth } from "./both.ts";

/** A value as a text that shows what a clone must keep: classes, flags, holes, what is shared. */
const describeValue = `
const describe = (value, seen = new Map()) => {
  if (typeof value === "bigint") return value + "n";
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : typeof value + " " + String(value);
  if (seen.has(value)) return "#" + seen.get(value);
  seen.set(value, seen.size);
  const name = Object.prototype.toString.call(value) + " " + Object.getPrototypeOf(value).constructor.name;
  let inner = "";
  if (value instanceof Map) inner = [...value].map((pair) => pair.map((x) => describe(x, seen)).join("=>")).join();
  else if (value instanceof Set) inner = [...value].map((x) => describe(x, seen)).join();
  else if (value instanceof Date) inner = value.getTime();
  else if (value instanceof RegExp) inner = String(value) + value.lastIndex;
  else if (value instanceof ArrayBuffer) inner = [...new Uint8Array(value)].join();
  else if (ArrayBuffer.isView(value)) inner = [value.byteOffset, value.byteLength, describe(value.buffer, seen)].join(";");
  else if (typeof value.valueOf() !== "object") inner = describe(value.valueOf(), seen);
  const keys = Reflect.ownKeys(value).filter((key) => !(value instanceof Error && key === "stack"));
  const own = ArrayBuffer.isView(value) || typeof value.valueOf() === "string" ? [] : keys;
  return name + "(" + inner + "){" + own.map((key) => {
    const d = Object.getOwnPropertyDescriptor(value, key);
    return String(key) + (d.enumerable ? "" : "!") + ":" + describe(d.value, seen);
  }).join() + "}";
};`;

describe("structuredClone", () => {
  it.each([
    "[1, 'a', 1n, true, null, undefined, NaN, -0]", "[1, , 3]", "Object.assign([1], { extra: 2, [-1]: 3 })", "Object.assign(new Array(5), { 3: 1 })", "{ a: { b: [] } }",
    "new Date(5)", "new Date(NaN)", "Object.assign(/a(b)/gi, { lastIndex: 2 })", "[Object(1), Object('ab'), Object(true), Object(2n)]",
    "new Map([[{ k: 1 }, [1]], ['m', new Map()]])", "new Set([1, new Set([2])])", "(() => { const o = { list: [] }; o.self = o; o.list.push(o, o.list); return o })()",
    "(() => { const m = new Map(); m.set(m, m); return [m, m] })()", "new Uint8Array([1, 2, 3]).subarray(1)", "new DataView(new ArrayBuffer(8), 2, 3)",
    "(() => { const b = new ArrayBuffer(8); return [b, new Uint8Array(b, 4), new Float64Array(b), new DataView(b)] })()", "new ArrayBuffer(3)", "[new BigInt64Array(2), new Uint8ClampedArray([300])]",
    "new Error('m')", "new TypeError('m', { cause: { why: new RangeError('c') } })", "Object.assign(new Error('m'), { name: 'RangeError', extra: 1 })", "Object.assign(new TypeError('m'), { name: 'Mine' })",
    "new AggregateError([new Error('inner')], 'm')", "Object.defineProperty(new Error('m'), 'message', { get: () => 'x' })", "new (class Mine extends Error {})('m')",
    "new (class Point { x = 1; #y = 2; get z() { return 3 } })()", "Object.create({ inherited: 1 }, { own: { value: 1, enumerable: true }, hidden: { value: 2 } })", "Object.create(null, { a: { value: 1, enumerable: true } })",
    "{ get a() { return [1] }, [Symbol('s')]: 1, ['__proto__']: 5 }", "Object.freeze({ a: Object.freeze([1]) })",  "(() => { const o = {}; return { a: o, b: o } })()",
    "new Proxy({ a: 1 }, {}).a", "'x'.repeat(1e6).length", "Array.from({ length: 3000 }, (_, i) => ({ i }))",
  ])("clones %s", async (expression) => {
    const [inside, inNode] = await inBoth(`${describeValue} return describe(structuredClone((${expression})));`, 1);
    expect(inside).toBe(inNode);
  }); // prettier-ignore

  it.each([
    "() => 1", "Symbol('s')", "Object(Symbol())", "[{ a: [() => 1] }]", "new WeakMap()", "new WeakRef({})", "Promise.resolve()", "(function* () {})()", "class {}",
    "new Map([[1, Symbol()]])", "{ get a() { throw new RangeError('mine') } }", "new Error('m', { cause: () => 1 })",
  ])("refuses %s", async (expression) => {
    const [inside, inNode] = await inBoth(`return [attempt(() => structuredClone((${expression}))), attempt(() => structuredClone())];`, 1);
    expect(inside).toEqual(inNode);
  }); // prettier-ignore

  it("keeps of whatever may cross what Node does", async () => {
    const values = fc.sample(crossing, { numRuns: 150, seed: 3 }).map((make) => make());
    const { exports, outcome } = await runScript(
      "export default input.map((value) => [structuredClone(value), value])",
      { globals: { input: values }, limits: { payloadBytes: 64 << 20, memoryMb: 256 } },
    );
    expect(outcome.kind).toBe("ok");
    for (const [clone, value] of exports["default"] as [unknown, unknown][])
      // Of errors the standard keeps less than a call does.
      expect(clone).toEqual(structuredClone(value));
  });

  it("gives the classes of the realm, whatever the prototypes of what it clones", async () => {
    expect(
      await valueOf(
        `class Mine extends Map {} const clone = structuredClone([new Mine([[1, 2]]), Object.setPrototypeOf(new Date(3), null), Object.setPrototypeOf([1], null), Object.create(Error.prototype)]);
         export default clone.map((c) => [Object.getPrototypeOf(c).constructor.name, c])`,
      ),
    ).toEqual([
      ["Map", new Map([[1, 2]])],
      ["Date", new Date(3)],
      ["Array", [1]],
      ["Object", {}],
    ]);
  });

  it("transfers nothing, and says so", async () => {
    expect(
      await valueOf(
        `const bytes = new Uint8Array(4); let e; try { structuredClone(bytes, { transfer: [bytes.buffer] }) } catch (x) { e = x }
         export default [e.name, e.message, bytes.length, structuredClone(bytes, { transfer: [] }).length, structuredClone(1, undefined), structuredClone(1, {})]`,
      ),
    ).toEqual([
      "DataCloneError",
      "structuredClone: what is in `transfer` (nothing is given away here; leave it out, and it is copied) cannot be cloned",
      4,
      4,
      1,
      1,
    ]);
    await expectSame("return structuredClone(1, input);", [1, "a", { transfer: 1 }, { transfer: [1] }, null]);
  });

  it("clones a DOMException", async () => {
    await expectSame(
      "const e = structuredClone(new DOMException('m', 'AbortError')); return [e instanceof DOMException, e.name, e.message, e.code];",
      [1],
    );
  });
});

describe("DOMException", () => {
  it("is an error with a name, a message and a code", async () => {
    await expectSame(
      `const e = new DOMException(...input); return [e.name, e.message, e.code, e instanceof Error, String(e), Object.keys(e), Object.prototype.toString.call(e), e.message === e.message];`,
      [
        [],
        ["m"],
        ["m", "AbortError"],
        ["m", "SyntaxError"],
        ["m", "Mine"],
        [undefined, undefined],
        [1, null],
        ["m", "QuotaExceededError"],
      ],
    );
    await expectSame(
      "return [attempt(() => DOMException()), attempt(() => DOMException.prototype.name), attempt(() => new DOMException(Symbol())), DOMException.DATA_CLONE_ERR]",
      [1],
    );
  });

  it("crosses as an error of its name", async () => {
    expect(
      await valueOf("let e; try { atob('a') } catch (x) { e = x } export default SecureExec.bindings.f(e)", {
        bindings: { f: (e: Error) => [e.name, e.message] },
      }),
    ).toEqual(["InvalidCharacterError", "atob: the text is not valid Base64"]);
  });
});

describe("queueMicrotask", () => {
  it("runs after the code at hand and before what waits for more", async () => {
    expect(
      await valueOf(
        `const order = []; Promise.resolve().then(() => order.push("a")); queueMicrotask(function (...args) { order.push("b", args.length, this === undefined) }); Promise.resolve().then(() => order.push("c"));
         order.push("now"); await null; await null; export default [order, queueMicrotask(() => {})]`,
      ),
    ).toEqual([["now", "a", "b", 0, true, "c"], undefined]);
    await expectSame("return [attempt(() => queueMicrotask()), attempt(() => queueMicrotask(1))];", [1]);
  });

  it("ends the run with what its function throws", async () => {
    const { outcome } = await runScript(
      `queueMicrotask(() => { throw new RangeError("late") }); await null; await null;`,
    );
    expect(outcome).toMatchObject({
      kind: "error",
      error: { code: "ERR_SCRIPT_DETACHED", message: expect.stringContaining("late") },
    });
  });

  it("waits for nothing that its function returns", async () => {
    const { outcome } = await runScript(
      `queueMicrotask(() => ({ then() { throw 1 } })); queueMicrotask(async () => 1);`,
    );
    expect(outcome.kind).toBe("ok");
  });
});
