/**
 * Waits until what was written is safe, for as long as a whole run may take.
 */
import { inTime } from "./late-store.ts";
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
  try {
    return await inTime(settled, ms);
  } catch (error) {
    return { error, isLate: true };
  }
}
