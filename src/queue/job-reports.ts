/**
 * Tells whoever runs a worker what becomes of each job in it. Decides nothing, and whatever the listener does changes nothing.
 */
import type { Wait } from "../runtime/index.ts";
import { waitsOf } from "./asked.ts";
import { filenameOf, ifReadable, tenantOf } from "./job-data.ts";
import type { JobData, JobOutcome, KeptOutcome } from "./job.ts";
import { outcomeOf } from "./outcome.ts";
import type { Job } from "./store.ts";

/** What has become of a job in this worker. Between `started` and each of the others lies one try. */
export type JobReport = {
  readonly id: string;
  /** As it was added with. */
  readonly filename: string | undefined;
  readonly tenant: string | undefined;
} & (
  | { readonly event: "started" }
  /** The store has its outcome. A script's own error is one. `wallMs`: milliseconds since it was started, with what the worker itself does. */
  | { readonly event: "ended"; readonly wallMs: number; readonly outcome: JobOutcome }
  /** It waits for a person or a day, and holds nothing here. */
  | { readonly event: "suspended"; readonly wallMs: number; readonly waits: readonly Wait[] }
  /** What runs the script has failed: it is tried again later. */
  | { readonly event: "failed"; readonly wallMs: number; readonly reason: string }
  /** It is tried no more: a person should look. */
  | { readonly event: "parked"; readonly wallMs: number; readonly reason: string }
  /** This worker ends, and another goes on with it. */
  | { readonly event: "given back"; readonly wallMs: number }
);

export type OnJob = (report: JobReport) => unknown;

/** `JobReport` without what each has. */
type Told = JobReport extends infer Report
  ? Report extends unknown
    ? Omit<Report, "id" | "filename" | "tenant" | "wallMs">
    : never
  : never;

export class JobReports {
  readonly #onJob: OnJob | undefined;
  readonly #began = new WeakMap<Job, number>();

  constructor(onJob: OnJob | undefined) {
    this.#onJob = onJob;
  }

  started(job: Job): void {
    this.#tell(job, () => ({ event: "started" }));
    this.#began.set(job, performance.now());
  }

  ended(job: Job, kept: KeptOutcome): void {
    this.#tell(job, () => ({ event: "ended", outcome: outcomeOf(kept) }));
  }

  suspended(job: Job): void {
    this.#tell(job, () => ({ event: "suspended", waits: waitsOf(job.data as JobData) }));
  }

  /** The engine has heard of a failure, and has said what follows from it. */
  failed(job: Job, { message }: Error): void {
    this.#tell(job, () => ({
      event: job.finishedOn === undefined ? "failed" : "parked",
      reason: message,
    }));
  }

  givenBack(job: Job): void {
    this.#tell(job, () => ({ event: "given back" }));
  }

  #tell(job: Job, told: () => Told): void {
    if (this.#onJob === undefined) return;
    const data = job.data as JobData;
    const began = this.#began.get(job);
    const lasted = began === undefined ? {} : { wallMs: performance.now() - began };
    try {
      const own = { id: job.id!, filename: ifReadable(filenameOf, data), tenant: ifReadable(tenantOf, data) };
      const heard: unknown = this.#onJob({ ...own, ...lasted, ...told() } as JobReport);
      if (heard instanceof Promise) heard.catch(() => {});
    } catch {
      // It only listens.
    }
  }
}
