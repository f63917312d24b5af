/**
 * The worker's side of a queue: takes jobs that its contract fits, runs each in a sandbox with the job as its journal, and tells the engine what came of it.
 */
import {
  createSandbox,
  limitTable,
  type ConsoleEvent,
  type HostContext,
  type OnDoubt,
  type Sandbox,
  type SandboxOptions,
} from "../runtime/index.ts";
import { autoWorkers } from "../runtime/auto-workers.ts";
import type { BindingTree, Registry } from "../model/registry.ts";
import { ActiveJobs } from "./active-jobs.ts";
import { hearCancelled } from "./cancelled.ts";
import type { JobData, KeptOutcome } from "./job.ts";
import { JobReports, type OnJob } from "./job-reports.ts";
import { measure, type QueueMetrics } from "./metrics.ts";
import { inTime } from "./in-time.ts";
import { profileOf, tenantOf } from "./job-data.ts";
import { queueOf } from "./names.ts";
import { checkWorkerOptions } from "./options.ts";
import { processJob } from "./process-job.ts";
import { openStore, type Job, type Store } from "./store.ts";
import { Turns } from "./turns.ts";
import { packed, readableText, textOf } from "./values.ts";

/** What a host function may know of the job it works for: `callContext<JobContext>().context`. */
export interface JobContext {
  readonly job: {
    readonly id: string;
    readonly tenant: string | undefined;
    /** Tells whoever watches the queue how far it is. Plain data. */
    progress(value: unknown): void;
  };
}

export interface QueueWorkerOptions {
  /** Where jobs are kept: `{ redis: "redis://localhost" }`, or `{ folder: "./queue" }` for one process. */
  readonly store: Store;
  /** The queue. Default: `scripts`. */
  readonly name?: string;
  /** What scripts may call. Its digest decides which jobs this worker is offered. */
  readonly registry: Registry | BindingTree;
  /** Registries of profiles, by name, for jobs that ask for one. All are of contracts of their own; jobs are offered by `registry`. */
  readonly profiles?: Readonly<Record<string, Registry>>;
  /** Runs at once, and so the `workers` of the sandbox. Default: `auto`, as for `workers`: one for each processor, as far as there is memory. */
  readonly concurrency?: number | "auto";
  /** Options of the sandbox, as for `createSandbox`; `workers` is `concurrency` here, and isolates are always in worker processes. */
  readonly sandbox?: Omit<SandboxOptions, "registry" | "workers" | "onConsole" | "isolation" | "placement">;
  /** Gets what scripts print. Whoever watches the queue gets it too. */
  readonly onConsole?: (event: ConsoleEvent) => unknown;
  /** Is told of each job when it is started, and when it has ended, waits, or was given up. What it throws is dropped. */
  readonly onJob?: OnJob;
  /** Decides about calls that were begun when an earlier worker died. Default: the job is parked. */
  readonly onDoubt?: OnDoubt;
  /**
   * Times a job may be lost with its worker before it is parked: one that kills whoever takes it. The last time it runs alone in its worker, so that it is not parked
   * for what another has done. Default: 3.
   */
  readonly maxLost?: number;
  /** Milliseconds without a sign of life after which a job is given to another worker. Default: 30,000. */
  readonly lockMs?: number;
  /** Milliseconds `close` waits for runs at work, before they are ended and given back to the queue. Default: 25,000. */
  readonly drainMs?: number;
  /** Milliseconds in which the store has to answer when the worker starts. Once it has, a worker waits for a store that is away as long as that takes. Default: 10,000. */
  readonly connectMs?: number;
  /** Records metrics; needs `@opentelemetry/api`. */
  readonly telemetry?: boolean;
}

export interface QueueWorker extends AsyncDisposable {
  /** Takes no more jobs, waits for those at work, gives back what does not end in time. Twice is fine. */
  close(): Promise<void>;
  /** Jobs at work. */
  readonly busy: number;
  /** The digest of the contract; empty for a plain tree. */
  readonly digest: string;
  readonly concurrency: number;
}

/** How often a worker looks whether one of its jobs was cancelled, beside hearing of it. */
const lookMs = 5_000;

/**
 * Starts a worker. Rejects as `ERR_QUEUE_OPTION` for an option that cannot be meant, `ERR_QUEUE_PACKAGE` for a missing package, `ERR_QUEUE_UNREACHABLE` when the store does not
 * answer, and as `createSandbox` does when a sandbox cannot be made.
 *
 * @example
 * const worker = await createQueueWorker({ store: { redis: "redis://localhost" }, registry });
 * process.once("SIGTERM", () => void worker.close());
 */
export async function createQueueWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  checkWorkerOptions(options);
  const {
    registry,
    profiles = {},
    concurrency: wanted = "auto",
    lockMs = 30_000,
    maxLost = 3,
    drainMs = 25_000,
  } = options;
  const name = options.name ?? "scripts";
  const memoryMb = options.sandbox?.limits?.memoryMb ?? limitTable.memoryMb.default;
  const concurrency = wanted === "auto" ? autoWorkers(memoryMb) : wanted;
  const sandboxes = new Map<string, Promise<Sandbox>>();
  const active = new ActiveJobs();
  const turns = new Turns();
  const onConsole = (event: ConsoleEvent): void => {
    active.tell(event.runId, {
      console: packed({ level: event.level, text: event.text }, "console"),
    });
    options.onConsole?.(event);
  };
  const made = (of: Registry | BindingTree): Promise<Sandbox> =>
    createSandbox({ ...options.sandbox, registry: of, workers: concurrency, onConsole });
  const sandboxOf = (profile: string | undefined): Promise<Sandbox> => {
    const key = profile ?? "";
    let known = sandboxes.get(key);
    const found =
      profile === undefined ? registry : Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
    if (found === undefined)
      return Promise.reject(new Error(readableText(`This worker has no profile \`${key}\`.`)));
    if (!known) {
      sandboxes.set(key, (known = made(found)));
      // The next job of this profile tries again.
      void known.catch(() => sandboxes.delete(key));
    }
    return known;
  };
  const reports = new JobReports(options.onJob);
  const metrics: QueueMetrics | null = options.telemetry === true ? await measure(name) : null;
  const first = await sandboxOf(undefined);
  const store = await openStore(options.store, options.connectMs).catch(async (error: unknown) => {
    await first.dispose();
    throw error;
  });
  const digest = digestOf(registry);
  const queue = store.queue(queueOf(name, digest));
  const { bull } = store;

  const worker = store.worker(
    queue.name,
    // The engine hands its signal in only to a function that asks for it.
    async (job: Job, token?: string, signal?: AbortSignal) => {
      const data = job.data as JobData;
      const at = active.enter(job, signal);
      metrics?.began(job);
      reports.started(job);
      try {
        const context: JobContext = {
          job: {
            id: job.id!,
            tenant: tenantOf(data),
            progress: (value) => active.tell(job.id!, { progress: packed(value, "progress") }),
          },
        };
        return await processJob({
          bull,
          queue,
          job,
          token,
          sandbox: await sandboxOf(profileOf(data)),
          signal: at.signal,
          context: context as HostContext,
          onDoubt: options.onDoubt,
          turns,
          maxLost,
          lockMs,
        });
      } catch (error) {
        if (error instanceof bull.DelayedError) reports.suspended(job);
        if (error instanceof bull.WaitingError) reports.givenBack(job);
        throw error;
      } finally {
        await at.told();
        at.leave();
      }
    },
    {
      concurrency,
      lockDuration: lockMs,
      stalledInterval: lockMs,
      // It would park all that were at work beside the one it should: see `losses.ts`.
      maxStalledCount: 2 ** 31 - 1,
      drainDelay: 5,
      // One that runs before the store has answered could not be closed.
      autorun: false,
    },
  );
  worker.on("completed", (job, kept: KeptOutcome) => {
    metrics?.ended(job.data as JobData, kept);
    reports.ended(job, kept);
  });
  worker.on("failed", (job, error) => {
    if (job === undefined) return;
    if (job.finishedOn !== undefined) metrics?.parked(job.data as JobData);
    reports.failed(job, error);
  });
  const events = store.events(name);
  hearCancelled(events, (cancelled) => {
    if (cancelled.queue === queue.name) active.cancel(cancelled.id, cancelled.reason);
  });
  const looking = setInterval(() => {
    void active
      .look(async (id) => {
        const { cancelled } = ((await queue.getJob(id))?.data as JobData | undefined) ?? {};
        return cancelled === undefined ? undefined : textOf(cancelled);
      })
      .catch(() => {});
  }, lookMs);
  looking.unref();
  const end = async (): Promise<void> => {
    clearInterval(looking);
    for (const sandbox of sandboxes.values()) await (await sandbox).dispose();
  };
  await store.reached(worker, events, queue).catch(async (error: unknown) => {
    await store.abandon(worker, events, queue);
    await end();
    throw error;
  });
  void worker.run().catch(() => {});

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const drained = worker.close();
    await inTime(drained, drainMs, () => active.giveBack());
    await store.close(worker, events, queue);
    await end();
  };
  return {
    close: () => (closing ??= close()),
    [Symbol.asyncDispose]: () => (closing ??= close()),
    get busy() {
      return active.size;
    },
    digest,
    concurrency,
  };
}

function digestOf(registry: Registry | BindingTree): string {
  const { digest } = registry as { readonly digest?: unknown };
  return typeof digest === "string" ? digest : "";
}
