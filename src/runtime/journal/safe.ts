/**
 * Waits until what was written is safe, for as long as a whole run may take: a store may never answer, and whoever waits for the run has not been told more.
 */
import { clearTimeout, setTimeout } from "../time.ts";
import type { JournalWriter } from "./writer.ts";

/** Why something is not safe. `isLate`: its store may still answer. */
export interface Unsafe {
  readonly error: unknown;
  readonly isLate?: true;
}

/** Resolves with `null` when all is safe; after `ms` at most. */
export async function safe(writer: JournalWriter, ms: number): Promise<Unsafe | null> {
  const settled = writer.settled();
  if (!writer.isWaiting) return settled;
  let clock: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<Unsafe>((resolve) => {
    const error = new Error(`the store has not answered within ${ms} ms`);
    clock = setTimeout(() => resolve({ error, isLate: true }), ms);
  });
  const failure = await Promise.race([settled, tooLong]);
  clearTimeout(clock);
  return failure;
}
