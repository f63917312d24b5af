/**
 * Preparing an isolate: an empty isolate and context, against ours with prelude and 64 bindings.
 */
import type { Table } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";
import { prepareIsobind } from "./peers/isobind.ts";

export async function measurePreparation(rounds: number): Promise<Table> {
  const preparations = await prepareIsobind(64);
  const empty: number[] = [];
  const ours: number[] = [];
  const each = 20;
  for (let round = 0; round <= rounds; round++) {
    const times = [0, 0];
    for (let i = 0; i < each; i++) {
      for (const [at, prepare] of [preparations.empty, preparations.ours].entries()) {
        const started = performance.now();
        const prepared = prepare();
        times[at] = (times[at] ?? 0) + performance.now() - started;
        prepared.dispose();
      }
    }
    // The first round compiles the prelude and is thrown away.
    if (round === 0) continue;
    empty.push((times[0] ?? 0) / each);
    ours.push((times[1] ?? 0) / each);
  }
  return {
    title: "Preparing an isolate",
    unit: "ms",
    better: "less",
    columns: ["time"],
    rows: [
      {
        name: "empty isolate and context",
        cells: { time: { kind: "measured", summary: summarize(empty), values: empty } },
      },
      {
        name: "isobind, 64 bindings",
        cells: { time: { kind: "measured", summary: summarize(ours), values: ours } },
      },
    ],
    notes: ["Until a script could start: isolate, context, prelude, frozen tree."],
  };
}
