import { expect, it } from "vitest";
import {
  flatMessage,
  flatParts,
  primitiveMessage,
  type FlatPart,
} from "../../../src/runtime/crossing/flat.ts";
import { encodeOwn } from "../../../src/runtime/crossing/host-codec.ts";
import { bytesOf, messageOf } from "../../../src/runtime/crossing/message-bytes.ts";
import { written as byHand, word } from "./words.ts";

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

const written = (parts: readonly FlatPart[]): Buffer<ArrayBuffer> => bytesOf(flatMessage(parts));

const plain = (parts: readonly FlatPart[]): unknown[] =>
  parts.map((part) => (part instanceof Uint8Array ? [...part] : part));

it.each(lists.map((parts) => [parts]))("writes and reads what the codec would: %j", (parts) => {
  const bytes = written(parts);
  expect(bytes.equals(bytesOf(encodeOwn(parts)))).toBe(true);
  expect(plain(flatParts(messageOf(bytes)) ?? [])).toStrictEqual(plain(parts));
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
    expect(flatParts(encodeOwn(other))).toBeNull();
  }
  const view = [word.view(2), 3, word.buffer(3)];
  for (const [words, text, ...bytes] of [
    [[]],
    [[word.array(1)]],
    [[word.array(1), 0, 0]],
    [[word.array(1), word.text(2)], "a"],
    [[word.array(1), word.text(1)], "ab"],
    [[word.array(1), word.constant(4)]],
    [[word.array(1), word.double(1), 0, 0]],
    [[word.array(1), word.double(), 0]],
    [[word.array(1), ...view]],
    [[word.array(1), ...view], "", [1, 2]],
    [[word.array(1), ...view], "", [1, 2, 3, 4]],
    [[word.array(1), ...view], "", [1, 2], [3]],
    [[word.array(1), word.view(2), 4, word.buffer(3)], "", [1, 2, 3]],
    [[word.array(1), word.view(1), 3, word.buffer(3)], "", [1, 2, 3]],
    [[word.array(1), word.view(2), 2 ** 28 + 3, word.buffer(3)], "", [1, 2, 3]],
    [[word.array(1), word.view(2), 3, word.again(1)], "", [1, 2, 3]],
  ] as [number[], string?, ...number[][]][]) {
    expect(flatParts(byHand(words, text, ...bytes))).toBeNull();
  }
});

it("makes the message of one primitive", () => {
  for (const value of [0, -0, 1.5, "wide €", "", true, false, null, undefined]) {
    expect(bytesOf(primitiveMessage(value)).equals(bytesOf(encodeOwn(value)))).toBe(true);
  }
});
