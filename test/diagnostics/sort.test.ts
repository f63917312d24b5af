import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sortDiagnostics } from "../../src/diagnostics/sort.ts";
import { sample } from "./sample.ts";

describe("sorting", () => {
  it("goes by file, line, column and code, whatever the order was", () => {
    const sorted = [
      sample({ file: null, line: null, column: null }),
      sample({ file: "a.ts", line: 2 }),
      sample({ file: "a.ts", line: 10, column: 1, code: "type-any" }),
      sample({ file: "a.ts", line: 10, column: 2, code: "leaf-generic" }),
      sample({ file: "a.ts", line: 10, column: 2, code: "type-any" }),
      sample({ file: "b.ts", line: 1 }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(sorted, { minLength: sorted.length }), (shuffled) => {
        expect(sortDiagnostics(shuffled)).toEqual(sorted);
      }),
    );
  });

  it("shows the same finding once, and different ones at one place all", () => {
    expect(sortDiagnostics([sample(), sample()])).toHaveLength(1);
    expect(sortDiagnostics([sample(), sample({ message: "other" })])).toHaveLength(2);
  });
});
