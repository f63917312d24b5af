/**
 * The two halves of what goes through the wall of an isolate, one against the other.
 */
import fc from "fast-check";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { makeEncode } from "../../../src/runtime/crossing/encode.ts";
import { format } from "../../../src/runtime/crossing/format.ts";
import { hostPrimordials, hostRealm } from "../../../src/runtime/crossing/host-realm.ts";
import { collect, deliver, deliverMessage } from "../../../src/runtime/crossing/delivery.ts";
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
        const found = openDelivery(deliver(answered(value), 7));
        expect(found.kind).toBe("value");
        if (found.kind === "value") expect(difference(value, found.value), inspect(value)).toBe(undefined);
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
