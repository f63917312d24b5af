/** How growth is told from figures: the exponent of known laws, and a fixed part that hides one. */
import { describe, expect, it } from "vitest";
import { mostSlope, slopesOf, steepest } from "../../bench/growth/slope.ts";
import type { Table } from "../../bench/measure/cell.ts";

function tableOf(work: readonly number[], cost: (work: number) => number): Table {
  return {
    title: "t",
    unit: "ms",
    better: "less",
    columns: ["time"],
    rows: work.map((amount) => {
      const value = cost(amount);
      const summary = { median: value, min: value, max: value, samples: 1 };
      return { name: String(amount), cells: { time: { kind: "measured", summary, values: [value] } } };
    }),
    growth: { of: "things", work },
    notes: [],
  };
}

const steps = [1, 10, 100, 1_000];

describe("the slope of a cost", () => {
  it.each([
    ["that stays", () => 7, 0],
    ["with the root", Math.sqrt, 0.5],
    ["with the work", (n: number) => 3 * n, 1],
    ["with its square", (n: number) => 5 * n * n, 2],
  ])("%s is its exponent", (_, cost, exponent) => {
    const [slope] = slopesOf(tableOf(steps, cost));
    expect(slope?.fitted).toBeCloseTo(exponent);
  });

  it("is told from its end where a fixed part hides it", () => {
    const [slope] = slopesOf(tableOf(steps, (n) => 100_000 + n * n));
    expect(slope?.fitted).toBeLessThan(mostSlope);
    // Of the last figure but one nothing is to be seen.
    expect(slope && steepest(slope)).toBeGreaterThan(mostSlope);
    const [later] = slopesOf(tableOf([...steps, 10_000], (n) => 100_000 + n * n));
    expect(later?.fitted).toBeLessThan(mostSlope);
    expect(later?.atEnd).toBeCloseTo(2);
    expect(later && steepest(later)).toBeCloseTo(2);
  });

  it("has none at its end where nothing was added to the first", () => {
    expect(slopesOf(tableOf(steps, (n) => 100_000 + n))[0]?.atEnd).toBeNull();
  });

  it("is not told of fewer than three figures, nor of rows that are no steps", () => {
    expect(slopesOf(tableOf([1, 10], (n) => n))).toEqual([]);
    const { growth: _, ...peers } = tableOf(steps, (n) => n);
    expect(slopesOf(peers)).toEqual([]);
  });
});
