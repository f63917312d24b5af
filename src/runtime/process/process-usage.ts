/**
 * Reads what a worker process has used, as the kernel counts it. For runs that end by the death of their worker: nobody
 * inside can be asked any more. Linux only; elsewhere nothing is known but what a watchdog said last.
 */
import { closeSync, openSync, readSync } from "node:fs";
import type { GuestUsage } from "../seam.ts";
import { pageBytes } from "./page-size.ts";

export interface ProcessUsage {
  readonly cpuMs: number;
  readonly residentBytes: number;
}

export const nothingUsed: ProcessUsage = { cpuMs: 0, residentBytes: 0 };

/** The kernel counts processor time for programs in hundredths of a second on every architecture, whatever it uses itself. */
const tickMs = 10;

/** All it has used since it began; nothing when it is gone, or where the kernel does not say. */
export function readProcessUsage(pid: number): ProcessUsage {
  if (process.platform !== "linux") return nothingUsed;
  try {
    // Fields are counted from behind the program's name, which is in brackets and may hold anything.
    const stat = firstRead(`/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const cpuMs = (Number(fields[11]) + Number(fields[12])) * tickMs;
    return { cpuMs, residentBytes: Number(fields[21]) * pageBytes() };
  } catch {
    return nothingUsed;
  }
}

const scratch = Buffer.allocUnsafeSlow(2048);

/** The kernel gives all of such a file in one read. Reading it as a file, whose size is asked for and whose end is looked for, takes twice as long, and a worker is asked after each run. */
function firstRead(path: string): string {
  const descriptor = openSync(path, "r");
  try {
    return scratch.toString("latin1", 0, readSync(descriptor, scratch, 0, scratch.length, null));
  } finally {
    closeSync(descriptor);
  }
}

/** The difference, as a run's usage. The heap of a dead isolate is unknown; the memory its process grew by stands for it. */
export function usageSince(before: ProcessUsage, now: ProcessUsage): GuestUsage {
  return {
    cpuMs: Math.max(0, now.cpuMs - before.cpuMs),
    heapBytes: now.residentBytes === 0 ? 0 : Math.max(0, now.residentBytes - before.residentBytes),
  };
}
