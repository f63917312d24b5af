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
  /** One job may be here twice: its worker stood still for so long that it was offered again, and has taken it itself. */
  readonly #jobs = new Set<Active>();
  #isGivingBack = false;

  get size(): number {
    return this.#jobs.size;
  }

  enter(
    job: Job,
    engine: AbortSignal | undefined,
  ): { readonly signal: AbortSignal; told(): Promise<unknown>; leave(): void } {
    const controller = new AbortController();
    const active: Active = { job, controller, told: Promise.resolve() };
    this.#jobs.add(active);
    engine?.addEventListener(
      "abort",
      () => controller.abort(new JobEnded("given back", String(engine.reason))),
      { once: true },
    );
    // The engine had fetched it already when the worker was told to end.
    if (this.#isGivingBack) controller.abort(ending());
    return {
      signal: controller.signal,
      told: () => active.told,
      leave: () => void this.#jobs.delete(active),
    };
  }

  /** Tells whoever watches. One after the other; what cannot be told is not worth a failure. */
  tell(id: string, data: object): void {
    const active = this.#of(id).at(-1);
    if (active) active.told = active.told.then(() => active.job.updateProgress(data)).catch(() => {});
  }

  cancel(id: string, reason: string): void {
    for (const { controller } of this.#of(id)) controller.abort(new JobEnded("cancelled", reason));
  }

  /** Asks of each whether it was cancelled: an event may have been lost. */
  async look(reasonOf: (id: string) => Promise<string | undefined>): Promise<void> {
    for (const id of new Set(Array.from(this.#jobs, ({ job }) => job.id!))) {
      const reason = await reasonOf(id);
      if (reason !== undefined) this.cancel(id, reason);
    }
  }

  /** Ends those at work, and all that come later, so that others take them. */
  giveBack(): void {
    this.#isGivingBack = true;
    for (const { controller } of this.#jobs) controller.abort(ending());
  }

  #of(id: string): readonly Active[] {
    return [...this.#jobs].filter(({ job }) => job.id === id);
  }
}

function ending(): JobEnded {
  return new JobEnded("given back", "the worker ends");
}
