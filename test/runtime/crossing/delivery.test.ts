/**
 * The two halves of what goes through the wall of an isolate, one against the other.
 */
import fc from "fast-check";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { makeEncode } from "../../../src/runtime/crossing/encode.ts";
import { format } from "../../../src/runtime/crossing/format.ts";
import { hostPrimordials, hostRealm } from "../../../src/runtime/crossing/host-realm.ts";
import { collect, deliver, deliverMessage, early } from "../../../src/runtime/crossing/delivery.ts";
import { encodeMakers } from "../../../src/runtime/crossing/makers.ts";
import { makeMeasure } from "../../../src/runtime/crossing/measure.ts";
import { keepMessage, type Message } from "../../../src/runtime/crossing/message.ts";
import { makeRefusal } from "../../../src/runtime/crossing/refusal.ts";
import { makeTransfer } from "../../../src/runtime/crossing/transfer.ts";
import { answered, messageOf, openDelivery, opened, refused } from "../support/values.ts";
import { crossing } from "./arbitrary.ts";
import { difference } from "./same.ts";

describe("what is delivered", () => {
  it("is what was answered, few words or many, with bytes or without", () => {
    fc.assert(
      fc.property(crossing, (make) => {
        const value = make();
        for (const left of [undefined, early()]) {
          const found = openDelivery(deliver(answered(value), 7, left));
          expect(found.kind).toBe("value");
          if (found.kind === "value") expect(difference(value, found.value), inspect(value)).toBe(undefined);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([0, 1, 2, 126, 127, 128, 1_000, 2_040, 2_047, 2_048, 2_049, 10_000])(
    "carries %i numbers",
    (count) => {
      const list = Array.from({ length: count }, (_, i) => (i % 3 === 0 ? -i : i * 1000));
      expect(openDelivery(deliver(answered(list), 1))).toEqual({ kind: "value", value: list });
    },
  );

  it("says primitives as themselves, and keeps a text that looks like something else", () => {
    for (const value of [1, -0, NaN, true, null, undefined])
      expect(deliver({ kind: "value", value }, 1)).toBe(value);
    for (const value of ["", "p1", "e", "v\x01\x00", "s", "€"]) {
      expect(openDelivery(deliver({ kind: "value", value }, 1))).toEqual({ kind: "value", value });
    }
    expect(openDelivery(deliver({ kind: "pending" }, 123_456))).toEqual({ kind: "pending", id: 123_456 });
  });

  it("tells an error from a value", () => {
    const error = Object.assign(new RangeError("€", { cause: [1] }), { code: "C" });
    for (const sent of [error, Object.assign(new Error("x"), { bytes: new Uint8Array(2) })]) {
      const found = openDelivery(deliver(refused(sent), 1));
      expect(found.kind).toBe("error");
      if (found.kind === "error") expect(difference(sent, found.value)).toBe(undefined);
    }
  });

  it("is memory of its own", () => {
    const message = messageOf([1, new Uint8Array([1, 2])]);
    const delivery = deliverMessage("v", message);
    message.words.fill(0, message.from, message.to);
    if (typeof delivery !== "object" || delivery === null) throw new Error("not in parts");
    expect(delivery[1].byteLength).toBe((message.to - message.from) * 4);
    expect(openDelivery(delivery)).toEqual({ kind: "value", value: [1, new Uint8Array([1, 2])] });
  });
});

describe("what is delivered early", () => {
  const sent = (value: unknown, left = early()): unknown => deliver(answered(value), 1, left);
  const shared = {};

  it.each([
    [{ id: 7, name: "Ada" }],
    [[]],
    [{}],
    [[{ a: [1, -12, 0, 99, 100, -(2 ** 27), 2 ** 27 - 1] }, { a: [] }, { b: { a: 1 }, a: 2 }]],
    [[0.1, -1e-7, 1e300, 2 ** 53, 5e-324]],
    [[true, false, null]],
    [{ 2: "b", 1: "a", "": 1, 'a "b"\n\\': 'c "d"\t\0\x1f\\' }],
    [["€", "é", "\u{1f600}", "x".repeat(300), "€".repeat(300), '"'.repeat(300), "\x7f\u2028"]],
    [{ name: "Ж".repeat(40), list: [{ Ж: 1 }, { Ж: 2 }] }],
  ])("is JSON when that says all of it: %j", (value) => {
    expect(JSON.parse((sent(value) as string).slice(1))).toStrictEqual(value);
    expect(sent(value)).toBe(`j${JSON.stringify(value)}`);
  });

  it("keeps the sign of zero, and half a letter", () => {
    expect(sent([-0])).toBe("j[-0]");
    expect(openDelivery(deliver(answered(["\ud800"]), 1, early()))).toEqual({
      kind: "value",
      value: ["\ud800"],
    });
  });

  it.each([
    ["undefined", [undefined]],
    ["a member that is undefined", { a: undefined }],
    ["NaN", [NaN]],
    ["Infinity", [{ a: -Infinity }]],
    ["a hole", [1, , 2]],
    ["a bigint", [1n]],
    ["a date", [new Date(0)]],
    ["a map", new Map()],
    ["bytes", [new Uint8Array(1)]],
    ["one object in two places", [shared, shared]],
    ["an array with a name", Object.assign([1], { name: 1 })],
    ["more letters than there is room for", ["x".repeat(300_000)]],
    ["escapes that are more letters than there is room for", ["\x01".repeat(100_000)]],
    [
      "names that are, written for each object",
      Array.from({ length: 500 }, (_, i) => ({ ["n".repeat(1000)]: i })),
    ],
    [
      "brackets that close behind the last value, where no letter has room any more",
      Array.from({ length: 400 }).reduce<unknown>((inner) => [inner], "x".repeat(256 * 1024 - 500)),
    ],
    ["numbers that are", Array.from({ length: 20_000 }, (_, i) => 1e-200 / (i + 3))],
  ])("goes as words when JSON does not say it: %s", (_, value) => {
    const delivery = sent(value);
    expect((delivery as string)[0]).toBe("v");
    const found = openDelivery(delivery as never);
    expect(difference(value, (found as { value: unknown }).value)).toBe(undefined);
  });

  it("goes as words once the isolate has read enough of them for its decoder to be fast", () => {
    const left = early();
    const kinds = Array.from(
      { length: 20 },
      () =>
        (
          sent(
            Array.from({ length: 1000 }, (_, i) => i),
            left,
          ) as string
        )[0],
    );
    expect(kinds.join("")).toMatch(/^j{9}v+$/);
  });

  it("says all that JSON says, whatever was said before", () => {
    const name = fc.oneof(fc.constantFrom("a", "b", "id", "é", "€", "0", ""), fc.string({ maxLength: 3 }));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
        fc.constantFrom(null, true, false),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(
          name.filter((key) => key !== "__proto__"),
          tie("value"),
          { maxKeys: 4, noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(value, (drawn) => {
        const delivery = sent([drawn]) as string;
        expect(delivery[0]).toBe("j");
        expect(difference([drawn], JSON.parse(delivery.slice(1)))).toBe(undefined);
      }),
      { numRuns: 500 },
    );
  });

  it("takes no names and shapes from the one before", () => {
    sent([{ id: 7, name: "Ada" }]);
    expect(sent([{ a: [] }, { b: { a: 1 }, a: 2 }])).toBe('j[{"a":[]},{"b":{"a":1},"a":2}]');
  });

  it("is no longer as JSON than there is room for, by itself too", () => {
    expect((deliverMessage("v", messageOf("\x01".repeat(100)), early()) as string)[0]).toBe("j");
    expect((deliverMessage("v", messageOf("\x01".repeat(100_000)), early()) as string)[0]).toBe("v");
  });

  it.each(["list", "object"])(
    "goes as words when names would be written more often than any text has room for: in each of a %s",
    (kind) => {
      const name = "n".repeat(200_000);
      const rows = Array.from({ length: 3000 }, (_, i) => ({ [name]: i }));
      expect(
        (
          sent(kind === "list" ? rows : Object.fromEntries(rows.map((row, i) => [`m${i}`, row]))) as string
        )[0],
      ).toBe("v");
    },
  );

  it("is never JSON when it is an error", () => {
    expect((deliver(refused(new Error("no")), 1, early()) as string)[0]).toBe("e");
    expect((deliverMessage("e", messageOf([1, 2]), early()) as string)[0]).toBe("e");
  });
});

describe("what is collected", () => {
  const encode = makeEncode(hostPrimordials, {
    format,
    realm: hostRealm,
    measure: makeMeasure(hostPrimordials, format),
    refuse: makeRefusal(hostPrimordials),
    copiesBuffers: true,
    makers: encodeMakers,
  });
  const transfer = makeTransfer(hostPrimordials);
  const passed = (value: unknown): Message => {
    const encoded = encode(value, 2 ** 50);
    if (encoded.refusal !== undefined) throw new Error(encoded.refusal.reason);
    let message: Message | undefined;
    const answer = transfer.send(
      (first: unknown, words, text, ...bytes) => {
        message = collect(words, text, bytes);
        return [first];
      },
      "first",
      encoded,
    );
    expect(answer).toEqual(["first"]);
    return message!;
  };

  it("is what was sent, few words or many, with bytes or without", () => {
    fc.assert(
      fc.property(crossing, (make) => {
        const value = make();
        expect(difference(value, opened(passed(value))), inspect(value)).toBe(undefined);
      }),
      { numRuns: 500 },
    );
  });

  it.each([0, 1, 511, 512, 513, 2_047, 2_048, 2_049, 10_000])("holds %i numbers", (count) => {
    const list = Array.from({ length: count }, (_, i) => i - 5);
    expect(opened(passed(list))).toEqual(list);
  });

  it("is valid until the next one, and kept beyond", () => {
    const first = keepMessage(passed([1, "one", { a: 1 }]));
    const second = passed([2, "two", { b: 2 }]);
    expect(opened(first)).toEqual([1, "one", { a: 1 }]);
    expect(opened(second)).toEqual([2, "two", { b: 2 }]);
  });

  it("knows whether its letters are wide", () => {
    expect([passed("abc").isWide, passed("é").isWide, passed("€").isWide, passed("").isWide]).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });
});
