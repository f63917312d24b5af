/**
 * Words the end of a run that reached a limit, the same wherever it was noticed: in the isolate, by a clock of its host, or from outside its process.
 */

export function overWall(wallMs: number): string {
  return `The run took longer than ${wallMs} ms (limits.wallMs).`;
}

/** Where the clock of an engine ends it, it may have waited for a processor in between. */
export function overCpu(cpuMs: number): string {
  return `The script was at work for more than ${cpuMs} ms (limits.cpuMs).`;
}

export function overMemory(memoryMb: number): string {
  return `The script used more than ${memoryMb} MB of memory (limits.memoryMb).`;
}
