/**
 * Growth: cost against work, one thing at a time. Each table has the work of its rows, so that its slope can be named.
 */
import { fileURLToPath } from "node:url";
import type { Table } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";
import { generatorGrowth } from "../generator/growth.ts";
import { table } from "../generator/measure.ts";
import { measureScripts } from "../generator/scripts.ts";
import { prepareIsobind } from "../runtime/peers/isobind.ts";
import { carried, measureCarried } from "./calls.ts";
import { measureSandboxes } from "./sandboxes.ts";

const work = fileURLToPath(new URL("../.work", import.meta.url));

export interface GrowthOptions {
  readonly rounds: number;
  /** Fewer steps of what takes long, and few samples. */
  readonly short: boolean;
}

export async function measureGrowth({ rounds, short }: GrowthOptions): Promise<Table[]> {
  const tables: Table[] = [];
  for (const one of carried) tables.push(await measureCarried(one, { rounds, sampleMs: short ? 20 : 60 }));
  tables.push(await preparing(rounds));
  const counts = short ? [1, 5, 20] : [1, 10, 50, 200];
  tables.push(...(await measureSandboxes({ rounds: Math.min(rounds, 3), counts })));
  for (const { title, commands, growth } of generatorGrowth(work))
    tables.push({ ...(await table(title, commands, rounds)), growth });
  tables.push(await measureScripts(work, Math.min(rounds, 5), short ? [1, 10, 100] : [1, 10, 100, 1_000]));
  return tables;
}

/** Isolates with more and more bindings. */
async function preparing(rounds: number): Promise<Table> {
  const counts = [16, 24, 32, 48, 64];
  const prepared = await Promise.all(counts.map(prepareIsobind));
  const values = counts.map((): number[] => []);
  const each = 20;
  for (let round = 0; round <= rounds; round++) {
    for (const [at, { ours }] of prepared.entries()) {
      let ms = 0;
      for (let i = 0; i < each; i++) {
        const started = performance.now();
        const guest = ours();
        ms += performance.now() - started;
        guest.dispose();
      }
      // The first round compiles the prelude and is thrown away.
      if (round > 0) values[at]?.push(ms / each);
    }
  }
  return {
    title: "Growth: preparing an isolate",
    unit: "ms",
    better: "less",
    columns: ["time"],
    rows: counts.map((count, at) => ({
      name: `${count} bindings`,
      cells: { time: { kind: "measured", summary: summarize(values[at] ?? []), values: values[at] ?? [] } },
    })),
    growth: { of: "bindings", work: counts },
    notes: ["Until a script could start: isolate, context, prelude, frozen tree."],
  };
}
