/** Puts calls that overlap into lanes of their own, each into the first that is free: how many there are is how many ran at once. */

export interface Timed {
  readonly from: number;
  /** `null` while it is in flight. */
  readonly to: number | null;
}

/** Calls come in the order of their starts, and their ends may come later. */
export class Lanes {
  /** When each becomes free; `null` while its call is in flight. */
  readonly #free: (number | null)[] = [];

  enter({ from }: Timed): number {
    const index = this.#free.findIndex((at) => at !== null && at <= from);
    const lane = index === -1 ? this.#free.length : index;
    this.#free[lane] = null;
    return lane;
  }

  leave(lane: number, at: number): void {
    this.#free[lane] = at;
  }

  get count(): number {
    return this.#free.length;
  }
}
