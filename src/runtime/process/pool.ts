/**
 * Pool: which worker takes which run. Keeps some warm, starts more on demand, serves in the order of asking, and replaces those that
 * died or have served long enough. Knows nothing of scripts.
 */
import type { Death } from "./death.ts";
import { KernelPipes } from "./kernel-pipes.ts";
import type { ResolvedProcessOptions, WorkerSetup } from "./options.ts";
import { WorkerProcess } from "./worker-process.ts";
import { clearInterval, clearTimeout, now, setInterval, setTimeout, type Timeout } from "../time.ts";

/** Starts that may fail in a row before a run is told; a fork can fail for a moment on a loaded machine. */
const maxFailedStarts = 3;

interface Waiter {
  give(worker: WorkerProcess): void;
  fail(death: Death): void;
}

export class Pool {
  readonly #options: ResolvedProcessOptions;
  readonly #setup: WorkerSetup;
  readonly #pipes = new KernelPipes();
  /** All that are alive; `idle` holds those of them that are prepared and free, the longest waiting first. */
  readonly #workers = new Set<WorkerProcess>();
  readonly #idle = new Map<WorkerProcess, { readonly since: number }>();
  readonly #busy = new Set<WorkerProcess>();
  readonly #leaving = new Set<WorkerProcess>();
  readonly #waiters: Waiter[] = [];
  readonly #maxResidentGrowthKib: number;
  #failedStarts = 0;
  #trimming: Timeout | null = null;
  #disposed = false;
  /** Our handles are unreferenced; while somebody waits or runs, this timer keeps the owner's event loop alive. */
  #keepAlive: Timeout | null = null;

  constructor(options: ResolvedProcessOptions, setup: WorkerSetup) {
    this.#options = options;
    this.#setup = setup;
    this.#maxResidentGrowthKib = (64 + 2 * setup.guest.limits.memoryMb) * 1024;
    this.#keepWarm();
  }

  /** A prepared worker, in the order of asking. Rejects never; `null` when `signal` fires first. */
  acquire(signal: AbortSignal): Promise<WorkerProcess | Death> {
    return new Promise((resolve) => {
      if (signal.aborted || this.#disposed) return resolve({ kind: "aborted", detail: "" });
      const leave = (): void => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        waiter.fail({ kind: "aborted", detail: "" });
        this.#updateKeepAlive();
      };
      const waiter: Waiter = {
        give: (worker) => {
          signal.removeEventListener("abort", leave);
          resolve(worker);
        },
        fail: (death) => {
          signal.removeEventListener("abort", leave);
          resolve(death);
        },
      };
      signal.addEventListener("abort", leave);
      this.#waiters.push(waiter);
      this.#serve();
    });
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
  async ready(): Promise<Death | null> {
    const worker = await this.acquire(new AbortController().signal);
    if (!(worker instanceof WorkerProcess)) return worker;
    this.release(worker);
    return null;
  }

  /** Ends every worker, busy or not, and waits until all of them are gone. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#pipes.dispose();
    if (this.#trimming) clearTimeout(this.#trimming);
    for (const waiter of this.#waiters.splice(0)) waiter.fail({ kind: "aborted", detail: "" });
    for (const worker of this.#workers) this.#leaving.add(worker);
    for (const worker of [...this.#workers]) worker.kill({ kind: "aborted", detail: "" });
    // A pending promise does not keep the event loop alive, and the handles of workers do not either.
    const keepAlive = setInterval(() => {}, 1000);
    await Promise.all([...this.#leaving].map((worker) => worker.exited()));
    clearInterval(keepAlive);
    this.#updateKeepAlive();
  }

  #serve(): void {
    while (this.#waiters.length > 0 && this.#idle.size > 0) {
      const worker = last(this.#idle.keys());
      this.#idle.delete(worker);
      this.#busy.add(worker);
      this.#waiters.shift()!.give(worker);
    }
    this.#keepWarm();
    this.#updateKeepAlive();
  }

  /** Starts as many workers as the waiting runs need, and the warm ones beside them. */
  #keepWarm(): void {
    if (this.#disposed) return;
    // Waiting runs need a worker each; those on their way (preparing or starting) count.
    const wanted = this.#busy.size + this.#waiters.length + this.#options.minIdle;
    const warm = this.#failedStarts === 0 || this.#waiters.length > 0;
    while (warm && this.#workers.size < Math.min(wanted, this.#options.workers)) this.#start();
  }

  #start(): void {
    const worker = new WorkerProcess(this.#options, this.#setup, this.#pipes.take(), {
      ready: (worker) => this.#ready(worker),
      gone: (worker, death) => this.#gone(worker, death),
    });
    this.#workers.add(worker);
  }

  #ready(worker: WorkerProcess): void {
    this.#failedStarts = 0;
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
    if (!worker.everPrepared && !this.#disposed) this.#failedToStart(death);
    this.#serve();
  }

  #failedToStart(death: Death): void {
    if (++this.#failedStarts < maxFailedStarts) return;
    this.#waiters.shift()?.fail(death);
  }

  #updateKeepAlive(): void {
    const needed = this.#busy.size + this.#waiters.length > 0;
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
