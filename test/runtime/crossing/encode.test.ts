import { EventEmitter } from "node:events";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { encode, hostEncoder } from "../../../src/runtime/crossing/host-codec.ts";
import { ErrorDraft, hostRealm } from "../../../src/runtime/crossing/host-realm.ts";
import { messageOf, opened } from "../support/values.ts";

const mebibyte = 1 << 20;
const refusal = (value: unknown): unknown => {
  const encoded = encode(value, mebibyte);
  return encoded.ok ? encoded : `${encoded.refusal.path}: ${encoded.refusal.reason}`;
};
/** The value as it arrives. */
const sent = (value: unknown): unknown => {
  const encoded = encode(value, mebibyte);
  return encoded.ok ? opened(encoded.message) : encoded.refusal;
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
    ["a FinalizationRegistry", new FinalizationRegistry(() => {}), ": a FinalizationRegistry cannot cross"],
    ["a locale", { at: new Intl.Locale("de") }, ".at: an Intl.Locale (send its text) cannot cross"],
    ["a formatter", new Intl.NumberFormat("de"), ": an Intl.NumberFormat cannot cross"],
    ["a collator", [new Intl.Collator()], "[0]: an Intl.Collator cannot cross"],
    [
      "a function behind an accessor",
      Object.defineProperty({}, "late", { get: () => () => 1, enumerable: true }),
      ".late: a function cannot cross",
    ],
    ["a symbol as a key of a map", new Map([[{ k: Symbol() }, 1]]), "<key 0>.k: a symbol cannot cross"],
    ["a function as a value of one", new Map([[1, () => 1]]), "<value 0>: a function cannot cross"],
    ["a function in a set", new Set([1, () => 1]), "<member 1>: a function cannot cross"],
    ["a function as a cause", new Error("x", { cause: () => 1 }), ".cause: a function cannot cross"],
    ["a function beside elements", Object.assign([1], { f() {} }), ".f: a function cannot cross"],
    ["a bigint of too many bits", 2n ** 65_536n, ": a bigint of more than 65536 bits cannot cross"],
    ["its negative", [-(2n ** 65_536n)], "[0]: a bigint of more than 65536 bits cannot cross"],
    ["a name that needs quotes", { "on click": () => 1, "<b>": 1 }, '["on click"]: a function cannot cross'],
  ])("%s", (_, value, text) => {
    expect(refusal(value)).toBe(text);
  });

  it("a DisposableStack, where there is one", () => {
    const { DisposableStack } = globalThis as { DisposableStack?: new () => object };
    const value = DisposableStack === undefined ? () => 1 : new DisposableStack();
    const what = DisposableStack === undefined ? "a function" : "a DisposableStack";
    expect(refusal({ value })).toBe(`.value: ${what} cannot cross`);
  });

  it("regular expressions of which the receiver would be busy for seconds", () => {
    const reason = ": more than 4096 characters of regular expressions (`\\p{…}` counts more) cannot cross";
    expect(refusal(new RegExp("a".repeat(4097)))).toBe(reason);
    expect(refusal(new RegExp("\\p{RGI_Emoji}".repeat(3), "v"))).toBe(reason);
    expect(refusal(new RegExp("\\p{Lu}".repeat(64), "iu"))).toBe(reason);
    expect(refusal(Array.from({ length: 3 }, (_, i) => new RegExp(`€${i}\\p{RGI_Emoji}`, "v")))).toBe(
      `[2]${reason}`,
    );
    expect(sent(/\p{RGI_Emoji}/v)).toEqual(/\p{RGI_Emoji}/v);
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
      "({ d: new Date(5), m: new Map([[1, 2]]), e: new TypeError('t'), a: [1], r: /x/g, u: new Uint8Array([1]), b: Object(1n) })",
    ) as Record<string, unknown>;
    const copy = sent(foreign) as Record<string, unknown>;
    expect(copy).toStrictEqual({
      d: new Date(5),
      m: new Map([[1, 2]]),
      e: new TypeError("t"),
      a: [1],
      r: /x/g,
      u: new Uint8Array([1]),
      b: Object(1n),
    });
    expect(copy["e"]).toBeInstanceOf(TypeError);
    expect(sent([new Proxy({ a: 1 }, {}), new Proxy([1], {}), new Proxy(new Map([[1, 1]]), {})])).toEqual([
      { a: 1 },
      [1],
      {},
    ]);
  });

  it("is what it holds, although it lost its prototype", () => {
    const bare = <T extends object>(value: T): T => Object.setPrototypeOf(value, null) as T;
    const values = [new Map([[1, 2]]), new Set([1]), new Date(5), /x/g, new ArrayBuffer(2), Object("s"), Object(1n), [1], new Uint8Array([1])]; // prettier-ignore
    const copy = sent(values.map((value) => bare(structuredClone(value) as object)));
    expect(copy).toStrictEqual(values);
    expect(sent(bare(new TypeError("t")))).toStrictEqual(new Error("t"));
    expect(refusal(bare(Promise.resolve()))).toBe(": a promise inside a value (await it first) cannot cross");
  });

  it("keeps errors one object where they are one, without stacks", () => {
    const shared = Object.assign(new RangeError("r", { cause: "c" }), { code: "E", status: 1 });
    const copy = sent({ list: [shared, shared], agg: new AggregateError([shared], "a") }) as {
      list: [RangeError & { code: string; status: number }, unknown];
      agg: AggregateError;
    };
    expect(copy.list[0]).toBe(copy.list[1]);
    expect(copy.agg.errors[0]).toBe(copy.list[0]);
    expect(copy.list[0]).toBeInstanceOf(RangeError);
    expect(copy.list[0]).toMatchObject({ message: "r", code: "E", cause: "c", status: 1 });
    expect(Object.keys(copy.list[0])).toEqual(["code", "status"]);
    expect([copy.list[0].stack, copy.agg.stack]).toEqual(["RangeError: r", "AggregateError: a"]);
  });

  it("knows an error by what it is, not by what it looks like", () => {
    expect(sent(Object.create(Error.prototype))).toStrictEqual({});
    expect(sent({ name: "Error", message: "m", stack: "s" })).toStrictEqual({
      name: "Error",
      message: "m",
      stack: "s",
    });
    const silent = sent(new Error()) as Error;
    expect([Object.hasOwn(silent, "message"), silent.message, silent.stack]).toEqual([false, "", "Error"]);
    const empty = sent(new Error("")) as Error;
    expect(Object.hasOwn(empty, "message")).toBe(true);
    class Mine extends TypeError {
      override readonly name = "Mine";
      readonly code = "E_MINE";
    }
    const mine = sent(new Mine("m")) as Error;
    expect(Object.getPrototypeOf(mine)).toBe(TypeError.prototype);
    expect(mine).toMatchObject({ name: "Mine", code: "E_MINE", message: "m" });
  });

  it("takes a draft for the error it describes", () => {
    const draft = new ErrorDraft("RangeError", "m", "N", "C");
    draft.data = { n: [draft] };
    draft.hasCause = true;
    draft.cause = undefined;
    const error = opened(messageOf(draft)) as RangeError & { n: unknown[] };
    expect(error).toBeInstanceOf(RangeError);
    expect(error).toMatchObject({ name: "N", message: "m", code: "C" });
    expect([error.n[0] === error, Object.hasOwn(error, "cause"), error.stack]).toEqual([true, true, "N: m"]);
  });

  it("lets the caller decide what of an error crosses", () => {
    const masked = hostEncoder({
      ...hostRealm,
      readError: (error) => ({ ...hostRealm.readError(error), message: "masked", hasCause: false, keys: [] }),
    });
    const error = Object.assign(new Error("secret", { cause: new Error("x") }), { internal: 1 });
    const encoded = masked([error], mebibyte);
    if (!encoded.ok) throw new Error(encoded.refusal.reason);
    const [copy] = opened(encoded.message) as [Error];
    expect([copy.message, Object.hasOwn(copy, "cause"), Object.keys(copy)]).toEqual(["masked", false, []]);
    expect(encoded.message.text).toBe("masked");
  });

  it("is refused before its bytes are copied, and counted as they are", () => {
    expect(encode("x".repeat(100), 50)).toMatchObject({
      ok: false,
      refusal: { code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE", path: "" },
    });
    expect(encode(new Uint8Array(100), 50)).toMatchObject({ ok: false });
    expect(encode(1, 8)).toMatchObject({ ok: true, bytes: 8 });
    expect(encode(1, 7)).toMatchObject({ ok: false });
    expect(encode("abc", mebibyte)).toMatchObject({ ok: true, bytes: 11 });
    expect(encode({ rows: [1, 2, "x".repeat(100)] }, 250)).toMatchObject({ refusal: { path: ".rows" } });
  });

  it("is sent by itself while one of its accessors sends another", () => {
    const inner: unknown[] = [];
    const copy = sent({
      a: 1,
      get b() {
        inner.push(sent({ x: [1, "y"], z: new Uint8Array([7]) }));
        return new Uint8Array([1, 2]);
      },
      c: { a: "end" },
    });
    expect(copy).toStrictEqual({ a: 1, b: new Uint8Array([1, 2]), c: { a: "end" } });
    expect(inner).toStrictEqual([{ x: [1, "y"], z: new Uint8Array([7]) }]);
  });

  it("holds what an accessor left of it", () => {
    const value: { a?: unknown; b?: number; c: number } = {
      get a() {
        delete value.b;
        return 1;
      },
      b: 2,
      c: 3,
    };
    expect(sent(value)).toStrictEqual({ a: 1, c: 3 });
    const list = [1, 2, 3];
    Object.defineProperty(list, 0, { get: () => ((list.length = 2), 9), enumerable: true });
    expect(sent([list])).toStrictEqual([Object.assign([9, 2], { length: 3 })]);
  });

  it("is right again after one that was refused or threw in the middle", () => {
    for (let turn = 0; turn < 3; turn++) {
      expect(refusal({ a: new Uint8Array(9), list: [{ b: 1 }, () => 1] })).toContain(".list[1]");
      expect(() => sent({ a: { c: 1 }, get b(): never { throw new Error("mine"); } })).toThrow("mine"); // prettier-ignore
      expect(sent({ a: 1, c: [new Uint8Array([5])] })).toStrictEqual({ a: 1, c: [new Uint8Array([5])] });
    }
  });

  it("is right again after another with as many objects and names, in another order", () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({ [`name${i}`]: i }));
    for (const value of [rows, rows.toReversed(), [...rows, rows[0]], rows.toReversed()])
      expect(sent(value)).toEqual(value);
  });

  it("throws what an accessor throws", () => {
    expect(() => encode({ get a() { throw new RangeError("mine") } }, mebibyte)).toThrow("mine"); // prettier-ignore
  });

  it("refuses deep data", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 20_000; i++) deep = [deep];
    expect(encode(deep, mebibyte)).toMatchObject({
      ok: false,
      refusal: { code: "ERR_BINDING_NOT_CLONABLE", reason: expect.stringContaining("nested deeper") },
    });
  });
});
