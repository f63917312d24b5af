/**
 * Sees to it that no worker outlives the process that forked it, also when that process exits without disposing anything.
 * (When it is killed, nothing here runs; then the worker sees its pipe close, and its watchdog sees its parent gone.)
 */
import type { ChildProcess } from "node:child_process";

const living = new Set<ChildProcess>();

function killAll(): void {
  for (const child of living) child.kill("SIGKILL");
}

/** Kills `child` at exit, until the returned function is called. One listener for all, and only while there is a child. */
export function killAtExit(child: ChildProcess): () => void {
  if (living.size === 0) process.on("exit", killAll);
  living.add(child);
  return () => {
    if (living.delete(child) && living.size === 0) process.off("exit", killAll);
  };
}
