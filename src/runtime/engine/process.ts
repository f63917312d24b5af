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

/**
 * Flags of a worker until both of its threads have started and it makes its first isolate. What starts them runs once: its optimised code would be seldom used, and compiling it brings five megabytes of
 * compilers into memory. And what it has left behind can be collected by the realms that are made while there is a `gc` (`worker/rest.ts`).
 */
export const startFlags: readonly string[] = ["--max-optimized-bytecode-size=0", "--expose-gc"];

/** Take `startFlags` back. The number is V8's own. Isolates must have no `gc`. */
export const startedFlags: readonly string[] = ["--max-optimized-bytecode-size=61440", "--no-expose-gc"];

/** What V8, isolated-vm and the C++ runtime print before they end a process that has no memory left. */
export const diedOfMemory =
  /out of memory|is_heap_oom = 1|Reached heap limit|Array buffer allocation failed|bad_alloc|Failed to reserve|Catastrophic out-of-memory/i;
