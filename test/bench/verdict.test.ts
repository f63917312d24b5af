/** How goals are judged: by the last two machines or days, of which the worse counts. */
import { describe, expect, it } from "vitest";
import type { Goal } from "../../bench/goals.ts";
import { joinedGoals, verdict, type Judged } from "../../bench/verdict.ts";

const goal = (ratio: number | null, direction: Goal["direction"] = "at most"): Goal => ({
  name: "a call / by hand",
  bound: direction === "at most" ? 1.2 : 10,
  direction,
  ratio,
});
const monday = { date: "2026-11-23", machine: "aa00", commit: "1" };
const tuesday = { date: "2026-11-24", machine: "aa00", commit: "2" };
const elsewhere = { date: "2026-11-24", machine: "bb00", commit: "2" };

function judged(...taken: readonly (readonly [typeof monday, number | null])[]): Judged {
  let goals: Judged[] = [];
  for (const [when, ratio] of taken) goals = joinedGoals([goal(ratio)], goals, when);
  return goals[0]!;
}

describe("a goal", () => {
  it("is met when both runs meet it", () => {
    expect(verdict(judged([monday, 1.1], [tuesday, 1.2]))).toBe(true);
  });

  it.each([
    ["the newest", 1.1, 1.3],
    ["the one before", 1.3, 1.1],
  ])("is missed when %s misses it", (_, before, now) => {
    expect(verdict(judged([monday, before], [tuesday, now]))).toBe(false);
  });

  it("of throughput is missed by the smaller ratio", () => {
    const first = joinedGoals([goal(9, "at least")], [], monday);
    expect(verdict(joinedGoals([goal(11, "at least")], first, tuesday)[0]!)).toBe(false);
  });

  it("has no verdict before it was measured", () => {
    expect(verdict(judged([monday, null]))).toBeNull();
  });

  it("keeps what it had when a part does not measure it", () => {
    expect(judged([monday, 1.1], [tuesday, null]).runs).toEqual([{ ...monday, ratio: 1.1 }]);
  });

  it("replaces what the same machine has measured on the same day", () => {
    expect(judged([tuesday, 1.5], [tuesday, 1.1]).runs).toEqual([{ ...tuesday, ratio: 1.1 }]);
  });

  it("tells machines of one day apart, and forgets all but the last two runs", () => {
    expect(judged([monday, 1], [tuesday, 1.1], [elsewhere, 1.15]).runs.map(({ ratio }) => ratio)).toEqual([
      1.15, 1.1,
    ]);
  });
});
