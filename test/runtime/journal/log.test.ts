import { describe, expect, it } from "vitest";
import { encodeOwn } from "../../../src/runtime/crossing/host-codec.ts";
import { bytesOf } from "../../../src/runtime/crossing/message-bytes.ts";
import type { NewEntry } from "../../../src/runtime/journal/entry.ts";
import { DamagedJournal, hashIn, noHash, readLog } from "../../../src/runtime/journal/log.ts";
import { Records } from "../../../src/runtime/journal/records.ts";

/** A text in which records seem to begin: every few letters the head of one, behind a length that fits. */
const heads = "\u0010\0\0\0\u0001\u0001\0\0".repeat(2_000);

const entries: readonly NewEntry[] = [
  ["said", "log", "one"],
  ["call", 0, "db.query", "x".repeat(64)],
  ["said", "log", "wide: \u20ac"],
  ["wait", 0, true, bytesOf(encodeOwn("for a signature"))],
  ["said", "warn", heads],
  ["said", "log", "last"],
];

const message = bytesOf(encodeOwn({ a: 1 }));
const torn = message.subarray(0, -1);
const head = {
  version: 2,
  script: "",
  contract: "",
  globals: "",
  kind: "",
  timeZone: "UTC",
  locale: "en-US",
  seed: "0".repeat(32),
};
/** A text to whoever looks no closer, of which none can be made. */
const untold = { toString: 1 };

/** The records, one after another, and where each begins. */
function log(): { readonly bytes: Buffer; readonly starts: readonly number[] } {
  const records = new Records(noHash, false);
  const sealed = entries.map((entry) => {
    records.add(entry);
    return records.seal();
  });
  const starts = sealed.map((_, at) => sealed.slice(0, at).reduce((sum, { length }) => sum + length, 0));
  return { bytes: Buffer.concat(sealed), starts };
}

describe("a journal that is read", () => {
  it("has the entries that are whole, wherever it is cut off", () => {
    const { bytes, starts } = log();
    const ends = [...starts.slice(1), bytes.length];
    const places = starts.flatMap((start, at) => [
      start + 3,
      start + 20,
      Math.floor((start + ends[at]!) / 2),
    ]);
    for (const place of [...places, ...ends.map((end) => end - 1)]) {
      const whole = ends.filter((end) => end <= place).length;
      expect(readLog(bytes.subarray(0, place)).entries).toHaveLength(whole);
    }
    expect(readLog(bytes).entries.map(([name]) => name)).toEqual(entries.map(([name]) => name));
  });

  it("is damaged where a length was changed, and nothing behind it is taken for cut off", () => {
    const { bytes, starts } = log();
    for (const [index, start] of starts.entries()) {
      const length = bytes.readUInt32LE(start);
      for (const other of [...Array(32).keys()]
        .map((bit) => (length ^ (2 ** bit)) >>> 0)
        .concat(0xffff_ffff)) {
        const changed = Buffer.from(bytes);
        changed.writeUInt32LE(other, start);
        expect(() => readLog(changed), `length ${length} of entry ${index} as ${other}`).toThrow(
          DamagedJournal,
        );
      }
    }
  });

  // Hashes say what was changed, and not who wrote it.
  it.each([
    [["run"]],
    [["run", null]],
    ...Object.keys(head)
      .filter((name) => name !== "version")
      .map((name) => [["run", { ...head, [name]: untold }]]),
    [["run", { ...head, seed: "0" }]],
    [["run", { ...head, input: 5 }]],
    [["run", { ...head, input: torn }]],
    [["run", { ...head, names: null }]],
    [["run", { ...head, names: { filename: untold } }]],
    [["run", { ...head, names: { runId: untold } }]],
    [["run", { ...head, names: { profile: untold } }]],
    [["resume", 5]],
    [["load", untold]],
    [["load", "x", 5]],
    [["load", "x", [5]]],
    [["load", "x", [["a.js"]]]],
    [["load", "x", [["a.js", untold]]]],
    [["load", "x", [[untold, "y"]]]],
    [["call", -1, "add", "x"]],
    [["call", "length", "add", "x"]],
    [["call", 0, untold, "x"]],
    [["call", 0, "add", untold]],
    [["done", "length", false, "value", 1]],
    [["done", 0, 0, "value", 1]],
    [["done", 0, false, "what", 1]],
    [["done", 0, false, "value", {}]],
    [["done", 0, false, "value", torn]],
    [["done", 0, false, "error", "text", false]],
    [["done", 0, false, "error", message, "no"]],
    [["wait", "length", true, null]],
    [["wait", 0, "yes", null]],
    [["wait", 0, true, 5]],
    [["wait", 0, true, torn]],
    [["left", "length"]],
    [["answer", "length", {}]],
    [["answer", 0, null]],
    [["answer", 0, { approved: "yes" }]],
    [["answer", 0, { reason: untold }]],
    [["answer", 0, { value: 5 }]],
    [["answer", 0, { value: torn }]],
    [["saw", 5]],
    [["saw", [untold]]],
    [["said", untold, "text"]],
    [["said", "log", untold]],
    [["end", "what", message]],
    [["end", "ok", null]],
    [["end", "error", torn]],
  ] as readonly (readonly [unknown])[])("is damaged where an entry is %j, alone and in a group", (entry) => {
    const before = ["said", "log", "before"];
    expect(readLog(forged([before])).entries).toEqual([before]);
    for (const records of [[before, entry], [["group", Buffer.concat([before, entry].map(piece))]]])
      expect(() => readLog(forged(records))).toThrow(new DamagedJournal("entry 1 is no entry"));
  });

  it("is damaged where it is no list", () => {
    for (const value of [null, 5, {}, []])
      expect(() => readLog(forged([value]))).toThrow(new DamagedJournal("entry 0 is no entry"));
  });
});

/** Records of any values, whose hashes are right. */
function forged(values: readonly unknown[]): Buffer {
  let before = noHash;
  const records = values.map((value) => {
    const hashed = Buffer.concat([Buffer.from(before, "latin1"), piece(value)]);
    before = hashIn(hashed, 0, hashed.length);
    return Buffer.concat([piece(value), Buffer.from(before, "latin1")]);
  });
  return Buffer.concat(records);
}

/** A value behind its length. */
function piece(value: unknown): Buffer {
  const bytes = bytesOf(encodeOwn(value));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}
