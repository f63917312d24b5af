/**
 * Starts the watchdog, and tells it when a run begins and ends and when there is time to rest.
 */
import { Worker } from "node:worker_threads";
import type { GuestLimits } from "../../seam.ts";
import { die } from "./die.ts";
import { word, type WatchdogData } from "./watch-words.ts";
import { watchdogProgram } from "./watchdog-program.ts";

export interface Watch {
  /** Returns when the watchdog watches, and has seen the end of the last run: a thread that is gone sees nothing. A worker is not ready before. */
  watches(): void;
  /** `heldKib`: what this process holds before the script. */
  begin(limits: GuestLimits, heldKib: number): void;
  end(): void;
  /** No script goes on until `goesOn`: there is nothing to be watched. */
  waits(): void;
  goesOn(): void;
  /** Host functions are in this process too. From now on `stirs` says that a script may go on. */
  expectsHost(): void;
  stirs(): void;
  /** The main thread has waited for so long without sleeping: its processor time is no run's doing. */
  stayedAwake(ms: number): void;
  /** Has the watchdog hand memory back, between two runs; `meanwhile` is done at the same time. Returns when it watches again. */
  rest(meanwhile: () => void): void;
}

/** A thread starts in some 20 ms and rests in as many; the supervisor's own patience for a worker is as long. */
const patienceMs = 60_000;

/** Starts the watchdog thread. It runs on its own from then on, also while this thread blocks. */
export function startWatch(supervisorPid = Number(process.argv[2]), program = watchdogProgram): Watch {
  const shared = new SharedArrayBuffer(word.length * Int32Array.BYTES_PER_ELEMENT);
  const words = new Int32Array(shared);
  const data: WatchdogData = { shared, supervisorPid };
  const thread = new Worker(program, {
    eval: typeof program === "string",
    workerData: data,
    env: {},
    // It writes to neither; unless they are kept apart, this process opens its own streams for them, with sockets.
    stdout: true,
    stderr: true,
    // It allocates next to nothing; without these its heap would reserve as much as a main thread's.
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 },
  });
  thread.unref();
  /** To wake a thread takes some microseconds, so only one that sleeps is woken. */
  const wake = (by: 1 | 2): void => {
    Atomics.add(words, word.waits, by);
    if (Atomics.load(words, word.sleeps) === 1) Atomics.notify(words, word.waits);
  };
  /** A change of `run` wakes the watchdog, whatever it has just read and whatever it sleeps for. */
  const change = (by: 1 | 2): void => {
    Atomics.add(words, word.run, by);
    Atomics.notify(words, word.run);
    wake(2);
  };
  /** A script must not run where nobody watches it. */
  const wait = (at: number, while_: number): void => {
    if (Atomics.wait(words, at, while_, patienceMs) === "timed-out") die();
  };
  return {
    watches() {
      wait(word.watches, 0);
      const run = Atomics.load(words, word.run);
      for (let seen; (seen = Atomics.load(words, word.seen)) !== run;) wait(word.seen, seen);
    },
    begin(limits, heldKib) {
      words[word.baseKib] = heldKib;
      words[word.wallMs] = limits.wallMs;
      words[word.cpuMs] = limits.cpuMs;
      words[word.memoryMb] = limits.memoryMb;
      change(1);
    },
    end: () => change(1),
    waits: () => void Atomics.add(words, word.waits, 1),
    goesOn: () => wake(1),
    expectsHost: () => void (words[word.hostIsHere] = 1),
    stirs: () => wake(2),
    stayedAwake(ms) {
      words[word.awakeUs]! += Math.round(ms * 1_000);
    },
    rest(meanwhile) {
      const before = Atomics.add(words, word.rests, 1);
      change(2);
      meanwhile();
      wait(word.rested, before);
    },
  };
}
