import { describe, expect, it } from "vitest";
import { format } from "../../../src/runtime/crossing/format.ts";
import { decode, encode } from "../../../src/runtime/crossing/host-codec.ts";
import type { Message } from "../../../src/runtime/crossing/message.ts";
import { messageOf, opened } from "../support/values.ts";
import { errorWord, rare, word, written } from "./words.ts";

const noLimit = 2 ** 50;
const verdict = (message: Message, maxBytes = noLimit): string => {
  const decoded = decode(message, maxBytes);
  return decoded.ok ? "read" : decoded.reason;
};
const { integer, text, object, shape, array, listed, again, constant, missing, double, map, set, buffer, view, error } = word; // prettier-ignore
const one = integer(1);
const viewOf = (name: (typeof format.views)[number]): number => view(format.views.indexOf(name));

describe("an honest message", () => {
  it("becomes values with real errors, by identity", () => {
    const inner = new TypeError("m");
    const outer = Object.assign(new AggregateError([inner], "m", { cause: inner }), {
      name: "N",
      code: "C",
      n: [inner],
    });
    const [error, cause, data] = opened(messageOf([outer, inner, { class: "Error", message: "data" }])) as [
      AggregateError & { code: string; n: unknown[] },
      Error,
      unknown,
    ];
    expect(error).toBeInstanceOf(AggregateError);
    expect(error).toMatchObject({ name: "N", message: "m", code: "C" });
    expect([error.cause, error.errors[0], error.n[0]]).toEqual([cause, cause, cause]);
    expect(cause).toBeInstanceOf(TypeError);
    expect([error.stack, cause.stack]).toEqual(["N: m", "TypeError: m"]);
    expect(Object.keys(error)).toEqual(["code", "n"]);
    expect(data).toEqual({ class: "Error", message: "data" });
  });

  it("keeps the order of a map whose keys are errors", () => {
    const value = new Map<unknown, unknown>([[1, "a"], [new RangeError("k"), "b"], [2, "c"]]); // prettier-ignore
    expect([...(opened(messageOf(value)) as typeof value).values()]).toEqual(["a", "b", "c"]);
  });

  it("is read where it lies among others, and in pieces", () => {
    const { words } = written([0, array(2), text(2), viewOf("Uint8Array"), 2, buffer(2), 0]);
    const message = { ...written([]), words, from: 1, to: 6, text: "ab", bytes: [Uint8Array.of(7, 8)] };
    expect(opened(message)).toStrictEqual(["ab", Uint8Array.of(7, 8)]);
    const pieces = written([array(4), buffer(2), buffer(0), buffer(1), buffer(3)], "", [1, 2, 3], [4, 5, 6]);
    const lists = (opened(pieces) as ArrayBuffer[]).map((bytes) => [...new Uint8Array(bytes)]);
    expect(lists).toEqual([[1, 2], [], [3], [4, 5, 6]]);
  });

  it("owns a buffer only when it may, and all of it", () => {
    const piece = Uint8Array.of(1, 2, 3);
    const message = { ...written([buffer(3)]), bytes: [piece] };
    expect(opened({ ...message, ownsBytes: true })).toBe(piece.buffer);
    const copy = opened(message) as ArrayBuffer;
    piece[0] = 9;
    expect([...new Uint8Array(copy)]).toEqual([1, 2, 3]);
    const part = { ...message, bytes: [new Uint8Array(new ArrayBuffer(8), 2, 3)], ownsBytes: true };
    expect((opened(part) as ArrayBuffer).byteLength).toBe(3);
  });

  it("may name what every object has, and the result has it as its own", () => {
    const value: object = { toString: 1, constructor: 2, hasOwnProperty: 3, valueOf: 4 };
    const copy = opened(messageOf([value, value, { ...value, toString: 5 }])) as object[];
    expect(copy).toEqual([value, value, { ...value, toString: 5 }] as object[]);
    expect(copy.map((each) => Object.getPrototypeOf(each) as unknown)).toEqual([Object.prototype, Object.prototype, Object.prototype]); // prettier-ignore
  });

  it("tells shapes apart that have the same letters", () => {
    const values = [{ ab: 1, c: 2 }, { a: 1, bc: 2 }, { abc: 1 }, { a: 1, b: 2, c: 3 }, { c: 1, ab: 2 }, { "": 1, abc: 2 }, { abc: 1, "": 2 }]; // prettier-ignore
    for (const value of [...values, ...values, values, values.toReversed()]) {
      const copy = opened(messageOf(value));
      expect(copy).toEqual(value);
      expect(JSON.stringify(copy)).toBe(JSON.stringify(value));
    }
    for (let i = 0; i < 1000; i++)
      expect(opened(messageOf({ [`n${i}`]: i, a: 1 }))).toEqual({ [`n${i}`]: i, a: 1 });
  });

  it("gives each name its own value where a number stands behind other names, which objects list first", () => {
    const words = [shape(2), text(1), text(1), integer(1), integer(2)];
    for (let turn = 0; turn < 2; turn++) {
      expect(opened(written(words, "b0"))).toEqual({ b: 1, 0: 2 });
      expect(opened(written(words, "0b"))).toEqual({ 0: 1, b: 2 });
    }
  });

  it("lets members be absent that others of its shape have", () => {
    const rows = [
      shape(2),
      text(1),
      text(1),
      one,
      one,
      object(0),
      missing(1),
      one,
      object(0),
      one,
      missing(1),
    ];
    expect(opened(written([array(3), ...rows], "ab"))).toStrictEqual([{ a: 1, b: 1 }, { b: 1 }, { a: 1 }]);
    expect(opened(written([array(2), shape(1), text(8), missing(1), object(0), one], "toString"))).toStrictEqual([{}, { toString: 1 }] as object[]); // prettier-ignore
    const beside = written([listed(0), shape(2), text(1), text(1), missing(1), one], "ab");
    expect(opened(beside)).toStrictEqual(Object.assign([], { b: 1 }));
  });
});

describe("malformed", () => {
  const a = [shape(1), text(1)];
  const unknownError = error(format.errors.length);
  const cases: [string, Message][] = [
    ["nothing", written([])],
    ["a word of no kind", written([missing(1)])],
    ["an unknown constant", written([constant(4)])],
    ["a large unknown constant", written([constant(2 ** 28 - 1)])],
    ["an unknown rare kind", written([word.rare(Object.keys(format.rare).length)])],
    ["a double with a number", written([double(1), 0, 0])],
    ["a double cut short", written([double(), 0])],
    ["a text beyond the letters", written([text(3)], "ab")],
    ["a text of 256 megabytes that is not there", written([text(2 ** 28 - 1)], "ab")],
    ["an object that was not before", written([again(0)])],
    ["an object that comes later", written([array(2), again(1), array(0)])],
    ["an object of a shape that is not", written([object(0)])],
    ["an object of a shape that is not yet", written([array(2), object(0), ...a, one], "a")],
    ["a shape of more names than there are words", written([shape(2), text(1)], "a")],
    ["a shape of 268 million names", written([shape(2 ** 28 - 1), text(1), one], "a")],
    ["a name that is a number", written([shape(1), one, one])],
    ["a name beyond the letters", written([shape(1), text(2), one], "a")],
    ["a name that was not before", written([shape(1), again(0), one])],
    ["a name that comes in the same shape", written([shape(2), again(1), text(1), one, one], "a")],
    ["a name twice", written([shape(2), text(1), text(1), one, one], "aa")],
    ["a name twice, the second time by its number", written([shape(2), text(1), again(0), one, one], "a")],
    ["a number twice as a name", written([shape(2), text(1), text(1), one, one], "77")],
    ["a name twice after a member that was absent", written([array(2), shape(1), text(1), missing(1), shape(2), text(1), text(1), one, one], "abb")],
    ["a name twice around a member that is absent", written([shape(2), text(1), text(1), one, missing(1)], "aa")],
    ["an own __proto__", written([shape(1), text(9), one], "__proto__")],
    ["an own __proto__ further down", written([array(2), ...a, one, shape(2), again(0), text(9), one, one], "a__proto__")],
    ["a member that is missing twice", written([...a, missing(2)], "a")],
    ["a member too few", written([shape(2), text(1), text(1), one], "ab")],
    ["an element too few", written([array(2), one])],
    ["no holes", written([array(1), missing(0), one])],
    ["more holes than places", written([array(2), one, missing(2)])],
    ["a list without its names", written([listed(0)])],
    ["a list whose names are none", written([listed(0), one])],
    ["a list whose names are a map", written([listed(0), map(0)])],
    ["a list that names its length", written([listed(0), shape(1), text(6), one], "length")],
    ["a list that names an element", written([listed(0), shape(1), text(1), one], "0")],
    ["a list with an own __proto__", written([listed(0), shape(1), text(9), one], "__proto__")],
    ["a list that names something twice", written([listed(0), shape(2), text(1), text(1), one, one], "aa")],
    ["a map that is too short", written([map(1), one])],
    ["a map with equal keys", written([map(2), one, one, one, one])],
    ["a map whose keys are equal to a map", written([map(2), one, one, double(), 0, 0x3ff00000, one])],
    ["a map with both zeros", written([map(2), integer(0), one, double(), 0, -0x80000000, one])],
    ["a map with one object twice", written([map(2), array(0), one, again(1), one])],
    ["a set with equal members", written([set(2), text(1), text(1)], "aa")],
    ["a set with NaN twice", written([set(2), double(), 0, 0x7ff80000, double(), 1, 0x7ff80000])],
    ["a set that is too short", written([set(2), one])],
    ["a buffer that is not there", written([buffer(1)])],
    ["a buffer longer than its piece", written([buffer(3)], "", [1, 2], [3])],
    ["a buffer of 256 megabytes that is not there", written([buffer(2 ** 28 - 1)], "", [1])],
    ["a piece that is empty", written([buffer(1)], "", [], [1])],
    ["a view of an unknown class", written([view(format.views.length), 0, buffer(0)])],
    ["a view without its buffer", written([viewOf("Uint8Array"), 0])],
    ["a view without its length", written([viewOf("Uint8Array")])],
    ["a view of a number", written([viewOf("Uint8Array"), 0, one])],
    ["a view of a list", written([array(2), array(0), viewOf("Uint8Array"), 0, again(1)])],
    ["a view of a view", written([array(2), viewOf("Uint8Array"), 0, buffer(0), viewOf("Uint8Array"), 0, again(1)])],
    ["a view of itself", written([viewOf("Uint8Array"), 0, again(0)])],
    ["a view that is longer than its buffer", written([viewOf("Uint8Array"), 2, buffer(1)], "", [1])],
    ["a view that is shorter than its buffer", written([viewOf("Uint8Array"), 1, buffer(2)], "", [1, 2])],
    ["a view of half an element", written([viewOf("Int16Array"), 1, buffer(3)], "", [1, 2, 3])],
    ["a view of less than nothing", written([viewOf("Uint8Array"), -1, buffer(0)])],
    ["a DataView of another length", written([viewOf("DataView"), 1, buffer(2)], "", [1, 2])],
    ["a bigint of no digits", written([rare.bigint, text(0)])],
    ["a bigint of other letters", written([rare.bigint, text(2)], "fg")],
    ["a bigint of capitals", written([rare.bigint, text(2)], "FF")],
    ["a bigint with a sign", written([rare.negativeBigint, text(2)], "-1")],
    ["a bigint of spaces", written([rare.bigint, text(2)], " 1")],
    ["a bigint with a prefix", written([rare.bigint, text(3)], "0x1")],
    ["a bigint of wide digits", written([rare.bigint, text(1)], "１")],
    ["a bigint of too many digits", written([rare.bigint, text(16_385)], "f".repeat(16_385))],
    ["a bigint of no text", written([rare.bigint, one])],
    ["a bigint of 64 bits, cut short", written([rare.bigint64, 1])],
    ["a date cut short", written([rare.date, 0])],
    ["a box of nothing", written([rare.boxed, constant(format.constant.undefined)])],
    ["a box of null", written([rare.boxed, constant(format.constant.null)])],
    ["a box of a list", written([rare.boxed, array(0)])],
    ["a box of itself", written([rare.boxed, again(0)])],
    ["an expression that is none", written([rare.regexp, 0, text(1)], "(")],
    ["an expression that is none with these flags", written([rare.regexp, 1 << 5, text(2)], "\\-")],
    ["both flags for Unicode", written([rare.regexp, (1 << 5) | (1 << 6), text(1)], "a")],
    ["an unknown flag", written([rare.regexp, 1 << 8, text(1)], "a")],
    ["flags below nothing", written([rare.regexp, -1, text(1)], "a")],
    ["an expression without a source", written([rare.regexp, 0])],
    ["an expression whose source is no text", written([rare.regexp, 0, one])],
    ["an expression that takes seconds to make", written([rare.regexp, 0, text(4097)], "a".repeat(4097))],
    ["properties that take seconds to make", written([rare.regexp, 1 << 5, text(64 * 6)], "\\p{Lu}".repeat(64))],
    ["sequences that take seconds to make", written([rare.regexp, 1 << 6, text(39)], "\\p{RGI_Emoji}".repeat(3))],
    ["two of them that do so together", written([array(2), rare.regexp, 0, text(2049), rare.regexp, 0, text(2048)], "a".repeat(4097))],
    ["a class of Temporal that is not", written([rare.temporal, 8, text(10)], "2020-01-01")],
    ["a class of Temporal below the first", written([rare.temporal, -1, text(10)], "2020-01-01")],
    ["a text that is no Temporal", written([rare.temporal, 2, text(3)], "now")],
    ["a Temporal without a text", written([rare.temporal, 2, one])],
    ["an error of an unknown class", written([unknownError])],
    ["an error of parts that are not", written([error(1024)])],
    ["an error without its message", written([errorWord(0, "message")])],
    ["an error whose message is a number", written([errorWord(0, "message"), one])],
    ["an error whose name is an object", written([errorWord(0, "name"), array(0)])],
    ["an error whose code is a list", written([errorWord(0, "code"), array(0)])],
    ["an error without its cause", written([errorWord(0, "cause")])],
    ["an error without its data", written([errorWord(0, "data")])],
    ["an error whose data is a list", written([errorWord(0, "data"), array(0)])],
    ["an error whose data was here before", written([array(2), shape(0), errorWord(0, "data"), again(1)])],
    ["an error that says its stack", written([errorWord(0, "data"), shape(1), text(5), text(11)], "stack/etc/passwd")],
    ["an error with an own __proto__", written([errorWord(0, "data"), shape(1), text(9), one], "__proto__")],
    ["an error that names something twice", written([errorWord(0, "data"), shape(2), text(1), text(1), one, one], "aa")],
    ["an error whose message is data", written([errorWord(0, "data"), shape(1), text(7), one], "message")],
    ["an error whose message is text and data", written([errorWord(0, "message", "data"), text(1), shape(1), text(7), one], "mmessage")],
    ["an error whose name is data", written([errorWord(0, "data"), shape(1), text(4), one], "name")],
    ["an error whose cause is data", written([errorWord(0, "cause", "data"), one, shape(1), text(5), one], "cause")],
    ["an error with two codes", written([errorWord(0, "code", "data"), text(1), shape(1), text(4), one], "Ccode")],
    ["an error with two lists of errors", written([errorWord(7, "errors", "data"), array(0), shape(1), text(6), one], "errors")],
    ["a word left over", written([one, one])],
    ["a letter left over", written([text(1)], "ab")],
    ["a letter that no word asks for", written([one], "a")],
    ["bytes left over", written([buffer(1)], "", [1, 2])],
    ["a piece left over", written([buffer(1)], "", [1], [2])],
    ["bytes that no word asks for", written([one], "", [1])],
  ]; // prettier-ignore

  it.each(cases)("%s", (_name, message) => {
    expect(verdict(message)).toBe("malformed");
    // And says so at once: what was learned from a bad message is no part of the next one.
    expect(verdict(message)).toBe("malformed");
    expect(opened(written([array(2), ...a, one, object(0), integer(2)], "a"))).toStrictEqual([
      { a: 1 },
      { a: 2 },
    ]);
  });

  it("whatever is cut off at its end", () => {
    const everything = messageOf([
      { id: 1, name: "text", list: [1.5, , "x"], deep: { id: -1 } },
      Object.assign([true], { index: 0 }),
      new Map<unknown, unknown>([["k", new Set([1n, 2n ** 80n, -(2n ** 80n)])]]),
      [new Date(0), /a+/gi, Object("boxed")],
      [new Uint8Array([1, 2]), new DataView(new ArrayBuffer(3)), new ArrayBuffer(1)],
      Object.assign(new AggregateError([new TypeError("t")], "m", { cause: 1 }), { code: "C", name: "N", data: [1] }),
      { id: 2, name: "last", list: [], deep: null },
    ]); // prettier-ignore
    expect(verdict(everything)).toBe("read");
    const { from, to, text, bytes } = everything;
    for (let end = from; end < to; end++) expect(verdict({ ...everything, to: end })).toBe("malformed");
    for (let end = 0; end < text.length; end++) {
      expect(verdict({ ...everything, text: text.slice(0, end) })).toBe("malformed");
    }
    const all = Buffer.concat(bytes);
    for (let end = 0; end < all.length; end++) {
      expect(verdict({ ...everything, bytes: [new Uint8Array(all.subarray(0, end))] })).toBe("malformed");
    }
    expect(verdict({ ...everything, bytes: [] })).toBe("malformed");
  });

  it.each<[string, number[], number[]]>([
    ["lists", [array(1)], []],
    ["maps, as values", [map(1), one], []],
    ["maps, as keys", [map(1)], [one]],
    ["sets", [set(1)], []],
    ["errors, as causes", [errorWord(0, "cause")], []],
    ["errors, as errors", [errorWord(7, "errors")], []],
    ["names beside elements", [listed(0), shape(1), again(0)], []],
  ])("%s nested deeper than anything honest", (_name, before, after) => {
    const nested = (depth: number): Message => {
      const words = [
        array(2), shape(1), text(1), one,
        ...Array.from({ length: depth }, () => before).flat(),
        array(0),
        ...Array.from({ length: depth }, () => after).flat(),
      ]; // prettier-ignore
      return written(words, "a");
    };
    expect(verdict(nested(format.maxDepth - 1))).toBe("read");
    expect(verdict(nested(format.maxDepth))).toBe("malformed");
    expect(verdict(nested(100_000))).toBe("malformed");
  });

  it("objects and boxes nested deeper than that", () => {
    const rows = (depth: number): Message =>
      written([array(2), shape(1), text(1), one, ...Array<number>(depth).fill(object(0)), one], "a");
    expect(verdict(rows(format.maxDepth))).toBe("read");
    expect(verdict(rows(format.maxDepth + 1))).toBe("malformed");
    expect(verdict(written([...Array<number>(100_000).fill(rare.boxed), one]))).toBe("malformed");
  });
});

describe("a class of errors", () => {
  it("is looked up in a list, never on a prototype", () => {
    format.errors.forEach((name, number) => {
      const copy = opened(written([errorWord(number, "message"), text(1)], "m")) as Error;
      const Class = (globalThis as unknown as Record<string, ErrorConstructor>)[name]!;
      expect(Object.getPrototypeOf(copy)).toBe(Class.prototype);
      expect([copy.message, copy.stack, Object.keys(copy)]).toEqual(["m", `${name}: m`, []]);
    });
  });

  it("may have a name that is another's, which changes nothing else", () => {
    for (const name of ["__proto__", "constructor", "toString", "Function", "TypeError"]) {
      const copy = opened(written([errorWord(0, "name"), text(name.length)], name)) as Error;
      expect([Object.getPrototypeOf(copy), copy.name]).toEqual([Error.prototype, name]);
    }
  });
});

describe("too large", () => {
  it.each<[string, Message]>([
    ["letters", written([text(100)], "x".repeat(100))],
    ["letters of two bytes", written([text(60)], "€".repeat(60))],
    ["wide letters that nobody asks for", written([one], "€".repeat(200))],
    ["bytes", written([array(1), viewOf("Uint8Array"), 100, buffer(100)], "", Array<number>(100).fill(0))],
    ["bytes that are claimed", written([buffer(2 ** 28 - 1)])],
    ["holes", written([array(2 ** 28 - 1), missing(2 ** 28 - 1)])],
    ["elements that are claimed", written([array(2 ** 28 - 1)])],
    ["entries that are claimed", written([map(2 ** 28 - 1)])],
    ["members that are claimed", written([set(2 ** 28 - 1)])],
    ["names", written([shape(1), text(1), one], "a")],
    ["the parts of an error", written([errorWord(0, "message"), text(60)], "x".repeat(60))],
  ])("%s", (_name, message) => {
    const before = process.cpuUsage();
    expect(verdict(message, 100)).toBe("too-large");
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });

  it("but a graph of shared objects costs its size, not its ways", () => {
    let value: unknown = {};
    for (let i = 0; i < 300; i++) value = [value, value];
    const encoded = encode(value, 1 << 20);
    expect(encoded).toMatchObject({ ok: true, bytes: 24 + 300 * (24 + 8) });
    expect(verdict(messageOf(value), 24 + 300 * (24 + 8))).toBe("read");
  });

  it("a limit is met before anything is made of what follows", () => {
    const { price } = format;
    const list = (limit: number): string => verdict(messageOf([new Error("a"), new Date(), 1n]), limit);
    const all = price.object + price.error + 1 + price.date + price.bigint;
    expect([list(all), list(all - 1), list(0), list(-1)]).toEqual([
      "read",
      "too-large",
      "too-large",
      "too-large",
    ]);
  });
});
