/**
 * Keeps the line of those who wait for a place, in the order of asking; each until it gets one, gives up, or has waited as
 * long as it may. Knows nothing of what a place is.
 */
import { clearTimeout, setTimeout } from "../time.ts";

export interface Patience<Refusal> {
  /** Gives up when this fires. */
  readonly signal: AbortSignal;
  /** Milliseconds it waits at most; `null`: as long as it takes. */
  readonly maxMs: number | null;
  readonly gaveUp: Refusal;
  readonly tooLate: Refusal;
}

interface Waiter<Answer> {
  answer(answer: Answer): void;
}

export class WaitingLine<Place, Refusal> {
  /** The first has waited longest. A set, because any of them may leave at any time, and there may be thousands. */
  readonly #waiters = new Set<Waiter<Place | Refusal>>();
  readonly #left: () => void;

  /** `left` hears of everyone who leaves without having been called. */
  constructor(left: () => void) {
    this.#left = left;
  }

  get length(): number {
    return this.#waiters.size;
  }

  /** Resolves with a place, or with the reason why there is none. Never rejects. */
  join({ signal, maxMs, gaveUp, tooLate }: Patience<Refusal>): Promise<Place | Refusal> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(gaveUp);
      const waiter: Waiter<Place | Refusal> = {
        answer: (answer) => {
          this.#waiters.delete(waiter);
          clearTimeout(clock);
          signal.removeEventListener("abort", giveUp);
          resolve(answer);
        },
      };
      const leave = (refusal: Refusal): void => {
        waiter.answer(refusal);
        this.#left();
      };
      const giveUp = (): void => leave(gaveUp);
      const clock = maxMs === null ? undefined : setTimeout(leave, maxMs, tooLate);
      signal.addEventListener("abort", giveUp);
      this.#waiters.add(waiter);
    });
  }

  /** Gives a place to the first in line; false when nobody waits. */
  give(place: Place): boolean {
    const [first] = this.#waiters;
    first?.answer(place);
    return first !== undefined;
  }

  /** Sends everyone away. */
  refuse(refusal: Refusal): void {
    for (const waiter of [...this.#waiters]) waiter.answer(refusal);
  }
}
