/**
 * Finds the jobs of one name whatever contract they are of. The engine has a queue for each contract, and a directory that lists them: a producer of a new
 * contract finds here what waits for a person, or for a worker that is gone, since the old one.
 */
import { queueOf, shortDigest } from "./names.ts";
import type { JobQueue, OpenStore } from "./store.ts";
import type { Unserved } from "./script-queue.ts";

export class Contracts {
  /** The queue of the producer's own contract. */
  readonly own: JobQueue;
  readonly directory: JobQueue;
  readonly #store: OpenStore;
  readonly #name: string;
  readonly #digest: string;
  readonly #others = new Map<string, JobQueue>();
  #isListed = false;

  constructor(store: OpenStore, name: string, digest: string) {
    this.#store = store;
    this.#name = name;
    this.#digest = digest;
    this.own = store.queue(queueOf(name, digest));
    this.directory = store.queue(name);
  }

  /** Writes down that there are jobs for the own contract, so that whoever asks finds those nobody serves. */
  async list(): Promise<void> {
    if (this.#isListed) return;
    await this.directory.add(
      "contract",
      { digest: this.#digest },
      { jobId: `c-${shortDigest(this.#digest)}` },
    );
    this.#isListed = true;
  }

  /** The queue that has a job of this id; the own one when none has. */
  async holding(id: string): Promise<JobQueue> {
    return (await has(this.own, id)) ? this.own : ((await this.elsewhere(id)) ?? this.own);
  }

  /** The queue of another contract that has a job of this id. */
  async elsewhere(id: string): Promise<JobQueue | null> {
    const others = (await this.#digests()).filter((digest) => digest !== this.#digest);
    const queues = await Promise.all(others.map((digest) => this.#queue(digest)));
    const found = await Promise.all(queues.map((queue) => has(queue, id)));
    return queues[found.indexOf(true)] ?? null;
  }

  /** Contracts that have jobs to be done, and no worker. */
  async unserved(): Promise<readonly Unserved[]> {
    const all = await Promise.all(
      (await this.#digests()).map(async (digest): Promise<Unserved | null> => {
        const queue = await this.#queue(digest);
        // What is at work where no worker is has been lost with one, and is begun again by the next.
        const counts = await queue.getJobCounts("waiting", "prioritized", "active", "delayed");
        const { waiting = 0, prioritized = 0, active = 0, delayed = 0 } = counts;
        const isLeft = waiting + prioritized + active + delayed > 0 && (await queue.getWorkersCount()) === 0;
        return isLeft ? { digest, waiting: waiting + prioritized + active, delayed } : null;
      }),
    );
    return all.filter((one) => one !== null);
  }

  /** All that are open, to be closed. */
  get opened(): readonly JobQueue[] {
    return [...this.#others.values(), this.own, this.directory];
  }

  async #digests(): Promise<readonly string[]> {
    const listed = await this.directory.getJobs(["waiting"], 0, -1);
    return listed.map(({ data }) => (data as { readonly digest: string }).digest);
  }

  async #queue(digest: string): Promise<JobQueue> {
    if (digest === this.#digest) return this.own;
    const known = this.#others.get(digest);
    if (known !== undefined) return known;
    const opened = await this.#store.beside(this.directory, queueOf(this.#name, digest));
    // Who asked at the same time may have been first.
    const queue = this.#others.get(digest) ?? opened;
    this.#others.set(digest, queue);
    if (queue !== opened) await opened.close();
    return queue;
  }
}

async function has(queue: JobQueue, id: string): Promise<boolean> {
  return (await queue.getJobState(id)) !== "unknown";
}
