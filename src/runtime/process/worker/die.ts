/**
 * Ends a worker: the only way in which it ends itself. `process.exit` waits for isolates that may never stop; SIGKILL waits
 * for nobody.
 */
export function die(): never {
  process.kill(process.pid, "SIGKILL");
  // Unreachable: the signal is delivered before `kill` returns.
  throw new Error("A process survived SIGKILL.");
}
