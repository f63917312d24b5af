/**
 * Keeps the time one run may take, by the wall and of the processor, and what is left of it.
 */
import type { GuestLimits } from "../seam.ts";
import { nowNs } from "../time.ts";

/** What the clock must ask: the processor time an isolate has used, in nanoseconds. */
export interface Timed {
  readonly cpuTime: bigint;
}

export class Clock {
  readonly #limits: Pick<GuestLimits, "cpuMs" | "wallMs">;
  readonly #isolate: Timed;
  readonly #cpuBefore: bigint;
  /** Nanoseconds: they cost less than milliseconds do. */
  readonly #deadline: bigint;

  /** Starts now. */
  constructor(isolate: Timed, limits: Pick<GuestLimits, "cpuMs" | "wallMs">) {
    this.#limits = limits;
    this.#isolate = isolate;
    this.#cpuBefore = isolate.cpuTime;
    this.#deadline = nowNs() + BigInt(Math.ceil(limits.wallMs * 1e6));
  }

  /** True when the run has taken as long as it may. */
  get isOver(): boolean {
    return nowNs() > this.#deadline;
  }

  get cpuMs(): number {
    return Number(this.#isolate.cpuTime - this.#cpuBefore) / 1e6;
  }

  /** Milliseconds the next entry may take; throws `OutOfTime` when there are none. Time spent in host functions does not count. */
  timeLeft(): number {
    const cpu = this.#limits.cpuMs - this.cpuMs;
    const wall = Number(this.#deadline - nowNs()) / 1e6;
    if (cpu <= 0 || wall <= 0) throw new OutOfTime(wall <= 0 ? "wall" : "cpu");
    return Math.max(1, Math.ceil(Math.min(cpu, wall)));
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
