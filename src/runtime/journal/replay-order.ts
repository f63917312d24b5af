/**
 * Lets a script hear answers in the order in which it has heard them, and new ones behind those.
 */
import type { Reply } from "../seam.ts";

export class ReplayOrder {
  /** Numbers of calls, in the order of their answers. */
  readonly #order: readonly number[];
  #next = 0;
  #isDue = false;
  readonly #recorded = new Map<number, () => void>();
  #live: (() => void)[] = [];

  constructor(order: readonly number[]) {
    this.#order = order;
  }

  /** The answer of a call that is in the order, when its turn has come. */
  recorded(number: number, reply: Reply): Promise<Reply> {
    return new Promise((resolve) => {
      this.#recorded.set(number, () => resolve(reply));
      // Not at once: whoever asked does not listen yet, and others who do would hear first.
      if (!this.#isDue) void Promise.resolve().then(() => this.#advance());
      this.#isDue = true;
    });
  }

  /** Calls `deliver` when everything recorded has been heard. */
  live(deliver: () => void): void {
    if (this.#next === this.#order.length) deliver();
    else this.#live.push(deliver);
  }

  #advance(): void {
    this.#isDue = false;
    for (; this.#next < this.#order.length; this.#next++) {
      const tell = this.#recorded.get(this.#order[this.#next]!);
      if (tell === undefined) return;
      tell();
    }
    const waiting = this.#live;
    this.#live = [];
    for (const deliver of waiting) deliver();
  }
}
