import { deserialize, serialize } from "node:v8";
import { describe, expect, it } from "vitest";
import { decode } from "../../../src/runtime/marshal/decode.ts";
import { encode } from "../../../src/runtime/marshal/encode.ts";

const options = { maxBytes: 1 << 20 };
const malformed = { ok: false, reason: "malformed" };
const record = (more: object = {}): Record<string, unknown> => ({
  class: "RangeError",
  message: "m",
  ...more,
});

describe("an honest parcel", () => {
  it("becomes values with real errors, by identity", () => {
    const inner = record({ class: "TypeError" });
    const outer = record({
      class: "AggregateError",
      name: "N",
      code: "C",
      errors: [inner],
      cause: inner,
      data: { n: [inner] },
    });
    const result = decode(
      { value: [outer, inner, { class: "Error", message: "data" }], errors: [outer, inner] },
      options,
    );
    if (!result.ok) throw new Error(result.reason);
    const [error, cause, data] = result.value as [
      AggregateError & { code: string; n: unknown[] },
      Error,
      unknown,
    ];
    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toMatchObject({ name: "N", message: "m", code: "C" });
    expect([error.cause, error.errors[0], error.n[0]]).toEqual([cause, cause, cause]);
    expect(cause).toBeInstanceOf(TypeError);
    expect([error.stack, cause.stack]).toEqual(["N: m", "TypeError: m"]);
    expect(data).toEqual({ class: "Error", message: "data" });
  });

  it("survives V8's serialisation between two processes", () => {
    const value = {
      map: new Map([[new Error("k"), new Set([new RangeError("m")])]]),
      cyclic: {} as { self?: unknown },
      bytes: new Uint8Array([1]),
      big: 5n,
    };
    value.cyclic.self = value.cyclic;
    const encoded = encode(value, options);
    if (!encoded.ok) throw new Error(encoded.refusal.reason);
    const result = decode(deserialize(serialize(encoded.parcel)), options);
    expect(result).toMatchObject({ ok: true, value: { big: 5n } });
    if (!result.ok) return;
    const back = result.value as typeof value;
    expect(back.cyclic.self).toBe(back.cyclic);
    expect([...back.map][0]![0]).toBeInstanceOf(Error);
    expect([...[...back.map][0]![1]][0]).toBeInstanceOf(RangeError);
  });

  it.each<[string, unknown]>([
    ["a long list", Array.from({ length: 5_000 }, (_, i) => i)],
    ["a list with holes", Object.assign([], { 7: 1, 3_000: 2 })],
    ["a list with names", Object.assign([1, "two"], { index: 0, input: "abc" })],
    ["rows", Array.from({ length: 50 }, (_, id) => ({ id, name: `row ${id}`, tags: ["a", "b"] }))],
    ["collections", [new Map([["a", [1]]]), new Set([1n, "€".repeat(40)])]],
    ["bytes and dates", [new Uint8Array(9), new ArrayBuffer(5), new Date(0), /a+/u, Object("box")]],
  ])("is counted as its sender counted it: %s", (_name, value) => {
    const sent = encode(value, { maxBytes: 1e9 });
    if (!sent.ok) throw new Error(sent.refusal.reason);
    const received = decode(structuredClone(sent.parcel), { maxBytes: 1e9 });
    expect(received).toMatchObject({ ok: true, bytes: sent.bytes });
  });

  it("keeps the order of a map whose keys are errors", () => {
    const key = record();
    const result = decode({ value: new Map<unknown, unknown>([[1, "a"], [key, "b"], [2, "c"]]), errors: [key] }, options); // prettier-ignore
    expect(result.ok && [...(result.value as Map<unknown, unknown>).values()]).toEqual(["a", "b", "c"]);
  });
});

describe("a hostile parcel", () => {
  const deep = (): unknown => {
    let value: unknown = 1;
    for (let i = 0; i < 20_000; i++) value = [value];
    return value;
  };
  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["null", null],
    ["a number", 5],
    ["no value", {}],
    ["errors that are no list", { value: 1, errors: {} }],
    ["errors that are a number", { value: 1, errors: 7 }],
    ["an entry that is no object", { value: 1, errors: [1] }],
    ["a record without a class", { value: record({ class: 5 }), errors: [] }],
    ["an own __proto__ key", { value: JSON.parse('{"__proto__":{"isAdmin":true}}') }],
    ["an own __proto__ key below", { value: [{ a: JSON.parse('{"__proto__":1}') }] }],
    ["20,000 levels", { value: deep() }],
    ["a native error", { value: [new Error("x")] }],
    ["shared memory", { value: new SharedArrayBuffer(8) }],
    ["a huge bigint", { value: 2n ** 70_000n }],
    ["a function", { value: () => 1 }],
    ["a symbol", { value: [Symbol()] }],
    ["a promise", { value: Promise.resolve() }],
  ])("%s", (name, parcel) => {
    if (name === "a record without a class") {
      const bad = record({ class: 5 });
      expect(decode({ value: bad, errors: [bad] }, options)).toEqual(malformed);
    } else expect(decode(parcel, options)).toEqual(malformed);
  });

  it.each([
    record({ message: 5 }),
    record({ name: {} }),
    record({ code: [] }),
    record({ data: JSON.parse('{"__proto__":1}') }),
    record({ data: { stack: "/etc/passwd" } }),
  ])("a bad record %#", (bad) => {
    expect(decode({ value: bad, errors: [bad] }, options)).toEqual(malformed);
  });

  it("an unknown class is an Error, never a look-up on a prototype", () => {
    for (const name of ["__proto__", "constructor", "toString", "Function", "AsyncFunction", "Evil"]) {
      const odd = record({ class: name });
      const result = decode({ value: odd, errors: [odd] }, options);
      expect(result.ok && Object.getPrototypeOf(result.value as object)).toBe(Error.prototype);
    }
  });

  it("a record whose cause is itself", () => {
    const loop = record();
    loop["cause"] = loop;
    const result = decode({ value: loop, errors: [loop] }, options);
    expect(result.ok && (result.value as Error).cause === result.value).toBe(true);
  });

  it("more than the limit", () => {
    const tooLarge = { ok: false, reason: "too-large" };
    expect(decode({ value: "x".repeat(100) }, { maxBytes: 50 })).toEqual(tooLarge);
    expect(decode({ value: [new Uint8Array(100)] }, { maxBytes: 50 })).toEqual(tooLarge);
    expect(decode({ value: Array(100) }, { maxBytes: 50 })).toEqual(tooLarge);
    expect(decode({ value: [], errors: Array(100).fill({}) }, { maxBytes: 50 })).toEqual(tooLarge);
    const shared = record({ message: "x".repeat(60) });
    expect(decode({ value: shared, errors: [shared] }, { maxBytes: 80 })).toEqual(tooLarge);
  });

  it("a graph of shared references costs its size, not its paths", () => {
    let value: unknown = {};
    for (let i = 0; i < 300; i++) value = [value, value];
    const started = performance.now();
    expect(decode({ value }, options)).toMatchObject({ ok: true });
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

it("both sides count a value alike", () => {
  for (const value of [1, "abc", [1, "x", null], { a: { b: new Uint8Array(5) } }, new Map([[1, { x: 2n }]]), new Set(["y"]), new Error("message"), Array(7)]) {
    const encoded = encode(value, options);
    if (!encoded.ok) throw new Error(encoded.refusal.reason);
    const decoded = decode(encoded.parcel, options);
    if (!decoded.ok) throw new Error(decoded.reason);
    expect(Math.abs(decoded.bytes - encoded.bytes)).toBeLessThanOrEqual(32);
  }
}); // prettier-ignore
