/**
 * The generator, as whole processes: projects of several sizes, ours and every peer.
 */
import { fileURLToPath } from "node:url";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { measureProcesses, type Command } from "../measure/process.ts";
import { floor, isobindCold, isobindNative, isobindUnchanged, isobindUnpruned, peers } from "./commands.ts";
import { application, project, type Project } from "./definitions.ts";
import { tenContracts } from "./growth.ts";
import { measureChecks } from "../checks/measure.ts";
import { measureWatch } from "./watch.ts";

const work = fileURLToPath(new URL("../.work", import.meta.url));

export interface GeneratorOptions {
  readonly runs: number;
  /** Only what the goals need. */
  readonly short: boolean;
}

export async function measureGenerator(options: GeneratorOptions): Promise<Table[]> {
  const tables: Table[] = [];
  const sized: readonly (readonly [string, Project])[] = options.short
    ? [["64 leaves", project(work, "d64", 64)]]
    : [
        ["1 leaf", project(work, "d1", 1)],
        ["10 leaves", project(work, "d10", 10)],
        ["64 leaves", project(work, "d64", 64)],
        ["64 leaves with pg, zod and stripe types", project(work, "d64x", 64, true)],
      ];
  for (const [title, at] of sized) {
    const all = [
      floor(at),
      isobindCold(at),
      isobindUnchanged(at),
      // Behind the run without a change, because it leaves a manifest of another config.
      isobindNative(at),
      ...(options.short ? peers(at).filter(({ name }) => /schema/.test(name)) : peers(at)),
    ];
    tables.push(await table(title, all, options.runs));
  }
  const app = application(work);
  tables.push(
    await table(
      "application",
      [
        floor(app),
        isobindCold(app),
        isobindUnchanged(app),
        isobindUnpruned(app),
        ...(options.short ? [] : peers(app).slice(0, 2)),
      ],
      options.runs,
    ),
  );
  tables.push(await table("ten contracts in one config", tenContracts(work), options.runs));
  tables.push(await measureChecks(work, options.runs));
  tables.push(await measureWatch(project(work, "watched", 64), Math.max(options.runs, 12)));
  return tables;
}

export async function table(title: string, commands: readonly Command[], runs: number): Promise<Table> {
  const figures = await measureProcesses(commands, runs);
  return {
    title: `Generator: ${title}`,
    unit: "ms",
    better: "less",
    columns: ["time", "peak memory (MB)"],
    rows: commands.map(({ name }) => {
      const found = figures.get(name);
      const cells: Record<string, Cell> = {
        time: found?.wallMs ?? failed("not run"),
        "peak memory (MB)": found?.peakMb ?? failed("not run"),
      };
      return { name, cells };
    }),
    notes: [
      "Whole processes, interleaved. Memory is the high-water mark of the process itself, polled every 20 ms.",
    ],
  };
}
