/**
 * Tells the watchdog when a run begins and ends. The two share a few words of memory, because the main thread has no moment
 * to answer messages.
 */
import { Worker } from "node:worker_threads";
import type { GuestLimits } from "../../seam.ts";
import { watchdogProgram } from "./watchdog-program.ts";

/**
 * Words of the shared memory. `run` counts up at each beginning and end: odd while a script runs. `baseKib` is what the process held
 * when this script began: what earlier ones have left behind is not its doing, and the supervisor replaces a worker that holds too much of it.
 */
export const word = { run: 0, wallMs: 1, cpuMs: 2, memoryMb: 3, baseKib: 4, length: 5 } as const;

export interface Watch {
  /** `heldKib`: what this process holds before the script. */
  begin(limits: GuestLimits, heldKib: number): void;
  end(): void;
}

export interface WatchdogData {
  readonly shared: SharedArrayBuffer;
  readonly supervisorPid: number;
}

/** Starts the watchdog thread. It runs on its own from then on, also while this thread blocks. */
export function startWatch(supervisorPid = Number(process.argv[2])): Watch {
  const shared = new SharedArrayBuffer(word.length * Int32Array.BYTES_PER_ELEMENT);
  const words = new Int32Array(shared);
  const data: WatchdogData = { shared, supervisorPid };
  const thread = new Worker(watchdogProgram, {
    workerData: data,
    env: {},
    // It allocates next to nothing; without these its heap would reserve as much as a main thread's.
    resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 1, stackSizeMb: 1 },
  });
  thread.unref();
  const next = (): void => {
    Atomics.add(words, word.run, 1);
    Atomics.notify(words, word.run);
  };
  return {
    begin(limits, heldKib) {
      words[word.baseKib] = heldKib;
      words[word.wallMs] = limits.wallMs;
      words[word.cpuMs] = limits.cpuMs;
      words[word.memoryMb] = limits.memoryMb;
      next();
    },
    end: next,
  };
}
