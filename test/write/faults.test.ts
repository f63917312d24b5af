/**
 * Every single file-system call of writing is made to fail, and to be the last one of a killed process. Whatever happens:
 * whole files, old or new; files of two generations are never taken for the output; and the next run leaves one whole
 * generation and nothing temporary.
 */
import fs from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { removeDrafts } from "../../src/files/draft.ts";
import type { OutputFile } from "../../src/stages.ts";
import { write, type Written } from "../../src/write/write.ts";
import { type Fault, withFault } from "./faulty-disk.ts";
import { asContents, contents, generation, put, temporaryFolder } from "./generation.ts";

const before = generation("old");
const after = generation("new");
const none: OutputFile[] = [];

const visible = (outDir: string): Record<string, string> =>
  Object.fromEntries(Object.entries(contents(outDir)).filter(([name]) => !name.startsWith(".")));

/** Runs a scenario for every call number until a run needs no more calls; returns how many there were. */
async function forEveryCall(
  fault: Fault,
  start: OutputFile[],
  scenario: (outDir: string, written: Written, hit: string) => Promise<void>,
): Promise<number> {
  for (let at = 1; ; at++) {
    const root = temporaryFolder();
    const outDir = join(root, "generated");
    if (start.length > 0) put(outDir, start);
    let written: Written | null = null;
    const hit = await withFault(fault, at, async () => {
      written = await write(after, { outDir, root, mode: "write" });
    });
    if (hit === null || written === null) return at - 1;
    await scenario(outDir, written, `call ${at}, ${hit}`);
    fs.rmSync(root, { recursive: true });
  }
}

/** A run of `generate`: it clears away what a killed one left, then writes. */
async function nextRun(outDir: string, files: OutputFile[]): Promise<Written> {
  removeDrafts(outDir);
  return write(files, { outDir, root: outDir, mode: "write" });
}

async function isCurrent(outDir: string, files: OutputFile[]): Promise<boolean> {
  const { files: reports } = await write(files, { outDir, root: outDir, mode: "compare" });
  return reports.every(({ status }) => status === "unchanged");
}

describe.each(["killed before", "killed after", "killed halfway"] as const)("%s each call", (fault) => {
  it.each([
    ["the old generation", before],
    ["nothing", none],
  ] as const)("over %s leaves whole files, and the next run a whole generation", async (_, start) => {
    let mixed = 0;
    const calls = await forEveryCall(fault, start, async (outDir, __, hit) => {
      const left = visible(outDir);
      const [old, now] = [asContents(start), asContents(after)];
      for (const [name, text] of Object.entries(left)) expect([old[name], now[name]], hit).toContain(text);
      for (const name of Object.keys(old)) expect(Object.keys(left), hit).toContain(name);

      const isNew = JSON.stringify(left) === JSON.stringify(now);
      const isOld = JSON.stringify(left) === JSON.stringify(old);
      if (!isNew && !isOld) mixed++;
      removeDrafts(outDir);
      expect(contents(outDir), hit).toEqual(left);
      expect(await isCurrent(outDir, after), hit).toBe(isNew);
      if (start.length > 0) expect(await isCurrent(outDir, start), hit).toBe(isOld);

      for (const files of [after, before, generation("third")]) {
        expect((await nextRun(outDir, files)).diagnostics, hit).toEqual([]);
        expect(contents(outDir), hit).toEqual(asContents(files));
      }
    });
    expect(calls).toBeGreaterThan(20);
    // That two of three names changed is what all of this is about.
    expect(mixed).toBeGreaterThan(1);
  });
});

describe.each(["EIO", "EIO from then on"] as const)("an error at each call: %s", (fault) => {
  it.each([
    ["the old generation", before],
    ["nothing", none],
  ] as const)("over %s leaves whole files, and says what was changed", async (_, start) => {
    let whole = 0;
    await forEveryCall(fault, start, async (outDir, { diagnostics }, hit) => {
      const left = visible(outDir);
      const [old, now] = [asContents(start), asContents(after)];
      for (const [name, text] of Object.entries(left)) expect([old[name], now[name]], hit).toContain(text);
      if (diagnostics.length === 0) expect(left, hit).toEqual(now);
      else {
        expect(
          diagnostics.map(({ code }) => code),
          hit,
        ).toEqual(["output-unwritable"]);
        const changed = Object.keys(now).filter((name) => left[name] === now[name]).length;
        if (changed === 0) whole++;
        expect(diagnostics[0]?.message, hit).toContain(
          changed === 0 ? "Nothing was changed." : `${changed} had been changed before that.`,
        );
      }
      expect((await nextRun(outDir, after)).diagnostics, hit).toEqual([]);
      expect(visible(outDir), hit).toEqual(now);
    });
    expect(whole).toBeGreaterThan(10);
  });
});
