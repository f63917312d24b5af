/**
 * Measures how long a run waited, and how long its script took. A run is two stretches of time: during the first only the
 * limit on waiting counts.
 */
import type { RunTimeStats } from "./result.ts";
import { now } from "./time.ts";

export class RunTimes {
  readonly #asked = now();
  #began: number | null = null;

  /** The script is about to start. */
  begin(): void {
    this.#began ??= now();
  }

  /** The run has ended: in the middle of its script, or before it. */
  end(): RunTimeStats {
    const ended = now();
    const began = this.#began ?? ended;
    return { wallMs: ended - began, queuedMs: began - this.#asked };
  }
}
