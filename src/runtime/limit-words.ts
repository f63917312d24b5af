/**
 * Words the end of a run that reached a limit, the same wherever it was noticed: in the isolate, by a clock of its host, or from outside its process.
 */
import { counted } from "../model/counted.ts";

export function overWall(wallMs: number): string {
  return `The run took longer than ${wallMs} ms (limits.wallMs).`;
}

/** Where the clock of an engine ends it, it may have waited for a processor in between. */
export function overCpu(cpuMs: number): string {
  return `The script was at work for more than ${cpuMs} ms (limits.cpuMs).`;
}

/** `1 run is at work and 2 wait, as many as `queueMax` allows.` */
export function overQueue(working: number, waiting: number): string {
  const atWork = counted(working, "run is", "runs are");
  return `${atWork} at work and ${counted(waiting, "waits", "wait")}, as many as \`queueMax\` allows.`;
}

export function overMemory(memoryMb: number): string {
  return `The script used more than ${memoryMb} MB of memory (limits.memoryMb).`;
}
