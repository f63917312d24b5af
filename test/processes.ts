/**
 * Asks Linux for processes that others have started. Where there is no /proc, nobody has any.
 */
import { readdirSync, readFileSync } from "node:fs";

/** Ids, the oldest first of each thread. Without what a worker is started with, which sets its limits and lives for a moment. */
export function childrenOf(pid: number = process.pid): number[] {
  return listed(`/proc/${pid}/task`)
    .flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(" "))
    .filter((child) => child !== "" && read(`/proc/${child}/comm`).trim() !== "prlimit")
    .map(Number);
}

/** Not one that has ended and that nobody has asked for. */
export function isAlive(pid: number): boolean {
  const stat = read(`/proc/${pid}/stat`);
  return stat !== "" && !stat.includes(") Z ");
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Nothing where it has ended between the listing and the reading. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
