/**
 * Says how many workers a machine carries: as many as can be at work at once, and no more than have room in its memory.
 */
import { availableParallelism, totalmem } from "node:os";
import { constrainedMemory } from "node:process";

/** What a worker holds of its own, beside its run. */
const ownMb = 30;

/** A run may have this many times its limit for a moment, before its worker is ended. */
const peak = 2.5;

/** The host's own program and everything else need room, too. */
const share = 0.75;

export interface Machine {
  readonly processors: number;
  readonly memoryMb: number;
}

/** Of a container, what the container has. */
export function machine(): Machine {
  const constrained = constrainedMemory();
  const bytes = constrained > 0 && constrained < totalmem() ? constrained : totalmem();
  return { processors: availableParallelism(), memoryMb: bytes / 1024 ** 2 };
}

/** Megabytes that one worker may come to hold whose runs have `memoryMb`. */
export function workerMb(memoryMb: number): number {
  return Math.ceil(ownMb + peak * memoryMb);
}

/**
 * Workers for runs of `memoryMb`, at least 1.
 *
 * @example
 * autoWorkers(128, { processors: 8, memoryMb: 2_048 }); // 4: there is room for no more
 */
export function autoWorkers(memoryMb: number, { processors, memoryMb: all }: Machine = machine()): number {
  return Math.max(1, Math.min(processors, Math.floor((share * all) / workerMb(memoryMb))));
}
