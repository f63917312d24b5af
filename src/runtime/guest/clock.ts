/**
 * Keeps the time one run may take, by the wall and of the processor, and what is left of it.
 */
import type { GuestLimits } from "../seam.ts";
import { nowNs, threadCpuMs } from "../time.ts";

/** What the clock must ask. */
export interface Timed {
  /** For how long the script was at work, in nanoseconds: also while it waited for a processor. */
  readonly busyTime: bigint;
  /** Whether that was on this thread, whose processor time then is no less than the script's. */
  readonly isOnThisThread: boolean;
}

/**
 * What this thread has used is brought up to date at a tick of the system, ten milliseconds after the last at most: of a time as short it may say nothing.
 */
const tickMs = 10;

export class Clock {
  readonly #limits: Pick<GuestLimits, "cpuMs" | "wallMs">;
  readonly #isolate: Timed;
  readonly #cpuIsWatched: boolean;
  readonly #busyBefore: bigint;
  readonly #threadBeforeMs: number;
  /** Nanoseconds on the clock of `hrtime`, which costs half of what `performance.now` does. */
  readonly #deadline: bigint;

  /**
   * Starts now.
   *
   * @param cpuIsWatched - Whether somebody else ends a run that uses too much processor time between two looks. An engine can only be told a
   * time by the wall, in which a script on a busy machine has not used what it may.
   */
  constructor(isolate: Timed, limits: Pick<GuestLimits, "cpuMs" | "wallMs">, cpuIsWatched: boolean) {
    this.#limits = limits;
    this.#isolate = isolate;
    this.#cpuIsWatched = cpuIsWatched;
    this.#busyBefore = isolate.busyTime;
    this.#threadBeforeMs = threadCpuMs();
    this.#deadline = nowNs() + BigInt(Math.ceil(limits.wallMs * 1e6));
  }

  /** True when the run has taken as long as it may. */
  get isOver(): boolean {
    return nowNs() > this.#deadline;
  }

  /** Of two times that are no less than the script's: one in which it waited for a processor, and one in which this thread did something else. */
  get cpuMs(): number {
    const busy = this.#busyMs;
    if (!this.#isolate.isOnThisThread || busy <= tickMs) return busy;
    return Math.min(busy, threadCpuMs() - this.#threadBeforeMs);
  }

  get #busyMs(): number {
    return Number(this.#isolate.busyTime - this.#busyBefore) / 1e6;
  }

  /** Milliseconds the next entry may take; throws `OutOfTime` when there are none. Time spent in host functions does not count. */
  timeLeft(): number {
    const { cpuMs } = this.#limits;
    const busy = this.#busyMs;
    // To ask for the time of this thread costs ten times as much.
    const cpu = cpuMs - (busy < cpuMs / 2 ? busy : this.cpuMs);
    const wall = Number(this.#deadline - nowNs()) / 1e6;
    if (cpu <= 0 || wall <= 0) throw new OutOfTime(wall <= 0 ? "wall" : "cpu");
    return Math.max(1, Math.ceil(this.#cpuIsWatched ? wall : Math.min(cpu, wall)));
  }
}

/** Thrown before guest code is entered without any time left. */
export class OutOfTime extends Error {
  readonly limit: "wall" | "cpu";
  constructor(limit: "wall" | "cpu") {
    super(limit);
    this.limit = limit;
  }
}
