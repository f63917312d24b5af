/**
 * Results of one run, as committed: tables, goals, and what they were measured on.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { goalsOf, growths } from "./goals.ts";
import type { Measured, Table } from "./measure/cell.ts";
import { joinedGoals, type Judged, type Taken } from "./verdict.ts";

export interface Results {
  readonly date: string;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly node: string;
    readonly platform: string;
    readonly load: string;
  };
  /** Samples of each figure, where a part does not take more. */
  readonly rounds: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly commit: string | null;
  readonly goals: readonly Judged[];
  readonly tables: readonly Table[];
}

export function describeMachine(): Results["machine"] {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    load: load(),
  };
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(" ");
}

/** Measures one part, and beside it the machine. */
export async function watched(part: () => Promise<readonly Table[]>): Promise<readonly Table[]> {
  const [loadBefore, times] = [load(), cpus().map(({ times }) => times)];
  const tables = await part();
  const busy = cpus().map(({ times: now }, core) => {
    const then = times[core] ?? now;
    const passed = (Object.keys(now) as (keyof typeof now)[]).map((name) => now[name] - then[name]);
    const all = passed.reduce((a, b) => a + b, 0);
    return all === 0 ? 0 : Number((1 - (now.idle - then.idle) / all).toFixed(2));
  });
  const measured: Measured = {
    date: today(),
    commit: commit(),
    cpu: cpus()[0]?.model ?? "unknown",
    load: [loadBefore, load()],
    busy,
  };
  return tables.map((table) => ({ ...table, measured }));
}

export const today = (): string => new Date().toISOString().slice(0, 10);

/** What was measured now, in place of the same of an earlier run; what was not measured now stays. */
export function joined(
  before: Results | null,
  now: Omit<Results, "goals">,
  machine: Taken["machine"],
): Results {
  const { date, commit } = now;
  const isMeasured = ({ title }: Table): boolean => now.tables.some((table) => table.title === title);
  const kept = (before?.tables ?? []).filter((table) => !isMeasured(table));
  const earlier = before?.goals ?? [];
  const goals = joinedGoals(goalsOf(now.tables), earlier, { date, machine, commit });
  // Slopes are of the tables there are: those of tables that were not measured now stand among the earlier goals alone.
  const slopes = growths(kept).flatMap(({ name }) => earlier.filter((goal) => goal.name === name));
  const others = slopes.filter(({ name }) => !goals.some((goal) => goal.name === name));
  return {
    ...(before ?? now),
    date,
    versions: now.versions,
    goals: [...goals, ...others],
    tables: [...kept, ...now.tables],
  };
}

export function versions(): Record<string, string> {
  const here = new URL("./package.json", import.meta.url);
  const { dependencies } = JSON.parse(readFileSync(here, "utf8")) as { dependencies: Record<string, string> };
  return Object.fromEntries(
    Object.keys(dependencies).map((name) => {
      const file = new URL(`./node_modules/${name}/package.json`, import.meta.url);
      return [name, (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version];
    }),
  );
}

export function commit(): string | null {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return null;
  }
}
