/**
 * What a journal costs a run, and what going on through recorded calls costs beside making them: the same script without a journal, with one in memory, and gone on with
 * from one that has all its calls and waits behind them. In turns, across processes, each run on a worker that is ready.
 */
import { createSandbox, memoryJournal, suspend, type Sandbox } from "isobind/runtime";
import type { Cell, Table } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";
import { columns, rows, title, type Column, type Row } from "./table.ts";

const object = `{ id: 7, name: "n".repeat(200), tags: ["a", "b", "c", "d"], nested: { a: 1, b: 2, text: "t".repeat(300) },
  items: Array.from({ length: 12 }, (_, i) => ({ sku: "sku-" + i + "-xxxxxxxxxxxxxxx", count: i })) }`;

const loops: Readonly<Record<Row, string>> = {
  sync: "for (let i = 0; i < 100; i++) b.add(i, 2);",
  async: "for (let i = 0; i < 100; i++) await b.later(i, 2);",
  objects: `const object = ${object}; for (let i = 0; i < 100; i++) b.echo(object);`,
  manySync: "for (let i = 0; i < 10000; i++) b.add(i, 2);",
  manyAsync: "for (let i = 0; i < 10000; i++) await b.later(i, 2);",
};

/** Between two runs, so that the worker has prepared the next isolate: preparing is no part of a run. */
const pauseMs = 8;

export async function measureJournal({ rounds, short }: { rounds: number; short: boolean }): Promise<Table> {
  const sandbox = await createSandbox({
    registry: {
      add: (a: number, b: number) => a + b,
      echo: (value: unknown) => value,
      later: async (a: number, b: number) => a + b,
      wait: async () => suspend(),
    },
    workers: 1,
    limits: { calls: 1_000_000 },
  });
  try {
    const measured: Table["rows"][number][] = [];
    for (const [row, name] of Object.entries(rows) as [Row, string][]) {
      const isLong = row.startsWith("many");
      const runs = isLong ? 1 : short ? 5 : 20;
      measured.push({ name, cells: await cellsOf(sandbox, loops[row], rounds, runs) });
    }
    return {
      title,
      unit: "ms",
      better: "less",
      columns: Object.values(columns),
      rows: measured,
      notes: [
        `A whole run, across processes, on a worker that is ready; ${pauseMs} ms between runs. What is gone on with has all the calls in its journal, and waits behind them for an answer that does not come.`,
      ],
    };
  } finally {
    await sandbox.dispose();
  }
}

async function cellsOf(
  sandbox: Sandbox,
  loop: string,
  rounds: number,
  runs: number,
): Promise<Record<string, Cell>> {
  const source = (end: string): string => `const b = SecureExec.bindings; ${loop} ${end}`;
  const whole = source("export default 1");
  const waits = source("export default await b.wait()");
  const recorded = memoryJournal();
  expect((await sandbox.run(waits, { journal: recorded })).status, "suspended");
  const { bytes } = recorded;
  const ways: Readonly<Record<Column, () => Promise<void>>> = {
    without: async () => expect((await sandbox.run(whole)).status, "ok"),
    recorded: async () => expect((await sandbox.run(whole, { journal: memoryJournal() })).status, "ok"),
    goneOn: async () =>
      expect((await sandbox.run(waits, { journal: memoryJournal(bytes) })).status, "suspended"),
  };
  const times: Record<Column, number[]> = { without: [], recorded: [], goneOn: [] };
  // The first runs compile what the others use.
  for (let run = 0; run < 3; run++) for (const way of Object.values(ways)) await timed(way);
  for (let round = 0; round < rounds; round++) {
    const samples: Record<Column, number[]> = { without: [], recorded: [], goneOn: [] };
    for (let run = 0; run < runs; run++)
      for (const [name, way] of Object.entries(ways) as [Column, () => Promise<void>][])
        samples[name].push(await timed(way));
    for (const name of Object.keys(ways) as Column[]) times[name].push(summarize(samples[name]).median);
  }
  return Object.fromEntries(
    (Object.entries(columns) as [Column, string][]).map(([key, name]) => [
      name,
      { kind: "measured", summary: summarize(times[key]), values: times[key] },
    ]),
  );
}

async function timed(run: () => Promise<void>): Promise<number> {
  await new Promise((done) => setTimeout(done, pauseMs));
  const started = performance.now();
  await run();
  return performance.now() - started;
}

function expect(status: string, wanted: string): void {
  if (status !== wanted) throw new Error(`a run ended as ${status}`);
}
