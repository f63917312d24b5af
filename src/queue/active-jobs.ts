/**
 * Holds the jobs that a worker is at work on: what ends each early, and what is told of it, in order.
 */
import type { Job } from "./store.ts";

/** Why a run was ended that its script did not end. */
export class JobEnded extends Error {
  readonly how: "cancelled" | "given back";

  constructor(how: "cancelled" | "given back", reason: string) {
    super(reason);
    this.how = how;
  }
}

interface Active {
  readonly job: Job;
  readonly controller: AbortController;
  told: Promise<unknown>;
}

export class ActiveJobs {
  readonly #jobs = new Map<string, Active>();
  #isGivingBack = false;

  get size(): number {
    return this.#jobs.size;
  }

  enter(
    job: Job,
    engine: AbortSignal | undefined,
  ): { readonly signal: AbortSignal; told(): Promise<unknown> } {
    const controller = new AbortController();
    const active: Active = { job, controller, told: Promise.resolve() };
    this.#jobs.set(job.id!, active);
    engine?.addEventListener(
      "abort",
      () => controller.abort(new JobEnded("given back", String(engine.reason))),
      { once: true },
    );
    // The engine had fetched it already when the worker was told to end.
    if (this.#isGivingBack) controller.abort(ending());
    return { signal: controller.signal, told: () => active.told };
  }

  leave(id: string): void {
    this.#jobs.delete(id);
  }

  /** Tells whoever watches. One after the other; what cannot be told is not worth a failure. */
  tell(id: string, data: object): void {
    const active = this.#jobs.get(id);
    if (active) active.told = active.told.then(() => active.job.updateProgress(data)).catch(() => {});
  }

  cancel(id: string, reason: string): void {
    this.#jobs.get(id)?.controller.abort(new JobEnded("cancelled", reason));
  }

  /** Asks of each whether it was cancelled: an event may have been lost. */
  async look(reasonOf: (id: string) => Promise<string | undefined>): Promise<void> {
    for (const id of this.#jobs.keys()) {
      const reason = await reasonOf(id);
      if (reason !== undefined) this.cancel(id, reason);
    }
  }

  /** Ends those at work, and all that come later, so that others take them. */
  giveBack(): void {
    this.#isGivingBack = true;
    for (const { controller } of this.#jobs.values()) controller.abort(ending());
  }
}

function ending(): JobEnded {
  return new JobEnded("given back", "the worker ends");
}
