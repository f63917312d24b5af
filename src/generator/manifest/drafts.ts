/**
 * Drafts: records on their way to being one. A run that is killed before the rename leaves its draft behind, and every
 * later run looks for such; a draft of a run that is still at work is left alone.
 */
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** A record is written in a few milliseconds: an older draft is of a process that died, whatever lives under its id now. */
const lifetimeMs = 60_000;

export function draftName(record: string): string {
  return `${record}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`;
}

/** Never fails: what is in the way of tidying a cache is in nobody's way. */
export function removeDrafts(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const pid = /\.(\d+)\.[a-z0-9]*\.tmp$/.exec(name)?.[1];
      if (pid === undefined) continue;
      const file = join(folder, name);
      if (!isAlive(Number(pid)) || Date.now() - statSync(file).mtimeMs > lifetimeMs)
        rmSync(file, { force: true });
    }
  } catch {
    // There is no such folder, or another run tidies it too.
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: unknown }).code === "EPERM"; // alive, and another user's
  }
}
