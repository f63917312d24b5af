/**
 * Keeps the event loop of a supervisor turning for some microseconds after an answer, where the worker is likely to call again at once: a turn finds what has come, and
 * does everyone else's work as ever, where a loop that sleeps has to be woken. Whether it pays is for `wire/adaptive-wait.ts` to say.
 */
import { availableParallelism } from "node:os";
import { now, setImmediate } from "../time.ts";
import { AdaptiveWait, type Wait } from "./wire/adaptive-wait.ts";

/**
 * Milliseconds. About as long as sleeping and waking up keep a processor busy where it pays, so that no script costs its host more than it did; a script that calls without a pause, with a kilobyte
 * each time, needs two thirds of it.
 */
const windowMs = 0.03;

/** Runs under way in workers of this process. */
let runs = 0;

/** What a loop turns by; a test has its own. */
export interface Turns {
  now(): number;
  setImmediate(turn: () => void): unknown;
  /** Processors this process may use. */
  readonly processors: number;
}

const ofThisProcess: Turns = { now, setImmediate, processors: availableParallelism() };

export class AwakeLoop {
  readonly #wait: Wait;
  readonly #turns: Turns;
  #running = false;
  /** When the last answer was sent; `null` when something has come since. */
  #since: number | null = null;
  #turning = false;

  constructor(wait: Wait = new AdaptiveWait(windowMs), turns = ofThisProcess) {
    this.#wait = wait;
    this.#turns = turns;
  }

  /** Whether each worker with a run, and this process, can have a processor: who stays awake beside others that wait for one takes it from them. */
  get hasRoom(): boolean {
    return runs < this.#turns.processors;
  }

  /** Whether this worker has a run. */
  set running(running: boolean) {
    if (running === this.#running) return;
    this.#running = running;
    runs += running ? 1 : -1;
    this.#since = null;
  }

  /** Nothing is to be done for the run until its worker says something. */
  answered(): void {
    if (!this.#running) return;
    this.#since = this.#turns.now();
    if (this.#turning || !this.#wait.isAwake || !this.hasRoom) return;
    this.#turning = true;
    this.#turns.setImmediate(this.#turn);
  }

  /** The worker has said something. */
  heard(): void {
    if (this.#since === null) return;
    const at = this.#turns.now();
    this.#wait.took(at - this.#since, at);
    this.#since = null;
  }

  // By now what had come is handled: it is answered, or waits for a host function.
  readonly #turn = (): void => {
    const isLate = this.#since === null || this.#turns.now() - this.#since > this.#wait.windowMs;
    this.#turning = !isLate && this.hasRoom;
    if (this.#turning) this.#turns.setImmediate(this.#turn);
  };
}
