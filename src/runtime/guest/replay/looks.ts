/**
 * Looks: what a script sees of the time, in a run that can be repeated. First what it has seen before, then the clock; and what it has seen of that,
 * to be told, as a time and how often it was seen.
 */
import { wallClock } from "../../time.ts";

export class Looks {
  readonly #recorded: readonly number[];
  #at = 0;
  /** How often the time at `#at` is still to be seen. */
  #left: number;
  /** The last time that was seen: no time after it is earlier. */
  #last = 0;
  #fresh: number[] = [];

  constructor(recorded: readonly number[]) {
    this.#recorded = recorded;
    this.#left = recorded[1] ?? 0;
  }

  look(): number {
    const again = this.#again();
    if (again !== undefined) return (this.#last = again);
    const now = Math.max(this.#last, wallClock());
    const fresh = this.#fresh;
    if (fresh.length > 0 && fresh.at(-2) === now) fresh[fresh.length - 1]! += 1;
    else fresh.push(now, 1);
    return (this.#last = now);
  }

  #again(): number | undefined {
    while (this.#left === 0) {
      if (this.#at >= this.#recorded.length) return undefined;
      this.#at += 2;
      this.#left = this.#recorded[this.#at + 1] ?? 0;
    }
    this.#left--;
    return this.#recorded[this.#at];
  }

  /** What was seen since it was taken last; `null` for nothing. */
  take(): readonly number[] | null {
    const fresh = this.#fresh;
    if (fresh.length === 0) return null;
    this.#fresh = [];
    return fresh;
  }
}
