/**
 * Bytes a compromised worker may send instead of a payload: V8 would read them all, and pay for it in the supervisor. And that
 * everything the marshal lets through passes.
 */
import { Serializer } from "node:v8";
import { describe, expect, it } from "vitest";
import { hashNumber } from "../../../src/runtime/process/wire/crowd.ts";
import { MalformedFrame } from "../../../src/runtime/process/wire/malformed.ts";
import { scan } from "../../../src/runtime/process/wire/scan.ts";

function bytesOf(value: unknown): Buffer {
  const serializer = new Serializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

const mebibyte = 2 ** 20;
const pass = (value: unknown, maxBytes = mebibyte): void =>
  expect(scan(bytesOf(value), 0, maxBytes)).toBe(true);
const costly = (value: unknown, maxBytes = mebibyte): void =>
  expect(scan(bytesOf(value), 0, maxBytes)).toBe(false);

describe("passes", () => {
  const shared = { a: 1 };
  it.each([
    [undefined, null, true, false, -0, 1.5, 2 ** 31, -(2 ** 31), NaN, 1n, -(2n ** 64n), "a", "€", ""],
    [[], [1, , 3], Object.assign([1], { index: 0 }), Object.assign([], { length: 1e5 }), { a: { b: {} }, 1: 2 }], // prettier-ignore
    [new Date(0), new Map([[1, new Set(["€", shared, shared])]]), /a\p{L}/gu, /€/],
    [Object(1), Object(1n), Object("a"), Object("€"), Object(true), Object(false)],
    [new ArrayBuffer(3), new Uint8Array([1, 2]), new Float64Array(2), new DataView(new ArrayBuffer(9))],
    ["padding", "€", "a", "€uro", { "€": "€" }],
  ])("%#: what the marshal lets through", (...values) => {
    for (const value of [...values, values]) pass(value);
  });

  it("a megabyte of what programs send, with the default limit", () => {
    const rows = Array.from({ length: 10_000 }, (_, id) => ({
      id,
      name: `user number ${id}`,
      email: `user${id}@example.org`,
      active: id % 2 === 0,
      created: new Date(id),
      score: id / 7,
    }));
    expect(JSON.stringify(rows).length).toBeGreaterThan(mebibyte);
    const byId = Object.fromEntries(rows.map((row) => [`id${row.id}`, row.name]));
    const numbers = Array.from({ length: 150_000 }, (_, i) => i / 3);
    for (const value of [rows, byId, numbers, new Map(Object.entries(byId)), "€".repeat(mebibyte)]) {
      pass({ value: [value] }, 4 * mebibyte);
    }
  });

  it("names that come again cost no more than values", () => {
    pass(Array.from({ length: 5_000 }, () => ({ first: 1, second: 2, third: 3 })));
  });
});

describe("costs too much", () => {
  const many = <Value>(length: number, make: (i: number) => Value): Value[] =>
    Array.from({ length }, (_, i) => make(i));
  it.each<[string, (count: number) => unknown, number]>([
    ["objects", (count) => many(count, () => ({})), 15_000],
    ["lists", (count) => many(count, () => []), 15_000],
    ["maps", (count) => many(count, () => new Map()), 13_500],
    ["dates", (count) => many(count, () => new Date(0)), 15_000],
    ["buffers", (count) => many(count, () => new ArrayBuffer(0)), 9_800],
    ["views of one buffer", (count) => { const buffer = new ArrayBuffer(1); return many(count, () => new DataView(buffer)); }, 9_800], // prettier-ignore
    ["bigints", (count) => many(count, (i) => BigInt(i)), 22_000],
    ["numbers", (count) => many(count, (i) => i), 90_000],
    ["names of one object", (count) => Object.fromEntries(many(count, (i) => [`name${i}`, i])), 5_600],
    ["names of many objects", (count) => many(count, (i) => ({ [`name${i}`]: i })), 4_200],
    ["names of two-byte letters", (count) => many(count, (i) => ({ [`€${i}`]: i })), 4_200],
    ["numbers as names", (count) => Object.fromEntries(many(count, (i) => [i * 1000, i])), 6_200],
    ["members of a set", (count) => new Set(many(count, (i) => i)), 25_500],
    ["holes", (count) => Object.assign([], { length: count }), 134_000],
  ])("%s", (_name, make, count) => {
    costly(make(count));
    pass(make(count * 0.7));
  });
});

describe("keys that V8 puts into one bucket", () => {
  const count = 4096;
  /** Numbers whose hashes agree in as many bits as choose a bucket. */
  const colliding = (candidate: (i: number) => number): number[] => {
    const found: number[] = [];
    for (let i = 0; found.length < count; i++) {
      const value = candidate(i);
      if ((hashNumber(value) & (count / 2 - 1)) === 0) found.push(value);
    }
    return found;
  };
  const crowds: [string, unknown[]][] = [
    ["integers", colliding((i) => i - 1000)],
    ["fractions", colliding((i) => i + 0.5)],
    ["large numbers", colliding((i) => 2 ** 40 + i)],
    ["bigints", Array.from({ length: count }, (_, i) => BigInt(i) << 64n)],
    ["negative bigints", Array.from({ length: count }, (_, i) => -((BigInt(i) << 64n) + 5n))],
  ];

  it.each(crowds)("%s are not read", (_name, keys) => {
    costly(new Map(keys.map((key) => [key, 1])), 16 * mebibyte);
    costly([{ a: new Set([...Array(5).keys(), ...keys]) }], 16 * mebibyte);
    // No collision, because they are no keys of one collection.
    pass(keys, 16 * mebibyte);
    pass(keys.map((key) => new Set([key, 1])), 16 * mebibyte); // prettier-ignore
    pass(new Map(keys.map((key, i) => [i, key])), 16 * mebibyte);
  });

  it("also when later keys hide them among others", () => {
    const keys = [...crowds[0]![1], ...Array.from({ length: 60_000 }, (_, i) => `key ${i}`)];
    costly(new Set(keys), 64 * mebibyte);
  });

  // If this fails, V8 hashes in another way than we do, and `crowd.ts` watches over the wrong keys.
  it.each(crowds)("%s are what costs V8 its time", (_name, keys) => {
    const honest = keys.map((_, i) => (typeof keys[0] === "bigint" ? BigInt(i) : i * 7));
    const cpuMs = (members: readonly unknown[]): number => {
      let best = Infinity;
      for (let turn = 0; turn < 3; turn++) {
        const before = process.cpuUsage();
        for (let again = 0; again < 4; again++) new Set(members);
        const { user, system } = process.cpuUsage(before);
        best = Math.min(best, (user + system) / 1000);
      }
      return best;
    };
    expect(cpuMs(keys)).toBeGreaterThan(5 * Math.max(1, cpuMs(honest)));
  });

  it.each<[string, (i: number) => unknown]>([
    ["in a row", (i) => i],
    ["far apart", (i) => i * 65_536],
    ["negative", (i) => -i * 3],
    ["times", (i) => 1_700_000_000_000 + i * 1000],
    ["fractions", (i) => i / 8],
    ["powers and sums", (i) => 2 ** (i % 50) + i * 2 ** 20],
    ["bigints", (i) => BigInt(i) * 10n ** 18n],
    ["long bigints", (i) => (BigInt(i) << 70n) + BigInt(i)],
  ])("honest keys are read: %s", (_name, key) => {
    pass(new Set(Array.from({ length: 50_000 }, (_, i) => key(i))), 64 * mebibyte);
  });
});

describe("refuses", () => {
  const refused = (value: unknown): void => expect(() => pass(value)).toThrow(MalformedFrame);

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
    ["an end of nothing", [0x7b, 0]],
    ["a text that is none", [0x73, 0x5f]],
    ["a second version", [0xff, 15]],
  ])("%s", (_name, bytes) => {
    expect(() => scan(Buffer.from([0xff, 15, ...bytes]), 0, mebibyte)).toThrow(MalformedFrame);
  });

  it("formats that nobody writes any more, in which the same bytes mean something else", () => {
    for (const bytes of [[0x5f], [0xff, 14, 0x5f], [0xff, 0, 0x5f], []]) {
      expect(() => scan(Buffer.from(bytes), 0, mebibyte)).toThrow(MalformedFrame);
    }
  });
});
