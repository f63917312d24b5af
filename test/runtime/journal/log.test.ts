import { describe, expect, it } from "vitest";
import type { NewEntry } from "../../../src/runtime/journal/entry.ts";
import { DamagedJournal, noHash, readLog } from "../../../src/runtime/journal/log.ts";
import { Records } from "../../../src/runtime/journal/records.ts";

/** A text in which records seem to begin: every few letters the head of one, behind a length that fits. */
const heads = "\u0010\0\0\0\u0001\u0001\0\0".repeat(2_000);

const entries: readonly NewEntry[] = [
  ["said", "log", "one"],
  ["call", 0, "db.query", "x".repeat(64)],
  ["said", "log", "wide: \u20ac"],
  ["wait", 0, true, new Uint8Array([1, 2, 3])],
  ["said", "warn", heads],
  ["said", "log", "last"],
];

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
});
