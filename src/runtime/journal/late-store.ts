/**
 * Waits for what a store was asked as long as a whole run may take: it may never answer, and whoever waits for the run has not been told more.
 */
import { clearTimeout, setImmediate, setTimeout } from "../time.ts";

export class LateStore extends Error {
  /** What the store says after all; resolves, however it does. */
  readonly answered: Promise<unknown>;

  constructor(ms: number, answer: Promise<unknown>) {
    super(`the store has not answered within ${ms} ms`);
    this.answered = answer.catch(() => {});
  }
}

/** What a store answers. Throws `LateStore` after `ms`, and counts what has come while this process itself was blocked. */
export async function inTime<Answer>(given: Answer | PromiseLike<Answer>, ms: number): Promise<Answer> {
  if (!isThenable(given)) return given;
  const answer = Promise.resolve(given);
  let clock: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<never>((_, reject) => {
    // Timers run before what has arrived is read, and immediates after it.
    clock = setTimeout(() => setImmediate(() => reject(new LateStore(ms, answer))), ms);
  });
  try {
    return await Promise.race([answer, over]);
  } finally {
    clearTimeout(clock);
  }
}

function isThenable<Answer>(given: Answer | PromiseLike<Answer>): given is PromiseLike<Answer> {
  return typeof (given as PromiseLike<Answer> | undefined)?.then === "function";
}
