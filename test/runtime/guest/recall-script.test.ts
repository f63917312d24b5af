import { describe, expect, it } from "vitest";
import { prepareScript } from "../../../src/runtime/guest/script/prepare-script.ts";
import { recall, recallScript } from "../../../src/runtime/guest/script/recall-script.ts";

const script = (source: string, filename = "a.ts", language: "typescript" | "auto" = "typescript") => ({
  source,
  filename,
  language,
});

describe("recallScript", () => {
  it("answers the same source once, and as preparing it would", () => {
    const first = recallScript(script("export const a: number = 1"));
    expect(recallScript(script("export const a: number = 1"))).toBe(first);
    expect(first).toEqual(prepareScript(script("export const a: number = 1")));
  });

  it("keeps sources, names and languages apart", () => {
    const all = [
      recallScript(script("1")),
      recallScript(script("2")),
      recallScript(script("1", "b.ts")),
      recallScript(script("1", "a.ts", "auto")),
      recallScript(script("x\n1", "a")),
      recallScript(script("1", "a\nx")),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it("keeps apart what was asked for one after the other", () => {
    const one = script("1");
    for (const other of [script("2"), script("1", "b.ts"), script("1", "a.ts", "auto")]) {
      const first = recallScript(one);
      expect(recallScript(other)).not.toBe(first);
      expect(recallScript(one)).toBe(first);
    }
    const first = recallScript(one);
    expect(recall("record", one, () => "a record")).toBe("a record");
    expect(recallScript(one)).toBe(first);
  });

  it("keeps no source that is longer than all it may keep", () => {
    const longest = script(`${"/*".padEnd(2 ** 21, "x")}*/ 1`);
    expect(recallScript(longest)).not.toBe(recallScript(longest));
  });

  it("refuses a mistake every time", () => {
    for (let i = 0; i < 2; i++) expect(() => recallScript(script("export {"))).toThrow();
  });

  it("forgets what was not used for longest, so that no flood of scripts is kept", () => {
    const large = "/*".padEnd(100_000, "x");
    const first = recallScript(script(`${large}*/ 1`));
    for (let i = 0; i < 25; i++) recallScript(script(`${large}*/ "${i}"`));
    expect(recallScript(script(`${large}*/ 1`))).not.toBe(first);
  });
});
