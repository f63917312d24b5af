/**
 * The goals: ratios of two figures of one run. Every goal names its two sides, so that the page can show where each
 * number came from. Whether it is met is told from more than one run (`verdict.ts`).
 */
import { mostSlope, slopesOf, steepest } from "./growth/slope.ts";
import * as journal from "./journal/table.ts";
import * as checks from "./checks/table.ts";
import * as mcp from "./mcp/table.ts";
import * as queue from "./queue/table.ts";
import * as page from "./page/table.ts";
import { cores } from "./runtime/cores.ts";
import { pairedRatio } from "./measure/statistics.ts";
import type { Cell, Table } from "./measure/cell.ts";

export interface Goal {
  readonly name: string;
  readonly bound: number;
  readonly direction: Direction;
  readonly ratio: number | null;
  /** Why there is no ratio. */
  readonly missing?: string;
}

export type Direction = "at most" | "at least";

/** What `missing` ends with when a part was left out. */
export const notMeasured = "not measured in this run";

interface Side {
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

interface Wanted {
  readonly name: string;
  readonly top: Side;
  readonly bottom: Side;
  readonly bound: number;
  readonly direction: Direction;
}

const process = "isobind (process)";
const none = "isobind (none)";
const secureExec = "secure-exec 0.2.1";
const calls = "Host calls";
const at = (table: string, row: string, column: string): Side => ({ table, row, column });
const generator = (project: string, name: string): Side => at(`Generator: ${project}`, name, "time");

/** A row of `runtime/cases.ts`, and the most that a call of ours may take of a peer's. */
type CallGoal = readonly [row: string, bound: number];

const across: readonly CallGoal[] = [
  ["sync, two numbers", 0.2],
  ["sync, 1 KB object", 0.7],
  ["sync, 100 KB object", 0.25],
  ["sync, 1 MB bytes", 0.25],
  ["sync, an error thrown and caught", 0.3],
  ["async, one after another", 0.4],
  ["async, 100 at once", 0.2],
];

const besidePipes: readonly CallGoal[] = [
  ["sync, two numbers", 1.3],
  ["sync, 1 KB object", 1.1],
];

const inPlace: readonly CallGoal[] = [
  ["sync, two numbers", 1.25],
  ["sync, 1 KB object", 1.2],
  ["sync, 100 KB object", 1.5],
  ["sync, 1 MB bytes", 1.2],
  ["sync, an error thrown and caught", 2],
  ["async, one after another", 1.8],
  ["async, 100 at once", 1.8],
  ["async, 1,000 at once", 1.8],
];

const wanted: readonly Wanted[] = [
  {
    name: "no-change generate / empty node process",
    top: generator("64 leaves", "isobind, no change"),
    bottom: generator("64 leaves", "empty node process"),
    bound: 1.3,
    direction: "at most",
  },
  {
    name: "no-change generate of an application / empty node process",
    top: generator("application", "isobind, no change"),
    bottom: generator("application", "empty node process"),
    bound: 1.3,
    direction: "at most",
  },
  {
    name: "cold generate, 64 leaves / ts-json-schema-generator",
    top: generator("64 leaves", "isobind, cold"),
    bottom: generator("64 leaves", "ts-json-schema-generator"),
    bound: 0.35,
    direction: "at most",
  },
  {
    name: "cold generate with the native compiler, 64 leaves / ts-json-schema-generator",
    top: generator("64 leaves", "isobind, cold, native compiler"),
    bottom: generator("64 leaves", "ts-json-schema-generator"),
    bound: 0.2,
    direction: "at most",
  },
  {
    name: "realistic app / the same unpruned",
    top: generator("application", "isobind, cold"),
    bottom: generator("application", "isobind, cold, unpruned"),
    bound: 0.18,
    direction: "at most",
  },
  {
    name: "ten contracts of one config, cold / one of them",
    top: generator("ten contracts in one config", "isobind, cold"),
    bottom: generator("ten contracts in one config", "isobind, cold, one of the ten"),
    bound: 2,
    direction: "at most",
  },
  {
    name: "peak memory of a cold generate, 64 leaves / ts-json-schema-generator",
    top: at("Generator: 64 leaves", "isobind, cold", "peak memory (MB)"),
    bottom: at("Generator: 64 leaves", "ts-json-schema-generator", "peak memory (MB)"),
    bound: 0.6,
    direction: "at most",
  },
  {
    name: "watch edit, 64 leaves / cold",
    top: at("Watch", "64 leaves, one edit", "time"),
    bottom: generator("64 leaves", "isobind, cold"),
    bound: 0.15,
    direction: "at most",
  },
  ...across.map(([row, bound]): Wanted => ({
    name: `across processes: ${row} / secure-exec`,
    top: at(calls, row, process),
    bottom: at(calls, row, secureExec),
    bound,
    direction: "at most",
  })),
  ...besidePipes.map(([row, bound]): Wanted => ({
    name: `across processes: ${row} / hand-written blocking pipe`,
    top: at(calls, row, process),
    bottom: at(calls, row, "hand-written blocking pipe"),
    bound,
    direction: "at most",
  })),
  {
    name: "async throughput at 1,000 in flight: secure-exec's time a call / process-isolated",
    top: at(calls, "async, 1,000 at once", secureExec),
    bottom: at(calls, "async, 1,000 at once", process),
    bound: 10,
    direction: "at least",
  },
  ...inPlace.map(([row, bound]): Wanted => ({
    name: `in process: ${row} / hand-written isolated-vm`,
    top: at(calls, row, none),
    bottom: at(calls, row, "hand-written isolated-vm"),
    bound,
    direction: "at most",
  })),
  {
    name: "warm run, fresh isolate, 64 bindings / secure-exec",
    top: at("Warm run", process, "Warm run"),
    bottom: at("Warm run", secureExec, "Warm run"),
    bound: 0.05,
    direction: "at most",
  },
  {
    name: "first run in a process / secure-exec",
    top: at("First run in a process", process, "First run in a process"),
    bottom: at("First run in a process", secureExec, "First run in a process"),
    bound: 0.5,
    direction: "at most",
  },
  {
    name: "scripts of 20 ms on two cores: two workers / one",
    top: at(cores.title, cores.two, cores.column),
    bottom: at(cores.title, cores.one, cores.column),
    bound: 1.8,
    direction: "at least",
  },
  {
    name: "64-binding install / empty isolate + context",
    top: at("Preparing an isolate", "isobind, 64 bindings", "time"),
    bottom: at("Preparing an isolate", "empty isolate and context", "time"),
    bound: 1.2,
    direction: "at most",
  },
  ...(["sql", "user", "tree", "rich", "scalars"] as const).map((shape): Wanted => ({
    name: `validation, ${shape} / typia`,
    top: at("Validation, accepted", shape, "isobind"),
    bottom: at("Validation, accepted", shape, "typia"),
    bound: 0.9,
    direction: "at most",
  })),
  ...(["sql", "user", "tree", "rich", "scalars"] as const).map((shape): Wanted => ({
    name: `validation, ${shape} / typia that refuses excess properties as well`,
    top: at("Validation, accepted", shape, "isobind"),
    bottom: at("Validation, accepted", shape, "typia, excess refused"),
    bound: 0.9,
    direction: "at most",
  })),
  {
    name: "typecheck, 1,000 scripts of 50 lines / without TypeScript 7, as before",
    top: at(checks.title, checks.rows.many, checks.column),
    bottom: at(checks.title, checks.rows.manyCarried, checks.column),
    bound: 0.6,
    direction: "at most",
  },
  {
    name: "first check of a script / cold tsc 6 over the same files",
    top: at(checks.title, checks.rows.first, checks.column),
    bottom: at(checks.title, checks.rows.tsc, checks.column),
    bound: 0.5,
    direction: "at most",
  },
  {
    name: "second check of a script / cold tsc 6",
    top: at(checks.title, checks.rows.next, checks.column),
    bottom: at(checks.title, checks.rows.tsc, checks.column),
    bound: 0.03,
    direction: "at most",
  },
  {
    name: "first completion in a folder of scripts / the same folder without isobind",
    top: at(checks.title, checks.rows.completion, checks.column),
    bottom: at(checks.title, checks.rows.completionPlain, checks.column),
    bound: 1.2,
    direction: "at most",
  },
  {
    name: "run_script over stdio / the SDK's echo tool and a bare run",
    top: at(mcp.title, mcp.rows.script, mcp.column),
    bottom: at(mcp.title, mcp.rows.both, mcp.column),
    bound: 1.5,
    direction: "at most",
  },
  ...(["sync", "async", "objects"] as const).map((row): Wanted => ({
    name: `journal in memory: ${journal.rows[row]} / without`,
    top: at(journal.title, journal.rows[row], journal.columns.recorded),
    bottom: at(journal.title, journal.rows[row], journal.columns.without),
    bound: 1.1,
    direction: "at most",
  })),
  ...(["manySync", "manyAsync"] as const).map((row): Wanted => ({
    name: `going on through ${journal.rows[row]} / making them across processes`,
    top: at(journal.title, journal.rows[row], journal.columns.goneOn),
    bottom: at(journal.title, journal.rows[row], journal.columns.without),
    bound: 0.25,
    direction: "at most",
  })),
  ...([queue.jobs.one, queue.jobs.many] as const).map((row): Wanted => ({
    name: `a job with a trivial script, ${row} / a bare BullMQ job with the same run`,
    top: at(queue.jobs.title, row, queue.jobs.ours),
    bottom: at(queue.jobs.title, row, queue.jobs.bare),
    bound: 1.25,
    direction: "at most",
  })),
  {
    name: "1,000 jobs of 20 ms on two cores: one worker's time / two workers'",
    top: at(queue.workers.title, queue.workers.one, queue.workers.ours),
    bottom: at(queue.workers.title, queue.workers.two, queue.workers.ours),
    bound: 1.8,
    direction: "at least",
  },
  {
    name: "the same of bare BullMQ jobs with the same run: what the row above can reach",
    top: at(queue.workers.title, queue.workers.one, queue.workers.bare),
    bottom: at(queue.workers.title, queue.workers.two, queue.workers.bare),
    bound: 1.8,
    direction: "at least",
  },
  {
    name: "first paint of the playground / a bare Monaco page",
    top: at(page.title, page.rows.playground, page.column),
    bottom: at(page.title, page.rows.monaco, page.column),
    bound: 1.5,
    direction: "at most",
  },
  {
    name: "result of a 100 ms script on the screen / its run",
    top: at(page.title, page.rows.shown, page.column),
    bottom: at(page.title, page.rows.run, page.column),
    bound: 1.5,
    direction: "at most",
  },
  {
    name: "longest task of 10,000 lines and 4 MiB / the same in a bare list",
    top: at(page.title, page.rows.flood, page.column),
    bottom: at(page.title, page.rows.list, page.column),
    bound: 2,
    direction: "at most",
  },
  {
    name: "memory per idle warm worker / empty node process",
    top: at("Memory of processes", "idle warm worker", "memory"),
    bottom: at("Memory of processes", "empty node process", "memory"),
    bound: 1.3,
    direction: "at most",
  },
  {
    name: "memory of a process with one idle sandbox, without its worker / empty node process",
    top: at("Memory of processes", "process with one idle sandbox", "memory"),
    bottom: at("Memory of processes", "empty node process", "memory"),
    bound: 1.25,
    direction: "at most",
  },
];

export function goalsOf(tables: readonly Table[]): Goal[] {
  return [...ratios(tables), ...growths(tables)];
}

export function meets({ bound, direction }: Pick<Goal, "bound" | "direction">, ratio: number): boolean {
  return direction === "at most" ? ratio <= bound : ratio >= bound;
}

/** `≤ 0.35` */
export function boundOf({ bound, direction }: Pick<Goal, "bound" | "direction">): string {
  return `${direction === "at most" ? "≤" : "≥"} ${bound}`;
}

/** Nothing grows faster than its work. Of the figures that results keep, so of those of earlier runs too. */
export function growths(tables: readonly Table[]): Goal[] {
  return tables.flatMap((table) =>
    slopesOf(table).map((slope): Goal => {
      const ratio = steepest(slope);
      const what = table.title.replace(/^Growth: /u, "").replace(/^Generator: growth/u, "generating");
      const name = `slope of ${what}: ${slope.column}`;
      return { name, bound: mostSlope, direction: "at most", ratio };
    }),
  );
}

function ratios(tables: readonly Table[]): Goal[] {
  return wanted.map(({ name, top, bottom, bound, direction }) => {
    const [a, b] = [find(tables, top), find(tables, bottom)];
    if (a?.kind !== "measured" || b?.kind !== "measured") {
      const absent = a?.kind === "measured" ? { side: bottom, cell: b } : { side: top, cell: a };
      const reason = absent.cell?.kind === "failed" ? absent.cell.reason : notMeasured;
      return { name, bound, direction, ratio: null, missing: `${absent.side.row}: ${reason}` };
    }
    return { name, bound, direction, ratio: pairedRatio(a.values, b.values) };
  });
}

function find(tables: readonly Table[], side: Side): Cell | undefined {
  return tables.find(({ title }) => title === side.table)?.rows.find(({ name }) => name === side.row)?.cells[
    side.column
  ];
}
