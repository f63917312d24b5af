/**
 * Bytes a compromised worker may send instead of a payload: V8 would read them all, and pay for it in the supervisor. And that
 * everything the marshal lets through passes.
 */
import { Serializer } from "node:v8";
import { describe, expect, it } from "vitest";
import { MalformedFrame } from "../../../src/runtime/process/wire/malformed.ts";
import { scan } from "../../../src/runtime/process/wire/scan.ts";

function bytesOf(value: unknown): Buffer {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

const mebibyte = 2 ** 20;
const pass = (value: unknown, maxBytes = mebibyte): void => scan(bytesOf(value), 0, maxBytes);

describe("passes", () => {
  const shared = { a: 1 };
  it.each([
    [undefined, null, true, false, -0, 1.5, 2 ** 31, -(2 ** 31), NaN, 1n, -(2n ** 64n), "a", "€", ""],
    [[], [1, , 3], Object.assign([1], { index: 0 }), Object.assign([], { length: 1e6 }), { a: { b: {} }, 1: 2 }], // prettier-ignore
    [new Date(0), new Map([[1, new Set(["€", shared, shared])]]), /a\p{L}/gu, /€/],
    [Object(1), Object(1n), Object("a"), Object("€"), Object(true), Object(false)],
    [new ArrayBuffer(3), new Uint8Array([1, 2]), new Float64Array(2), new DataView(new ArrayBuffer(9))],
    ["padding", "€", "a", "€uro", { "€": "€" }],
  ])("%#: what the marshal lets through", (...values) => {
    for (const value of [...values, values]) pass(value);
  });

  it("as many objects as a payload may hold", () => {
    const empty = Array.from({ length: mebibyte / 17 }, () => ({}));
    pass({ value: [empty] });
    pass({ value: [Array.from({ length: 60_000 }, () => new Uint8Array(1))] });
  });
});

describe("refuses", () => {
  const refused = (value: unknown): void => expect(() => pass(value)).toThrow(MalformedFrame);

  it("more objects than bytes", () => {
    refused(Array.from({ length: 200_000 }, () => ({})));
    refused(Array.from({ length: 200_000 }, () => new Map()));
    refused(Array.from({ length: 200_000 }, () => []));
  });

  it("regular expressions that take V8 seconds to make", () => {
    refused(new RegExp("a".repeat(20_000)));
    refused(new RegExp("\\p{RGI_Emoji}".repeat(10), "v"));
    refused(Array.from({ length: 10 }, (_, i) => new RegExp(`€${i}\\p{RGI_Emoji}`, "v")));
    refused(new RegExp("\\p{Lu}".repeat(200), "iu"));
  });

  it("buffers that reserve more than they hold", () => {
    refused(new ArrayBuffer(0, { maxByteLength: mebibyte }));
  });

  it("errors, which cross as records", () => {
    refused(new Error("no"));
  });

  it.each([
    ["a string behind the end", [0x22, 200, 1]],
    ["a number that does not end", [0x49, ...Array<number>(20).fill(0xff)]],
    ["a number cut short", [0x4e, 1, 2]],
    ["shared memory", [0x75, 0]],
    ["a host object", [0x5c]],
    ["a WebAssembly module", [0x77, 0]],
  ])("%s", (_name, bytes) => {
    expect(() => scan(Buffer.from([0xff, 15, ...bytes]), 0, mebibyte)).toThrow(MalformedFrame);
  });
});
