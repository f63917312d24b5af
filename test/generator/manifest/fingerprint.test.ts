import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fingerprint, recognized, type Fingerprint } from "../../../src/generator/manifest/fingerprint.ts";

const folder = mkdtempSync(join(tmpdir(), "isobind-fingerprint-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file that was changed without a change of its size and time. */
function changed(seconds: number): { file: string; known: Fingerprint; mtimeMs: number } {
  const file = join(folder, "file");
  writeFileSync(file, "one");
  utimesSync(file, seconds, seconds);
  const known = fingerprint(file);
  writeFileSync(file, "two");
  utimesSync(file, seconds, seconds);
  if (known === null) throw new Error("The file is gone.");
  return { file, known, mtimeMs: statSync(file).mtimeMs };
}

describe("a time that was recorded", () => {
  it("in whole milliseconds is trusted when it was two seconds old", () => {
    const { file, known, mtimeMs } = changed(1_700_000_000);
    expect(recognized(file, known, mtimeMs + 1_900)).toBeNull();
    expect(recognized(file, known, mtimeMs + 2_100)).toBe(known);
  });

  it("in parts of a millisecond is trusted when it was a tick old", () => {
    const { file, known, mtimeMs } = changed(1_700_000_000.123_456);
    expect(Number.isInteger(mtimeMs)).toBe(false);
    expect(recognized(file, known, mtimeMs + 9)).toBeNull();
    expect(recognized(file, known, mtimeMs + 11)).toBe(known);
  });
});
