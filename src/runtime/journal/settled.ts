/**
 * Waits for the calls of a run that is suspended: until they have ended, or have had as long as a whole run may take, or the caller
 * ends the run.
 */
import { clearTimeout, setTimeout } from "../time.ts";

/** `ms`: as long as a whole run may take. */
export async function settled(
  calls: ReadonlySet<Promise<unknown>>,
  signal: AbortSignal,
  ms: number,
): Promise<void> {
  if (calls.size === 0 || signal.aborted) return;
  let hear = (): void => {};
  const over = new Promise<void>((resolve) => (hear = resolve));
  const clock = setTimeout(hear, ms);
  signal.addEventListener("abort", hear, { once: true });
  await Promise.race([Promise.allSettled(calls), over]);
  signal.removeEventListener("abort", hear);
  clearTimeout(clock);
}
