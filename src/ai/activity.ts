/** What a run has done until now, for whoever looks: as many looks as they like, each at all that has happened since the last. */
import { ConsoleLines, type ConsoleLine } from "../script-tool/console-text.ts";
import type { Progress } from "../script-tool/session.ts";

export interface CallCount {
  readonly name: string;
  readonly started: number;
  readonly failed: number;
  /** Calls that still wait for their answer. */
  readonly open: number;
}

/** Of lines that are kept: what is streamed is for somebody who watches. */
const mostChars = 4_000;

export class Activity {
  readonly #lines = new ConsoleLines(mostChars);
  readonly #calls = new Map<string, { started: number; failed: number; open: number }>();
  #isNew = false;
  #hasEnded = false;
  #wake: () => void = () => {};

  add(progress: Progress): void {
    if (progress.kind === "console") this.#lines.add(progress);
    else {
      const counts = this.#calls.get(progress.name) ?? { started: 0, failed: 0, open: 0 };
      this.#calls.set(progress.name, counts);
      if (progress.state === "started") {
        counts.started++;
        counts.open++;
      } else {
        counts.open--;
        if (progress.state === "failed") counts.failed++;
      }
    }
    this.#isNew = true;
    this.#wake();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  /** Waits until something has happened since it was last asked; false when the run is over. */
  async changed(): Promise<boolean> {
    if (!this.#isNew && !this.#hasEnded) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#isNew = false;
    return !this.#hasEnded;
  }

  console(): readonly ConsoleLine[] {
    return this.#lines.lines();
  }

  calls(): readonly CallCount[] {
    return [...this.#calls].map(([name, counts]) => ({ name, ...counts }));
  }
}
