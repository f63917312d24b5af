/**
 * Decides which worker takes which run. Keeps some warm, starts more on demand, serves in the order of asking, and replaces
 * those that died or have served long enough. A worker that cannot be started is tried again, more and more slowly, as long
 * as somebody waits for it or until it is sure enough that none can be. Knows nothing of scripts.
 */
import { availableParallelism } from "node:os";
import { overQueue } from "../limit-words.ts";
import type { RunnerStats } from "../runner.ts";
import { clearInterval, clearTimeout, now, setInterval, setTimeout, type Timeout } from "../time.ts";
import type { Death, NoWorker } from "./death.ts";
import { KernelPipes } from "./kernel-pipes.ts";
import { launch as launchWorker, type Launch } from "./launch.ts";
import type { ResolvedProcessOptions } from "./options.ts";
import type { WorkerSetup } from "./wire/setup.ts";
import { WaitingLine } from "./waiting-line.ts";
import { WorkerProcess } from "./worker-process.ts";

/** Starts that may fail in a row before runs are told; a fork can fail for a moment on a loaded machine. */
const maxFailedStarts = 4;

/**
 * Starting a worker is work for a processor. More at once than there are would not be ready any sooner, and scripts that run already would wait
 * for all of them, with their clocks going.
 */
const startsAtOnce = Math.max(2, availableParallelism());

/** The pause after the first start that failed; doubled after each that follows, up to the longest. */
const firstPauseMs = 50;
const longestPauseMs = 1_000;

/** What pools share that may hold so many workers together. */
export interface Room {
  /** Whether a pool that has so many workers may start another. */
  forOneMore(workers: number): boolean;
  /** A worker has ended. */
  changed(): void;
}

const endless: Room = { forOneMore: () => true, changed: () => {} };

const aborted = { kind: "aborted", detail: "" } as const satisfies Death & NoWorker;

export class Pool {
  readonly #options: ResolvedProcessOptions;
  readonly #setup: WorkerSetup;
  readonly #launch: typeof launchWorker;
  readonly #pipes = new KernelPipes();
  /** All that are alive; `idle` holds those of them that are prepared and free, the longest waiting first. */
  readonly #workers = new Set<WorkerProcess>();
  readonly #idle = new Map<WorkerProcess, { readonly since: number }>();
  readonly #busy = new Set<WorkerProcess>();
  readonly #leaving = new Set<WorkerProcess>();
  readonly #line = new WaitingLine<WorkerProcess, NoWorker>(() => this.#updateKeepAlive());
  readonly #maxResidentGrowthKib: number;
  #failedStarts = 0;
  /** A worker has been ready: what workers are started with is what it must be. */
  #proven = false;
  /** Nothing is started while this waits. */
  #pause: Timeout | null = null;
  /** How many of those that wait or have a worker only ask whether one is ready. */
  #asking = 0;
  #trimming: Timeout | null = null;
  #disposed = false;
  /** Our handles are unreferenced; while somebody waits or runs, this timer keeps the owner's event loop alive. */
  #keepAlive: Timeout | null = null;

  readonly #room: Room;

  /** `launch` starts one worker; tests put there one that cannot. */
  constructor(options: ResolvedProcessOptions, setup: WorkerSetup, launch = launchWorker, room = endless) {
    this.#room = room;
    this.#options = options;
    this.#setup = setup;
    this.#launch = launch;
    this.#maxResidentGrowthKib = (64 + 2 * setup.guest.limits.memoryMb) * 1024;
    this.#keepWarm();
  }

  get stats(): RunnerStats {
    const busy = this.#busy.size;
    return { busy, idle: this.#workers.size - busy, waiting: this.#line.length };
  }

  /** A prepared worker, in the order of asking; or why there is none: the line is full or too slow, `signal` fired, none can be started. Never rejects. */
  acquire(signal: AbortSignal): Promise<WorkerProcess | NoWorker> {
    const { workers, queueMax, queueMs } = this.#options;
    // Runs for which there is a place, whether its worker has been started or not, do not stand in line.
    if (!signal.aborted && this.#busy.size + this.#line.length >= workers + queueMax) {
      const waiting = this.#busy.size + this.#line.length - workers;
      return Promise.resolve({ kind: "busy", detail: overQueue(workers, waiting) });
    }
    return this.#join(signal, queueMs);
  }

  /** Gives a worker back after its run; it takes the next one when it has prepared the next isolate. */
  release(worker: WorkerProcess): void {
    this.#busy.delete(worker);
    if (!worker.alive) return this.#serve();
    if (worker.runs >= this.#options.maxRuns) this.#retire(worker);
    if (worker.prepared) this.#ready(worker);
    else this.#serve();
  }

  /** Resolves when a worker is ready, or with the reason why none can be. */
  async ready(): Promise<NoWorker | null> {
    this.#asking += 1;
    const worker = await this.#join(new AbortController().signal, null);
    if (worker instanceof WorkerProcess) this.release(worker);
    this.#asking -= 1;
    return worker instanceof WorkerProcess ? null : worker;
  }

  /** Starts what is needed and was not, for lack of room. */
  tryAgain(): void {
    if (!this.#disposed) this.#serve();
  }

  /** Ends a worker that nobody needs now. False when there is none. */
  endIdle(): boolean {
    const [worker] = this.#idle.keys();
    if (worker) this.#retire(worker);
    return worker !== undefined;
  }

  /** Ends every worker, busy or not, and waits until all of them are gone. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#pipes.dispose();
    if (this.#trimming) clearTimeout(this.#trimming);
    this.#endPause();
    this.#line.refuse(aborted);
    for (const worker of this.#workers) this.#leaving.add(worker);
    for (const worker of [...this.#workers]) worker.kill(aborted);
    // A pending promise does not keep the event loop alive, and the handles of workers do not either.
    const keepAlive = setInterval(() => {}, 1000);
    await Promise.all([...this.#leaving].map((worker) => worker.exited()));
    clearInterval(keepAlive);
    this.#updateKeepAlive();
  }

  #join(signal: AbortSignal, maxMs: number | null): Promise<WorkerProcess | NoWorker> {
    if (this.#disposed) return Promise.resolve(aborted);
    const tooLate: NoWorker = { kind: "busy", detail: `No worker was free for ${maxMs} ms (\`queueMs\`).` };
    const place = this.#line.join({ signal, maxMs, gaveUp: aborted, tooLate });
    this.#serve();
    return place;
  }

  #serve(): void {
    while (this.#line.length > 0 && this.#idle.size > 0) {
      const worker = last(this.#idle.keys());
      this.#idle.delete(worker);
      this.#busy.add(worker);
      this.#line.give(worker);
    }
    this.#keepWarm();
    this.#updateKeepAlive();
  }

  /** Starts as many workers as the waiting runs need, and the warm ones beside them. */
  #keepWarm(): void {
    // Waiting runs need a worker each; those on their way (preparing or starting) count.
    // Who only asks whether one is ready takes a warm one, and no other is started in its place.
    const { length } = this.#line;
    const wanted = Math.max(this.#busy.size + length + this.#options.minIdle - this.#asking, length);
    const needed = this.#failedStarts === 0 || this.#line.length > 0;
    if (!needed) return;
    const most = Math.min(wanted, this.#options.workers);
    while (
      !this.#disposed &&
      !this.#pause &&
      this.#workers.size < most &&
      this.#starting < startsAtOnce &&
      this.#room.forOneMore(this.#workers.size)
    ) {
      this.#start(this.#launch(this.#options, this.#pipes.take()));
    }
  }

  get #starting(): number {
    return [...this.#workers].filter((worker) => !worker.everPrepared).length;
  }

  #start(launched: Launch): void {
    if ("failed" in launched) {
      // What the system said comes in a moment; until then nobody tries again.
      this.#pauseStarts();
      void launched.failed.then((detail) => this.#failedToStart({ kind: "crashed", ...detail }));
      return;
    }
    const worker = new WorkerProcess(launched, this.#setup, {
      ready: (worker) => this.#ready(worker),
      gone: (worker, death) => this.#gone(worker, death),
    });
    this.#workers.add(worker);
  }

  #ready(worker: WorkerProcess): void {
    this.#proven = true;
    this.#failedStarts = 0;
    this.#endPause();
    if (!this.#workers.has(worker) || this.#busy.has(worker)) return;
    if (worker.bloated(this.#maxResidentGrowthKib)) this.#retire(worker);
    else this.#idle.set(worker, { since: now() });
    this.#serve();
    this.#trimLater();
  }

  /** Ends workers that a busy time has left over. */
  #trimLater(): void {
    if (this.#trimming || this.#idle.size <= this.#options.minIdle) return;
    this.#trimming = setTimeout(() => {
      this.#trimming = null;
      const before = now() - this.#options.idleMs;
      for (const [worker, { since }] of this.#idle) {
        if (this.#idle.size > this.#options.minIdle && since <= before) this.#retire(worker);
      }
      this.#trimLater();
    }, this.#options.idleMs);
    this.#trimming.unref();
  }

  #retire(worker: WorkerProcess): void {
    worker.kill({ kind: "crashed", detail: "It was retired." });
  }

  #gone(worker: WorkerProcess, death: Death): void {
    this.#workers.delete(worker);
    this.#idle.delete(worker);
    this.#busy.delete(worker);
    this.#leaving.add(worker);
    void worker.exited().then(() => this.#leaving.delete(worker));
    if (!worker.everPrepared && !this.#disposed) {
      this.#pauseStarts();
      this.#failedToStart(death);
    }
    this.#serve();
    this.#room.changed();
  }

  /** Several that fail at once, for one reason, are one failure: those that come while a pause is on do not make it longer. */
  #pauseStarts(): void {
    if (this.#pause) return;
    const pauseMs = Math.min(firstPauseMs * 2 ** this.#failedStarts++, longestPauseMs);
    this.#pause = setTimeout(() => {
      this.#pause = null;
      this.#serve();
    }, pauseMs);
    // Whoever waits keeps the event loop alive.
    this.#pause.unref();
  }

  #endPause(): void {
    if (this.#pause) clearTimeout(this.#pause);
    this.#pause = null;
  }

  /** Nobody waits for ever: when no worker works, and none can be started, all who wait are told why. Workers at work will be free again. */
  #failedToStart({ detail, lasting }: Death): void {
    const hopeless = (lasting !== undefined && !this.#proven) || this.#failedStarts >= maxFailedStarts;
    if (!hopeless || [...this.#workers].some((worker) => worker.everPrepared)) return;
    this.#line.refuse({ kind: "unstarted", detail, lasting });
    this.#updateKeepAlive();
  }

  #updateKeepAlive(): void {
    const needed = this.#busy.size + this.#line.length > 0;
    if (needed) this.#keepAlive ??= setInterval(() => {}, 2 ** 30);
    else if (this.#keepAlive) {
      clearInterval(this.#keepAlive);
      this.#keepAlive = null;
    }
  }
}

/** The one that became idle last: its memory is still in the processor's caches, and the others can grow old enough to be ended. */
function last(workers: Iterable<WorkerProcess>): WorkerProcess {
  let found: WorkerProcess | undefined;
  for (const worker of workers) found = worker;
  if (!found) throw new Error("No worker is idle.");
  return found;
}
