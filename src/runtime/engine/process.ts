/**
 * Says what a process that holds isolates is started with, and what it says when it dies. For who starts it; loads no
 * engine.
 */

/** Flags of V8 for isolates of a process of Node `version`, see `interruptible`, and what isolated-vm asks for. */
export function engineFlags(version: string): readonly string[] {
  return ["--no-node-snapshot", ...interruptible(version)];
}

/**
 * From V8 13 on, a loop that the optimising compiler has unrolled may never look whether it shall stop, and then neither a time limit
 * nor the memory limit ends it. Older engines do not know the flag.
 */
export function interruptible(version: string): readonly string[] {
  return Number.parseInt(version, 10) >= 24 ? ["--no-turboshaft-loop-unrolling"] : [];
}

/** What V8, isolated-vm and the C++ runtime print before they end a process that has no memory left. */
export const diedOfMemory =
  /out of memory|is_heap_oom = 1|Reached heap limit|Array buffer allocation failed|bad_alloc|Failed to reserve|Catastrophic out-of-memory/i;
