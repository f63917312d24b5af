import { describe, expect, it } from "vitest";
import { codeFrame } from "../../src/diagnostics/format/frame.ts";

function frame(
  source: string,
  line: number,
  column: number,
  endLine: number,
  endColumn: number,
  width?: number,
) {
  return codeFrame(source, { line, column, endLine, endColumn }, width === undefined ? {} : { width });
}

describe("a code frame", () => {
  it("marks a range", () => {
    expect(frame("a\nb\n    then: (id: string) => id,\n", 3, 5, 3, 9)).toBe(
      "  3 |     then: (id: string) => id,\n    |     ^^^^",
    );
  });

  it("keeps carets below what they mark after tabs", () => {
    const [code, carets] = (frame("\tif (x)\t{ bad }", 1, 11, 1, 14) ?? "").split("\n");
    expect(code).toBe("  1 |     if (x)  { bad }");
    expect(carets?.indexOf("^")).toBe(code?.indexOf("bad"));
  });

  it("counts wide characters as two cells and combining ones as none", () => {
    const [, carets] = (frame('名前: "👍🏽"; bad', 1, 13, 1, 16) ?? "").split("\n");
    // 名前 4, `: "` 3, one emoji 2, `"; ` 3
    expect(carets).toBe(`    | ${" ".repeat(12)}^^^`);
    const [, after] = (frame("e\u0301 bad", 1, 4, 1, 7) ?? "").split("\n");
    expect(after).toBe("    |   ^^^");
  });

  it("reads CRLF, a lone CR and a BOM as other tools do", () => {
    expect(frame("\uFEFFone\r\ntwo\r\n", 2, 1, 2, 4)).toBe("  2 | two\n    | ^^^");
    expect(frame("one\rtwo", 2, 1, 2, 4)).toBe("  2 | two\n    | ^^^");
  });

  it("cuts a long line to a window around the range", () => {
    const line = `${"a".repeat(500)}bad${"c".repeat(500)}`;
    const [code, carets] = (frame(line, 1, 501, 1, 504, 60) ?? "").split("\n");
    expect(code?.length).toBeLessThan(72);
    expect(code).toMatch(/^ {2}1 \| …a+badc+…$/);
    expect(code?.slice(carets?.indexOf("^"), (carets?.lastIndexOf("^") ?? 0) + 1)).toBe("bad");
  });

  it("shows the first and the last line of a longer range", () => {
    expect(frame("{\n  a: 1,\n  b: 2,\n};", 1, 1, 4, 2)).toBe(
      ["  1 | {", "    | ^", "    | …", "  4 | };", "    | ^"].join("\n"),
    );
  });

  it("never lets a source steer the terminal", () => {
    const text = frame("\u001b[2Jwipe\u202e", 1, 5, 1, 9) ?? "";
    expect(text).not.toMatch(/[\u001b\u202e]/);
    expect(text).toContain("\\u{1b}[2Jwipe\\u{202e}");
  });

  it("is null for a place that is not in the text", () => {
    expect(frame("one", 7, 1, 7, 2)).toBeNull();
    expect(codeFrame("one", { line: null, column: null, endLine: null, endColumn: null })).toBeNull();
  });

  it("marks at least one cell, also at the end of a line", () => {
    expect(frame("one", 1, 4, 1, 4)).toBe("  1 | one\n    |    ^");
  });
});
