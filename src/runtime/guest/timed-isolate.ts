/**
 * An isolate under the limits of its run: every entry gets the time that is left, a run whose time is over is stopped, and a
 * failure says which limit it speaks of.
 */
import { engine } from "../engine/chosen.ts";
import type { Entered, Entry, Inside, Isolate, ModuleText } from "../engine/engine.ts";
import { overCpu, overWall } from "../limit-words.ts";
import type { GuestLimits } from "../seam.ts";
import { Clock, OutOfTime } from "./clock.ts";
import { outOfMemory, timedOut, type Ending } from "./ending.ts";

/** Why guest code was stopped, when it was we who stopped it. */
type Stopped = "wall" | "disposed";

export class TimedIsolate {
  /** For code of ours, which no clock runs for. */
  readonly isolate: Isolate;
  readonly #limits: GuestLimits;
  readonly #cpuIsWatched: boolean;
  #clock: Clock | null = null;
  #stopped: Stopped | null = null;
  /** Processor time of an isolate that was stopped: a disposed one does not say. */
  #usedMs = 0;

  /** `cpuIsWatched`: see `Clock`. */
  constructor(limits: GuestLimits, cpuIsWatched: boolean) {
    this.#limits = limits;
    this.#cpuIsWatched = cpuIsWatched;
    this.isolate = engine.createIsolate(limits.memoryMb);
  }

  /** The script's time begins. */
  startClock(): void {
    this.#clock = new Clock(this.isolate, this.#limits, this.#cpuIsWatched);
  }

  enter(entry: Entry, args: readonly unknown[]): Entered {
    return this.isolate.enter(entry, args, this.timeLeft());
  }

  compile(module: ModuleText): Inside {
    return this.isolate.compile(module, () => this.timeLeft());
  }

  /** In milliseconds; throws `OutOfTime` when there is none. */
  timeLeft(): number {
    if (!this.#clock) throw new Error("A guest is entered before its script has started.");
    return this.#clock.timeLeft();
  }

  /** Throws `OutOfTime` when the run has taken as long as it may. */
  checkTime(): void {
    if (this.#clock?.isOver) throw new OutOfTime("wall");
  }

  /** Looked at on every way out of the isolate, because an engine's timer misses loops that leave it all the time. */
  checkOnWayOut(): void {
    if (this.#clock?.isOver) {
      this.stop("wall");
      throw "stopped"; // A string: an Error would carry this file's path into the isolate.
    }
  }

  get isStopped(): boolean {
    return this.#stopped !== null;
  }

  stop(reason: Stopped): void {
    if (this.#stopped) return;
    this.#stopped = reason;
    this.#usedMs = this.cpuMs;
    this.isolate.dispose();
  }

  get cpuMs(): number {
    try {
      return this.#clock?.cpuMs ?? 0;
    } catch {
      // A disposed isolate answers no questions.
      return this.#usedMs;
    }
  }

  /** True for a failure after which nothing in the isolate goes on. */
  isFatal(error: unknown): boolean {
    return this.isStopped || error instanceof OutOfTime || this.isolate.whyEnded(error) !== null;
  }

  /** How a run ends by such a failure; `null` when nobody asks any more. */
  endingBy(error: unknown): Ending | null {
    if (this.#stopped === "disposed") return null;
    const isOver = this.#stopped === "wall" || (error instanceof OutOfTime && error.limit === "wall");
    if (!isOver && this.isolate.whyEnded(error) === "memory") return outOfMemory(this.#limits.memoryMb);
    return this.overTime(isOver);
  }

  overTime(isOver = false): Ending {
    const { wallMs, cpuMs } = this.#limits;
    return timedOut(isOver || this.#clock?.isOver === true ? overWall(wallMs) : overCpu(cpuMs));
  }
}
