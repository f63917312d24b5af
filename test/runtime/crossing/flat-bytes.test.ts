import { expect, it } from "vitest";
import { flatRoom, readFlat, writeFlat, type FlatPart } from "../../../src/runtime/crossing/flat-bytes.ts";
import { encodeOwn } from "../../../src/runtime/crossing/host-codec.ts";
import { bytesOf } from "../../../src/runtime/crossing/message-bytes.ts";

const message = encodeOwn({ rows: [{ id: 1, name: "ₓ" }], bytes: new Uint8Array([1, 2, 3]) });
const lists: readonly (readonly FlatPart[])[] = [
  [],
  ["call", 0, "add", "f".repeat(64)],
  ["done", 2 ** 27, true, "value", null],
  ["done", -(2 ** 27) - 1, false, "value", undefined],
  [-0, NaN, 1.5, -1, 2 ** 53, Infinity],
  ["said", "log", "wide ₓ🚀\0", ""],
  ["said", "log", "\ud800"],
  ["done", 1, false, "error", Buffer.from("some bytes"), true],
  [new Uint8Array(0), new Uint8Array(20_000).fill(7), "between", new Uint8Array([1])],
];

const written = (parts: readonly FlatPart[]): Buffer<ArrayBuffer> => {
  const bytes = Buffer.alloc(flatRoom(parts) + 3, 0xee);
  return bytes.subarray(3, writeFlat(bytes, 3, parts));
};

const plain = (parts: readonly FlatPart[]): unknown[] =>
  parts.map((part) => (part instanceof Uint8Array ? [...part] : part));

it.each(lists.map((parts) => [parts]))("writes and reads what the codec would: %j", (parts) => {
  const bytes = written(parts);
  expect(bytes.equals(bytesOf(encodeOwn(parts)))).toBe(true);
  expect(plain(readFlat(bytes, 0, bytes.length) ?? [])).toStrictEqual(plain(parts));
});

it("writes a message as its bytes", () => {
  expect(written(["end", "ok", message]).equals(written(["end", "ok", bytesOf(message)]))).toBe(true);
});

it("leaves everything else to the codec: other values, and bytes that are none", () => {
  for (const other of [
    7,
    "text",
    [[1]],
    [{ a: 1 }],
    [1n],
    [new Date(0)],
    Array.from({ length: 9 }, () => 1),
  ]) {
    const bytes = bytesOf(encodeOwn(other));
    expect(readFlat(bytes, 0, bytes.length)).toBeNull();
  }
  const whole = written(["done", 1.5, true, "value", new Uint8Array([1, 2, 3])]);
  for (let end = 0; end < whole.length; end++) expect(readFlat(whole, 0, end)).toBeNull();
  for (let at = 0; at < whole.length - 3; at++) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 0xff;
    expect(() => readFlat(changed, 0, changed.length)).not.toThrow();
  }
});
