/**
 * Lets the jobs of a worker run beside each other, and one that is under suspicion alone. In the order in which they come: whoever comes after one that waits
 * to run alone waits, too, so that its turn comes.
 */

interface Waiting {
  readonly isAlone: boolean;
  begin(): void;
}

export class Turns {
  #running = 0;
  #isOneAlone = false;
  readonly #waiting = new Set<Waiting>();

  /** Resolves with what ends the turn. A job whose signal fires does not wait: its run ends before it has begun. */
  enter(isAlone: boolean, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return Promise.resolve(() => {});
    return new Promise((resolve) => {
      const giveUp = (): void => {
        this.#waiting.delete(waiting);
        resolve(() => {});
        this.#next();
      };
      const waiting: Waiting = {
        isAlone,
        begin: () => {
          this.#waiting.delete(waiting);
          signal.removeEventListener("abort", giveUp);
          this.#running++;
          this.#isOneAlone = isAlone;
          resolve(() => this.#leave());
        },
      };
      this.#waiting.add(waiting);
      signal.addEventListener("abort", giveUp, { once: true });
      this.#next();
    });
  }

  #leave(): void {
    this.#running--;
    this.#isOneAlone = false;
    this.#next();
  }

  #next(): void {
    for (const { isAlone, begin } of this.#waiting) {
      if (this.#isOneAlone || (isAlone && this.#running > 0)) return;
      begin();
    }
  }
}
