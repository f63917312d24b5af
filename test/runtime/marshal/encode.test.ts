import { EventEmitter } from "node:events";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { encode } from "../../../src/runtime/marshal/encode.ts";

const options = { maxBytes: 1 << 20 };
const refusal = (value: unknown): unknown => {
  const encoded = encode(value, options);
  return encoded.ok ? encoded : `${encoded.refusal.path}: ${encoded.refusal.reason}`;
};
const sent = (value: unknown): unknown => {
  const encoded = encode(value, options);
  return encoded.ok ? encoded.parcel.value : encoded.refusal;
};

describe("what a host function may not return", () => {
  it.each<[string, unknown, string]>([
    ["a function", { rows: [{ onClick() {} }] }, ".rows[0].onClick: a function cannot cross"],
    ["a symbol", [Symbol("s")], "[0]: a symbol cannot cross"],
    ["a URL", { link: new URL("https://example.com") }, ".link: a URL (send its `href`) cannot cross"],
    [
      "URLSearchParams",
      new URLSearchParams("a=1"),
      ": a URLSearchParams (send its `toString()`) cannot cross",
    ],
    ["Headers", new Headers({ a: "1" }), ": a Headers (send `Object.fromEntries(headers)`) cannot cross"],
    ["a Blob", new Blob(["x"]), ": a Blob (send `await blob.bytes()`) cannot cross"],
    [
      "a Response",
      new Response("x"),
      ": a Response (send its `status` and `await response.json()`) cannot cross",
    ],
    [
      "an AbortSignal",
      AbortSignal.timeout(1e6),
      ": an AbortSignal (it is a resource of the host) cannot cross",
    ],
    [
      "a promise inside",
      { p: Promise.resolve(1) },
      ".p: a promise inside a value (await it first) cannot cross",
    ],
    [
      "a generator",
      (function* () {})(),
      ": an iterator or generator (collect it into an array first) cannot cross",
    ],
    [
      "a map iterator",
      new Map().values(),
      ": an iterator or generator (collect it into an array first) cannot cross",
    ],
    ["shared memory", new SharedArrayBuffer(8), ": a SharedArrayBuffer cannot cross"],
    [
      "a view of it",
      [new Uint8Array(new SharedArrayBuffer(8))],
      "[0]: a view of a SharedArrayBuffer cannot cross",
    ],
    [
      "a WebAssembly.Module",
      new (
        globalThis as unknown as { WebAssembly: { Module: new (bytes: Uint8Array) => object } }
      ).WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
      ": a WebAssembly object cannot cross",
    ],
    ["a WeakMap", new WeakMap(), ": a WeakMap cannot cross"],
    ["a WeakRef", new WeakRef({}), ": a WeakRef cannot cross"],
    [
      "an own __proto__",
      JSON.parse('{"a":{"__proto__":{}}}'),
      ".a.__proto__: an own property of this name cannot cross",
    ],
    [
      "a host object of functions",
      Object.assign(new EventEmitter(), { f() {} }),
      ".f: a function cannot cross",
    ],
    [
      "a detached buffer",
      (() => {
        const b = new ArrayBuffer(4);
        structuredClone(b, { transfer: [b] });
        return b;
      })(),
      ": a detached ArrayBuffer cannot cross",
    ],
    [
      "a proxy of an opaque object",
      new Proxy(new URL("https://example.com"), {}),
      ": a URL (send its `href`) cannot cross",
    ],
    ["the global object", globalThis, ": the global object cannot cross"],
  ])("%s", (_, value, text) => {
    expect(refusal(value)).toBe(text);
  });
});

describe("what arrives of a host value", () => {
  it("is a copy with exact ranges", () => {
    const pool = Buffer.from("secret");
    const value = sent({ a: pool, b: pool.subarray(1, 3) }) as { a: Uint8Array; b: Uint8Array };
    expect([value.a.buffer.byteLength, value.b.buffer.byteLength]).toEqual([6, 2]);
    expect([Buffer.from(value.a).toString(), Buffer.from(value.b).toString()]).toEqual(["secret", "ec"]);
    expect(Object.getPrototypeOf(value.a)).toBe(Uint8Array.prototype);
    const whole = new Uint8Array(4);
    const copy = sent(whole) as Uint8Array;
    whole[0] = 9;
    expect(copy[0]).toBe(0);
  });

  it("does not depend on a buffer that can still change its length", () => {
    const resizable = new ArrayBuffer(8, { maxByteLength: 64 });
    const copy = sent({ whole: resizable, tail: new Uint8Array(resizable, 4) }) as {
      whole: ArrayBuffer;
      tail: Uint8Array;
    };
    expect([copy.whole.byteLength, copy.whole.resizable, copy.tail.byteLength]).toEqual([8, false, 4]);
  });

  it("is the own data of an instance, plain", () => {
    class Money {
      amount = 5;
      #secret = 1;
      get double(): number {
        return this.amount * 2 + this.#secret;
      }
    }
    expect(sent([new Money(), Object.create(null, { x: { value: 1, enumerable: true } })])).toEqual([
      { amount: 5 },
      { x: 1 },
    ]);
    expect(Object.getPrototypeOf(sent(new Money()))).toBe(Object.prototype);
  });

  it("is right for objects of another realm and for proxies", () => {
    const foreign = runInNewContext(
      "({ d: new Date(5), m: new Map([[1, 2]]), e: new TypeError('t'), a: [1], r: /x/g, u: new Uint8Array([1]) })",
    ) as Record<string, unknown>;
    const encoded = encode(foreign, options);
    expect(encoded).toMatchObject({
      ok: true,
      parcel: {
        value: {
          d: new Date(5),
          m: new Map([[1, 2]]),
          e: { class: "TypeError", message: "t" },
          a: [1],
          r: /x/g,
          u: new Uint8Array([1]),
        },
      },
    });
    expect(sent([new Proxy({ a: 1 }, {}), new Proxy([1], {}), new Proxy(new Map([[1, 1]]), {})])).toEqual([
      { a: 1 },
      [1],
      {},
    ]);
  });

  it("lists errors by identity, without stacks", () => {
    const shared = Object.assign(new RangeError("r", { cause: "c" }), { code: "E", status: 1 });
    const encoded = encode({ list: [shared, shared], agg: new AggregateError([shared], "a") }, options);
    if (!encoded.ok) throw new Error(encoded.refusal.reason);
    const { value, errors } = encoded.parcel as {
      value: { list: unknown[]; agg: { errors: unknown[] } };
      errors: unknown[];
    };
    expect(errors).toHaveLength(2);
    expect(errors).toContain(value.list[0]);
    expect(value.list[0]).toBe(value.list[1]);
    expect(value.agg.errors[0]).toBe(value.list[0]);
    expect(value.list[0]).toEqual({
      class: "RangeError",
      message: "r",
      code: "E",
      cause: "c",
      data: { status: 1 },
    });
    expect(JSON.stringify(encoded)).not.toContain("stack");
  });

  it("lets the caller decide what of an error crosses", () => {
    const error = Object.assign(new Error("secret", { cause: new Error("x") }), { internal: 1 });
    const encoded = encode([error], {
      ...options,
      readError: (_, view) => ({ ...view, message: "masked", hasCause: false, keys: [] }),
    });
    expect(encoded).toMatchObject({ ok: true, parcel: { value: [{ class: "Error", message: "masked" }] } });
    expect(JSON.stringify(encoded)).not.toMatch(/secret|internal|cause/);
  });

  it("counts bytes and refuses before copying them", () => {
    expect(encode("x".repeat(100), { maxBytes: 50 })).toMatchObject({
      ok: false,
      refusal: { code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE" },
    });
    expect(encode(new Uint8Array(100), { maxBytes: 50 })).toMatchObject({ ok: false });
    expect(encode(1, { maxBytes: 8 })).toEqual({ ok: true, parcel: { value: 1 }, bytes: 8 });
    expect(encode("abc", options)).toMatchObject({ ok: true, bytes: 11 });
  });

  it("throws what an accessor throws", () => {
    expect(() => encode({ get a() { throw new RangeError("mine") } }, options)).toThrow("mine"); // prettier-ignore
  });

  it("refuses deep data", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 20_000; i++) deep = [deep];
    expect(encode(deep, options)).toMatchObject({
      ok: false,
      refusal: { code: "ERR_BINDING_NOT_CLONABLE", reason: expect.stringContaining("nested deeper") },
    });
  });
});
