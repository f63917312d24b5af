/**
 * The verdict on each goal: the worse of its ratios on the last two machines or days. One run on one machine says too little: where the
 * system puts two processes, and what its neighbours do, moves a ratio by a third.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { meets, type Goal } from "./goals.ts";

/** A ratio, and where and when it was measured. */
export interface Taken {
  readonly date: string;
  /** Tells machines apart and says nothing else of them; `null` of results from before it was kept. */
  readonly machine: string | null;
  readonly commit: string | null;
  readonly ratio: number;
}

export interface Judged extends Omit<Goal, "ratio"> {
  /** The newest first, at most one of a machine and day. */
  readonly runs: readonly Taken[];
}

/** So many runs are judged: of an older one the code is another. */
const mostRuns = 2;

/** The goals as they are now, each with what was measured in this run and in those before. */
export function joinedGoals(
  goals: readonly Goal[],
  earlier: readonly Judged[],
  when: Omit<Taken, "ratio">,
): Judged[] {
  return goals.map(({ ratio, ...goal }) => {
    const before = earlier.find(({ name }) => name === goal.name)?.runs ?? [];
    const runs =
      ratio === null ? before : [{ ...when, ratio }, ...before.filter((run) => !isSame(run, when))];
    return { ...goal, runs: runs.slice(0, mostRuns) };
  });
}

const isSame = (run: Taken, when: Omit<Taken, "ratio">): boolean =>
  run.date === when.date && run.machine === when.machine;

/** `null` when nothing was measured. */
export function verdict({ runs, ...goal }: Judged): boolean | null {
  return runs.length === 0 ? null : runs.every(({ ratio }) => meets(goal, ratio));
}

/** A few digits for the machine: another start of it, or another container on it, is another machine. */
export function machineMark(): string {
  return createHash("sha256").update(bootOf()).digest("hex").slice(0, 4);
}

function bootOf(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8");
  } catch {
    return hostname();
  }
}
