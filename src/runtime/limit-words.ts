/**
 * Words the end of a run that reached a limit, the same wherever it was noticed: in the isolate, by a clock of its host, or from outside its process.
 */

export function overWall(wallMs: number): string {
  return `The run took longer than ${wallMs} ms (limits.wallMs).`;
}

export function overCpu(cpuMs: number): string {
  return `The script used more than ${cpuMs} ms of processor time (limits.cpuMs).`;
}

/** Where an engine ends a script by a clock of the wall, because nobody can by the processor time it has used. */
export function overBusy(cpuMs: number, usedMs: number): string {
  return `The script was at work for more than ${cpuMs} ms (limits.cpuMs), and had a processor for ${Math.round(usedMs)} ms of them: the machine is busy.`;
}

export function overMemory(memoryMb: number): string {
  return `The script used more than ${memoryMb} MB of memory (limits.memoryMb).`;
}
