/**
 * Hands back memory that a thread of a worker holds without need: what its start has left behind, and the garbage of runs.
 */

import { seesLess } from "./resident.ts";

/** V8 gives it to the realms of this process while it starts (`startFlags`). Nothing else here shall find it, a host function least of all. */
const { gc } = globalThis;
if (gc) globalThis.gc = undefined;

/** Takes some tens of milliseconds. A usual collection keeps what it has freed for later; this one gives it back to the system. */
export function rest(): void {
  void gc?.({ type: "major", flavor: "last-resort" });
}

/** Garbage of a few small runs is not worth it. */
const worthKib = 4 * 1024;

/**
 * Whether a process that holds this much holds enough more than when it last rested. Where nobody would see that it holds less, the next script could use what was
 * handed back.
 */
export function isWorthRest(heldKib: number, restedKib: number, sees = seesLess): boolean {
  return heldKib - restedKib >= worthKib && sees();
}
