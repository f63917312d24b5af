/** Results of a part take the place of what was there, and everything else stays, as results are kept: without their single values. */
import { expect, it } from "vitest";
import type { Table } from "../../bench/measure/cell.ts";
import { joined, type Results } from "../../bench/results.ts";

function table(title: string, rows: Readonly<Record<string, number>>, growth?: Table["growth"]): Table {
  const cell = (value: number) =>
    ({
      kind: "measured",
      values: [value],
      summary: { median: value, min: value, max: value, samples: 1 },
    }) as const;
  return {
    title,
    unit: "MB",
    better: "less",
    columns: ["memory"],
    rows: Object.entries(rows).map(([name, value]) => ({ name, cells: { memory: cell(value) } })),
    notes: [],
    ...(growth ? { growth } : {}),
  };
}

const kept = (results: Results): Results =>
  JSON.parse(
    JSON.stringify(results, (key, value: unknown) => (key === "values" ? undefined : value)),
  ) as Results;

const run = (date: string, tables: readonly Table[]): Omit<Results, "goals"> => ({
  date,
  machine: { cpu: "", cores: 2, memoryGb: 24, node: "24", platform: "linux", load: "0" },
  rounds: 1,
  versions: {},
  commit: null,
  tables,
});

const memory = "memory per idle warm worker / empty node process";
const processes = (worker: number): Table =>
  table("Memory of processes", { "idle warm worker": worker, "empty node process": 40 });
const growth = table("Growth: a call", { a: 1, b: 10, c: 100 }, { of: "bytes", work: [1, 10, 100] });

it("keeps the tables, ratios and slopes of what was not measured now", () => {
  const first = kept(joined(null, run("2026-11-23", [processes(60), growth]), "aa00"));
  const second = joined(first, run("2026-11-24", [table("Warm run", {})]), "aa00");
  expect(second.tables.map(({ title }) => title)).toEqual([
    "Memory of processes",
    "Growth: a call",
    "Warm run",
  ]);
  const runs = (name: string) => second.goals.find((goal) => goal.name === name)?.runs;
  expect(runs(memory)).toEqual([{ date: "2026-11-23", machine: "aa00", commit: null, ratio: 1.5 }]);
  expect(runs("slope of a call: memory")?.[0]?.ratio).toBeCloseTo(1);
});

it("puts what was measured again beside what it was on another day", () => {
  const first = kept(joined(null, run("2026-11-23", [processes(60)]), "aa00"));
  const second = joined(first, run("2026-11-24", [processes(50)]), "aa00");
  expect(second.goals.find(({ name }) => name === memory)?.runs.map(({ ratio }) => ratio)).toEqual([
    1.25, 1.5,
  ]);
});
