import { describe, expect, it } from "vitest";
import { readPragma } from "../../src/model/pragma.ts";

describe("the contract line of a script", () => {
  it("is read among the comments at the top only", () => {
    expect(readPragma("// Sums up.\n\n// @contract sha256-ab\nexport {};")).toMatchObject({
      digest: "sha256-ab",
      line: 3,
      column: 14,
    });
    expect(readPragma("#!/usr/bin/env isobind\n// @contract sha256-ab")?.line).toBe(2);
    expect(readPragma("export {};\n// @contract sha256-ab")).toBeNull();
    expect(readPragma("\uFEFF// @contract sha256-ab\r\n")).toMatchObject({ digest: "sha256-ab", line: 1 });
  });

  it("is read at all line ends, behind blanks, and to the end of the text", () => {
    expect(readPragma("\r\n  //   @contract   x y\r")).toEqual({
      digest: "x",
      line: 2,
      column: 20,
      endColumn: 21,
    });
    expect(readPragma("// a\r// @contract sha256-ab")).toMatchObject({ digest: "sha256-ab", line: 2 });
    expect(readPragma("")).toBeNull();
    expect(readPragma("// @contract")).toBeNull();
    expect(readPragma("// @contract \n")).toBeNull();
  });
});
