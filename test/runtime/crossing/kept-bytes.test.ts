/**
 * Bytes that the first release wrote are read for ever. `fixtures/values/version-1.json` holds them by the names of `kept-values.ts`; a name
 * that has no bytes yet gets them with ISOBIND_KEEP=1, and bytes that are there are never written anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { format } from "../../../src/runtime/crossing/format.ts";
import { bytesOfValue, valueOfBytes } from "./bytes.ts";
import { keptValues } from "./kept-values.ts";
import { difference } from "./same.ts";

const file = new URL("../../../fixtures/values/version-1.json", import.meta.url);
const kept = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;

if (process.env["ISOBIND_KEEP"] === "1") {
  for (const [name, value] of Object.entries(keptValues))
    kept[name] ??= bytesOfValue(value).toString("base64");
  writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
}

describe("bytes of version 1", () => {
  it("are kept of every value, and of no other", () => {
    expect(Object.keys(kept)).toEqual(Object.keys(keptValues));
  });

  it.each(Object.entries(kept))("of %s are read", (name, base64) => {
    const bytes = Buffer.from(base64, "base64");
    expect(bytes[0]).toBe(1);
    expect(difference(keptValues[name], valueOfBytes(bytes))).toBe(undefined);
  });

  // Another version may choose other words; while this one is written, the same value is the same bytes: a cache can compare them.
  it.runIf(format.version === 1).each(Object.entries(kept))("of %s are written", (name, base64) => {
    expect(bytesOfValue(keptValues[name]).toString("base64")).toBe(base64);
    expect(bytesOfValue(valueOfBytes(Buffer.from(base64, "base64"))).toString("base64")).toBe(base64);
  });

  it("hold every tag, every constant and every rare kind that this engine has", () => {
    const seen = new Set<string>();
    const all = Object.values(kept).map((base64) => Buffer.from(base64, "base64"));
    for (const bytes of all) {
      const count = bytes.readUInt32LE(4);
      for (let at = 0; at < count; at++) {
        const word = bytes.readUInt32LE(12 + 4 * at);
        const [number, tag] = [word >>> 4, word & 15];
        seen.add(`tag ${tag}`);
        if (tag === format.tag.constant) seen.add(`constant ${number}`);
        if (tag === format.tag.rare) seen.add(`rare ${number}`);
        if (tag === format.tag.double) at += 2;
        // What follows these is no word with a tag.
        if (tag === format.tag.view) at += 1;
        if (tag === format.tag.rare && (number === format.rare.date || number === format.rare.bigint64))
          at += 2;
        if (tag === format.tag.rare && number === format.rare.regexp) at += 1;
      }
    }
    const { temporal: _, ...rare } = format.rare;
    const wanted = [
      ...Object.values(format.tag).map((tag) => `tag ${tag}`),
      ...Object.values(format.constant).map((number) => `constant ${number}`),
      ...Object.values(rare).map((number) => `rare ${number}`),
    ];
    expect(wanted.filter((each) => !seen.has(each))).toEqual([]);
  });
});
