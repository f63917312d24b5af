/**
 * Clears away temporary files that no process needs any more. The caller holds the lock of the folder, and has finished
 * its journal.
 */
import { join } from "node:path";
import { codeOf, type Machine } from "./machine.ts";
import { isLeftover } from "./temporary.ts";

export function removeLeftovers({ disk, isAlive }: Machine, folder: string): void {
  for (const name of list(disk, folder)) {
    if (isLeftover(name, isAlive)) disk.rmSync(join(folder, name), { force: true });
  }
}

function list(disk: Machine["disk"], folder: string): readonly string[] {
  try {
    return disk.readdirSync(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return [];
    throw error;
  }
}
