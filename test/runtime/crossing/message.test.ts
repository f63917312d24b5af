import fc from "fast-check";
import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it, vi } from "vitest";
import { format } from "../../../src/runtime/crossing/format.ts";
import { messageBytes, readMessage, writeMessage } from "../../../src/runtime/crossing/message-bytes.ts";
import { keepMessage, MalformedValue } from "../../../src/runtime/crossing/message.ts";
import { messageOf, opened } from "../support/values.ts";
import { crossing } from "./arbitrary.ts";
import { bytesOf, bytesOfValue, valueOfBytes } from "./bytes.ts";
import { difference } from "./same.ts";
import { word, written } from "./words.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

describe("bytes", () => {
  it("carry every value unchanged, wherever they lie", () => {
    fc.assert(
      fc.property(crossing, fc.nat({ max: 7 }), (make, offset) => {
        const value = make();
        const message = messageOf(value);
        const into = Buffer.alloc(messageBytes(message) + offset + 3);
        const end = writeMessage(into, offset, message);
        expect(end).toBe(into.length - 3);
        const read = readMessage(into, offset, end);
        expect(difference(value, opened(read)), inspect(value)).toBe(undefined);
        expect(bytesOf(read).equals(into.subarray(offset, end))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("are what the documentation says", () => {
    const bytes = bytesOfValue({ id: 7, name: "Ada" });
    expect([...bytes.subarray(0, 4)]).toEqual([format.version, 1, 0, 0]);
    expect([bytes.readUInt32LE(4), bytes.readUInt32LE(8)]).toEqual([5, 9]);
    const { shape, text, integer } = format.tag;
    const words = [(2 << 4) | shape, (2 << 4) | text, (4 << 4) | text, (7 << 4) | integer, (3 << 4) | text];
    expect(Array.from({ length: 5 }, (_, i) => bytes.readInt32LE(12 + 4 * i))).toEqual(words);
    expect(bytes.toString("latin1", 32)).toBe("idnameAda");
    const wide = bytesOfValue("a€");
    expect([wide[1], wide.readUInt32LE(8)]).toEqual([2, 2]);
    expect(wide.toString("utf16le", 16)).toBe("a€");
    expect([...bytesOfValue(new Uint8Array([1, 2, 3])).subarray(-3)]).toEqual([1, 2, 3]);
  });

  it("carry long texts of both widths, and short ones cut from them", () => {
    for (const letter of ["x", "é", "€", "\ud800"]) {
      const value = [letter.repeat(2_000), "short", `${letter.repeat(13)}end`, "", letter];
      expect(valueOfBytes(bytesOfValue(value))).toEqual(value);
    }
  });

  it("carry texts of all lengths, one behind the other", () => {
    const lengths = fc.array(fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: 1_100 }), fc.nat({ max: 3_000 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(lengths, fc.constantFrom("", "€"), (all, last) => {
        const value = [...all.map((length, at) => String.fromCharCode(65 + at).repeat(length)), last];
        expect(valueOfBytes(bytesOfValue(value))).toEqual(value);
      }),
    );
  });

  it("say each part of a long text, in any order", () => {
    const text = Array.from({ length: 5_000 }, (_, at) => String.fromCharCode(32 + (at % 90))).join("");
    const bytes = bytesOfValue(text);
    const { part } = readMessage(bytes, 0, bytes.length);
    for (const [start, end] of [
      [0, 20],
      [2_000, 2_600],
      [2_600, 3_400],
      [2_100, 2_120],
      [10, 4_990],
      [4_980, 5_000],
    ] as const)
      expect(part?.(start, end)).toBe(text.slice(start, end));
  });

  it("read no part beyond the text of the message", () => {
    const text = "letter ".repeat(300);
    const bytes = bytesOfValue([text, new Uint8Array(500).fill(65)]);
    const source = Buffer.from(bytes);
    const read = vi.spyOn(source, "toString");
    const { part } = readMessage(source, 0, source.length);
    expect(part?.(text.length - 20, text.length)).toBe(text.slice(-20));
    const ends = read.mock.calls.map(([, , end]) => end);
    expect(ends.length).toBe(2);
    expect(new Set(ends)).toEqual(new Set([source.length - 500]));
  });

  it("leave a text that is kept with no more than a thousand letters of its message", () => {
    const others = Array.from("abcd", (letter) => letter.repeat(32 * 1024));
    const bytes = bytesOfValue(["the text that is kept", ...others]);
    collect();
    const before = process.memoryUsage().heapUsed;
    const kept = Array.from({ length: 256 }, () => (valueOfBytes(bytes) as string[])[0]);
    collect();
    expect(new Set(kept)).toEqual(new Set(["the text that is kept"]));
    // All letters of the messages are 32 MB.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(2 * 2 ** 20);
  });

  it("are memory of the message no longer once it is kept", () => {
    const bytes = bytesOfValue(["text", new Uint8Array([1, 2, 3]), 1.5]);
    const kept = keepMessage(readMessage(bytes, 0, bytes.length));
    const lent = readMessage(bytes, 0, bytes.length);
    const copy = opened(lent) as [string, Uint8Array];
    bytes.fill(0);
    expect(opened(kept)).toEqual(["text", new Uint8Array([1, 2, 3]), 1.5]);
    expect(copy).toEqual(["text", new Uint8Array([1, 2, 3]), 1.5]);
  });

  it("give views memory of their own, also when two share it", () => {
    const whole = new Uint8Array([1, 2, 3, 4]);
    const bytes = bytesOfValue([whole, whole.subarray(1, 2), whole.buffer]);
    const [a, b, buffer] = valueOfBytes(bytes) as [Uint8Array, Uint8Array, ArrayBuffer];
    bytes.fill(0);
    expect([...a, ...b]).toEqual([1, 2, 3, 4, 2]);
    expect([a.buffer === buffer, a.buffer.byteLength, b.buffer.byteLength]).toEqual([true, 4, 1]);
  });
});

describe("bytes that are no value of ours", () => {
  const good = bytesOfValue([1, "ab"]);
  const changed = (at: number, byte: number): Buffer => {
    const bad = Buffer.from(good);
    bad[at] = byte;
    return bad;
  };
  const refusal = (bytes: Buffer, at = 0, end = bytes.length): string => {
    try {
      return `read ${inspect(opened(readMessage(bytes, at, end)))}`;
    } catch (error) {
      return error instanceof MalformedValue ? error.message : `not malformed: ${String(error)}`;
    }
  };

  it("of another version are refused by its number", () => {
    for (const version of [0, 2, 255]) {
      expect(refusal(changed(0, version))).toBe(`its version is ${version}, and 1 is the one known here`);
    }
  });

  it.each<[string, Buffer, string]>([
    ["nothing", Buffer.alloc(0), "it is cut short"],
    ["less than a head", good.subarray(0, 11), "it is cut short"],
    ["letters of no width", changed(1, 0), "its head makes no sense"],
    ["letters of three bytes", changed(1, 3), "its head makes no sense"],
    ["something where nothing may be", changed(2, 1), "its head makes no sense"],
    ["something behind it", changed(3, 1), "its head makes no sense"],
    ["more words than there are", changed(4, 200), "it is cut short"],
    ["four billion words", changed(7, 255), "it is cut short"],
    ["more letters than there are", changed(8, 3), "it is cut short"],
    ["four billion letters", changed(11, 255), "it is cut short"],
    ["four billion wide letters", Buffer.from([1, 2, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255]), "it is cut short"],
  ])("%s", (_name, bytes, message) => {
    expect(refusal(bytes)).toBe(message);
  }); // prettier-ignore

  it("cut short anywhere, or longer than they say", () => {
    for (let end = 0; end < good.length; end++) expect(refusal(good, 0, end)).toBe("it is cut short");
    expect(refusal(good, 0, good.length + 1)).toBe("it is cut short");
    const longer = Buffer.concat([good, Buffer.of(0)]);
    // What is behind the letters are the bytes of buffers, of which there are none.
    expect(() => opened(readMessage(longer, 0, longer.length))).toThrow("malformed");
  });

  it("claim a width that their letters do not need, and are read all the same", () => {
    const wide = bytesOf({ ...written([word.array(1), word.text(2)], "ab"), isWide: true });
    expect(valueOfBytes(wide)).toEqual(["ab"]);
  });
});
