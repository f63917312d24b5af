/**
 * Waits until what was written is safe. A store may never answer: whoever ends the run then need not wait with it.
 */
import { clearTimeout, setTimeout } from "../time.ts";
import type { JournalWriter } from "./writer.ts";

/** Why something is not safe. `isLate`: its store may still answer. */
export interface Unsafe {
  readonly error: unknown;
  readonly isLate?: true;
}

/** Resolves with `null` when all is safe. Once `signal` has fired, after `ms` at most. */
export async function safe(writer: JournalWriter, signal: AbortSignal, ms: number): Promise<Unsafe | null> {
  const settled = writer.settled();
  if (!writer.isWaiting) return settled;
  let clock: ReturnType<typeof setTimeout> | undefined;
  let count = (): void => {};
  const tooLong = new Promise<Unsafe>((resolve) => {
    const error = new Error(`the store has not answered within ${ms} ms after the run was ended`);
    count = () => (clock = setTimeout(() => resolve({ error, isLate: true }), ms));
  });
  if (signal.aborted) count();
  else signal.addEventListener("abort", count, { once: true });
  const failure = await Promise.race([settled, tooLong]);
  signal.removeEventListener("abort", count);
  clearTimeout(clock);
  return failure;
}
