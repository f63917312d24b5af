/**
 * What a value counts: the prices of `format.ts`, and the same on both sides. A compromised worker may send anything; what would cost the
 * supervisor too much is not read.
 */
import fc from "fast-check";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { format } from "../../../src/runtime/crossing/format.ts";
import { decode, encode } from "../../../src/runtime/crossing/host-codec.ts";
import type { Message } from "../../../src/runtime/crossing/message.ts";
import { messageOf } from "../support/values.ts";
import { crossing } from "./arbitrary.ts";
import { difference } from "./same.ts";

const { price } = format;
const mebibyte = 2 ** 20;
const noLimit = 2 ** 50;

/** How the receiver takes what the sender would send without a limit; without the value, which may be long. */
function verdict(value: unknown, maxBytes = noLimit): string {
  const decoded = decode(messageOf(value), maxBytes);
  return decoded.ok ? "read" : decoded.reason;
}

/** What a value counts, after both sides have said so. */
function costOf(value: unknown): number {
  const encoded = encode(value, noLimit);
  if (!encoded.ok) throw new Error(encoded.refusal.reason);
  const decoded = decode(encoded.message, noLimit);
  if (!decoded.ok) throw new Error(decoded.reason);
  expect(decoded.bytes, inspect(value)).toBe(encoded.bytes);
  return encoded.bytes;
}

function wordsOf({ words, from, to }: Message): number[] {
  return [...words.subarray(from, to)];
}

describe("both sides", () => {
  it("count every value alike, and let it pass at that limit and not below", () => {
    fc.assert(
      fc.property(crossing, (make) => {
        const value = make();
        const bytes = costOf(value);
        const message = messageOf(value);
        expect(encode(value, bytes)).toMatchObject({ ok: true, bytes });
        expect(decode(message, bytes)).toMatchObject({ ok: true, bytes });
        expect(encode(value, bytes - 1)).toMatchObject({
          refusal: { code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE" },
        });
        expect(decode(message, bytes - 1)).toEqual({ ok: false, reason: "too-large" });
      }),
      { numRuns: 3_000 },
    );
  });

  it("have the same value at last, and send the copy as they sent the value", () => {
    fc.assert(
      fc.property(crossing, (make) => {
        const value = make();
        const message = messageOf(value);
        const decoded = decode(message, noLimit);
        if (!decoded.ok) throw new Error(`${decoded.reason}: ${inspect(value)}`);
        expect(difference(value, decoded.value), inspect(value)).toBe(undefined);
        const again = messageOf(decoded.value);
        expect(wordsOf(again)).toEqual(wordsOf(message));
        expect(again.text).toBe(message.text);
        expect(Buffer.concat(again.bytes).equals(Buffer.concat(message.bytes))).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("counts", () => {
  const { value, object, newName, indexName, collection, entry, buffer, view, date, regexp, bigint, error } =
    price;
  const shared = { a: 1 };
  const sharedBuffer = new ArrayBuffer(4);
  it.each<[string, unknown, number]>([
    ["undefined", undefined, value],
    ["a number", 1.5, value],
    ["letters", "abc", value + 3],
    ["letters of two bytes", "ab€", value + 2 * 3],
    ["one wide letter anywhere, for all letters", ["€", "abc"], object + 2 * value + 2 * 4],
    ["a bigint of 64 bits", 2n ** 62n, bigint],
    ["a longer one by its digits", 2n ** 64n, bigint + 17],
    ["an empty object", {}, object],
    ["a name that is new", { ab: 1 }, object + newName + 2 + value],
    ["a name that is not", [{ ab: 1 }, { c: 1, ab: 1 }], object + 2 * object + 2 * newName + 3 + value + 3 * value],
    ["an object like the one before", [{ ab: 1 }, { ab: 1 }], object + 2 * object + newName + 2 + 2 * value],
    ["a number as a name, once", { 7: 1 }, object + newName + 1 + value],
    ["and each time after", [{ 7: 1 }, { 7: 1 }], object + 2 * object + newName + 1 + indexName + 2 * value],
    ["an object that was here before", [shared, shared], object + object + newName + 1 + value + value],
    ["places that are empty", Array(1000), object + 1000 * value],
    ["names beside elements", Object.assign([1], { ab: 1 }), object + value + object + newName + 2 + value],
    ["a map", new Map([[1, 2]]), collection + entry + 2 * value],
    ["a set", new Set([1, 2]), collection + 2 * entry + 2 * value],
    ["a date", new Date(), date],
    ["a regular expression", /ab/, regexp + 2],
    ["a boxed primitive", Object("a"), object + value + 1],
    ["a buffer", new ArrayBuffer(10), buffer + 10],
    ["a view and its buffer", new Uint8Array(10), view + buffer + 10],
    ["two views of one buffer", [new Uint8Array(sharedBuffer), new Int8Array(sharedBuffer)], object + 2 * view + buffer + 4],
    ["a part of a buffer", new Uint8Array(100).subarray(1, 5), view + buffer + 4],
    ["an error", new Error("ab"), error + 2],
    ["its parts", Object.assign(new Error("ab", { cause: 1 }), { code: "E", n: 1 }), error + 3 + value + object + newName + 1 + value],
  ])("%s", (_name, sent, wanted) => {
    expect(costOf(sent)).toBe(wanted);
  }); // prettier-ignore

  it("a long key by all keys of that kind before it, since the engine compares them", () => {
    const keys = Array.from({ length: 10 }, (_, i) => `${i}`.padStart(format.longestHashed + 1, "-"));
    const [first] = keys;
    const each = collection / 10 + entry + 2 * value + first!.length;
    expect(costOf(new Map(keys.map((key) => [key, 1])))).toBeCloseTo(10 * each + (45 * first!.length) / 64);
    const short = keys.map((key) => key.slice(1));
    expect(costOf(new Set(short))).toBe(collection + 10 * (entry + value + format.longestHashed));
    const name = object / 10 + newName + value + first!.length;
    expect(costOf(Object.fromEntries(keys.map((key) => [key, 1])))).toBeCloseTo(
      10 * name + (45 * first!.length) / 64,
    );
  });
});

describe("passes", () => {
  const pass = (value: unknown, maxBytes: number): void => expect(verdict(value, maxBytes)).toBe("read");

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
      pass([value], 4 * mebibyte);
    }
  });

  it("names that come again, which cost no more than values", () => {
    pass(
      Array.from({ length: 5_000 }, () => ({ first: 1, second: 2, third: 3 })),
      mebibyte,
    );
  });
});

describe("costs too much", () => {
  const many = <Value>(length: number, make: (i: number) => Value): Value[] =>
    Array.from({ length }, (_, i) => make(i));
  const { value, object, newName, indexName, collection, entry, buffer, view, date, bigint, error } = price;
  const shared = new ArrayBuffer(1);
  const one = new Error("");
  // With what each of them counts: so many as a mebibyte has room for, and a few more.
  it.each<[string, number, (count: number) => unknown]>([
    ["objects", object, (count) => many(count, () => ({}))],
    ["lists", object, (count) => many(count, () => [])],
    ["maps", collection, (count) => many(count, () => new Map())],
    ["sets", collection, (count) => many(count, () => new Set())],
    ["dates", date, (count) => many(count, () => new Date(0))],
    ["buffers", buffer, (count) => many(count, () => new ArrayBuffer(0))],
    ["views of one buffer", view, (count) => many(count, () => new DataView(shared))],
    ["errors", error, (count) => many(count, () => new Error())],
    ["one error many times", value, (count) => many(count, () => one)],
    ["bigints", bigint, (count) => many(count, (i) => BigInt(i))],
    ["numbers", value, (count) => many(count, (i) => i)],
    ["letters", 1, (count) => "x".repeat(count)],
    ["letters of two bytes", 2, (count) => "€".repeat(count)],
    ["names of one object", newName + value + 4, (count) => Object.fromEntries(many(count, (i) => [`n${100 + i}`, i]))],
    ["names of many objects", object + newName + value + 4, (count) => many(count, (i) => ({ [`n${100 + i}`]: i }))],
    ["names of two-byte letters", object + newName + value + 8, (count) => many(count, (i) => ({ [`€${100 + i}`]: i }))],
    ["numbers as names", object + indexName + value, (count) => many(count, () => ({ 1000: 1 }))],
    ["members of a set", entry + value, (count) => new Set(many(count, (i) => i))],
    ["entries of a map", entry + 2 * value, (count) => new Map(many(count, (i) => [i, 1]))],
    ["holes", value, (count) => Object.assign([], { length: count })],
  ])("%s", (_name, each, make) => {
    const room = Math.floor(mebibyte / each);
    const costly = make(room + 1);
    expect(verdict(costly, mebibyte)).toBe("too-large");
    expect(encode(costly, mebibyte)).toMatchObject({ refusal: { code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE" } });
    // Beside them there are at most one object, the first name, and the difference between numbers of few and of many digits.
    expect(verdict(make(Math.floor(room * 0.98)), mebibyte)).toBe("read");
  }); // prettier-ignore

  it("regular expressions, of which there may be few letters all the same", () => {
    const { regexp, object } = price;
    const list = many(1000, () => /a/);
    const bytes = object + 1000 * (regexp + 1);
    expect(verdict(list, bytes)).toBe("read");
    expect(verdict(list, bytes - 1)).toBe("too-large");
    const letters = (count: number): unknown =>
      encode(
        many(count / 16, () => new RegExp("x".repeat(16))),
        noLimit,
      ).ok;
    expect([letters(format.maxRegexpCost), letters(format.maxRegexpCost + 16)]).toEqual([true, false]);
  });
});

describe("keys that V8 puts into one bucket", () => {
  const count = 2048;
  const costly = (value: unknown): void => expect(verdict(value)).toBe("too-large");
  const pass = (value: unknown): void => expect(verdict(value)).toBe("read");
  /** V8's hash of a number, in the plainest way there is. */
  const hash = (value: number): number => {
    if ((value | 0) === value) {
      let hash = ~value + (value << 15);
      hash ^= hash >>> 12;
      hash += hash << 2;
      hash ^= hash >>> 4;
      hash = Math.imul(hash, 2057);
      return (hash ^ (hash >>> 16)) & 0x3fffffff;
    }
    const u64 = (bits: bigint): bigint => BigInt.asUintN(64, bits);
    const key = new BigUint64Array(Float64Array.of(value).buffer)[0]!;
    let hash = u64(~key + (key << 18n));
    hash ^= hash >> 31n;
    hash = u64(hash * 21n);
    hash ^= hash >> 11n;
    hash = u64(hash + (hash << 6n));
    return Number((hash ^ (hash >> 22n)) & 0x3fffffffn);
  };
  /** Numbers whose hashes agree in eight bits of those that choose a bucket. */
  const colliding = (candidate: (i: number) => number): number[] => {
    const found: number[] = [];
    for (let i = 0; found.length < count; i++) {
      const value = candidate(i);
      if ((hash(value) & 255) === 0) found.push(value);
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
    costly(new Map(keys.map((key) => [key, 1])));
    costly([{ a: new Set([...Array(5).keys(), ...keys]) }]);
    // No collision, because they are no keys of one collection.
    pass(keys);
    pass(keys.map((key) => new Set([key, 1])));
    pass(new Map(keys.map((key, i) => [i, key])));
  });

  it("also when later keys hide them among others", () => {
    const keys = [...crowds[0]![1], ...Array.from({ length: 60_000 }, (_, i) => `key ${i}`)];
    costly(new Set(keys));
  });

  // If this fails, V8 hashes in another way than we do, and `crowd.ts` watches over the wrong keys.
  it.each(crowds)("%s are what costs V8 its time", (_name, keys) => {
    const honest = keys.map((_, i) => (typeof keys[0] === "bigint" ? BigInt(i) : i * 7));
    /** Of one set, by the fastest of some turns. */
    const cpuOf = (members: readonly unknown[], sets: number): number => {
      let best = Infinity;
      for (let turn = 0; turn < 5; turn++) {
        const before = process.cpuUsage();
        for (let made = 0; made < sets; made++) new Set(members);
        const { user, system } = process.cpuUsage(before);
        best = Math.min(best, (user + system) / sets);
      }
      return best;
    };
    // Some fifty times. Honest keys are quick: many sets of them, or the clock would be all that is measured.
    expect(cpuOf(keys, 4) / cpuOf(honest, 100)).toBeGreaterThan(5);
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
    pass(new Set(Array.from({ length: 50_000 }, (_, i) => key(i))));
  });
});
