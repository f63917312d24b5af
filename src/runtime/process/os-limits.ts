/**
 * Sets a limit on memory that the kernel keeps, below everything a worker does itself. Linux only, and only where util-linux
 * is installed; elsewhere the worker's watchdog and the limits of the isolate stand alone.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

export const prlimit = "/usr/bin/prlimit";

/**
 * What a worker may map beyond what it has mapped when it is ready: V8 reserves half a gigabyte for each isolate's code, which the
 * kernel counts although nobody uses it, and a worker makes the next isolate before the last one is quite gone. So this limit is coarse,
 * a gigabyte and not a megabyte; it stops what would take the machine down.
 */
const slackBytes = 1024 ** 3;

/**
 * Limits the data segment of a worker that is ready, and switches its core dumps off: those would hold what the guest held. `fileBytes`: how long a file it
 * may make, of one that has a file to write.
 */
export function limitProcess(pid: number, memoryMb: number, fileBytes: number | null): void {
  if (process.platform !== "linux" || !existsSync(prlimit)) return;
  const mapped = mappedBytes(pid);
  const args = [`--pid=${pid}`, "--core=0"];
  if (mapped > 0) args.push(`--data=${mapped + slackBytes + 3 * memoryMb * 1024 ** 2}`);
  if (fileBytes !== null) args.push(`--fsize=${fileBytes}`);
  try {
    // Without the limit (a worker that has just died, a container that forbids it, no process left to start) the others still hold.
    const child = spawn(prlimit, args, { env: {}, stdio: "ignore" });
    child.on("error", () => {});
    child.unref();
  } catch {
    // Some failures of the system are thrown and not told by an event.
  }
}

function mappedBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmData:\s*(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
