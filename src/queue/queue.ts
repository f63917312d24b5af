/**
 * The producer's side of a queue: adds scripts as jobs, says how they are, answers those that wait, cancels, and tells what nobody can do.
 */
import type { Answer } from "../runtime/index.ts";
import { answersOf } from "../runtime/journal/options.ts";
import { askedIn, givenTo, waitsOf } from "./asked.ts";
import { tellCancelled } from "./cancelled.ts";
import { endOfJob } from "./end-of-job.ts";
import { queueError } from "./errors.ts";
import { dataOf } from "./job-data.ts";
import type { JobData, JobOutcome, JobState, KeptOutcome } from "./job.ts";
import { forgivenRow } from "./losses.ts";
import { promote, unpark } from "./moves.ts";
import { queueOf, shortDigest } from "./names.ts";
import { checkJob, checkQueueOptions, option } from "./options.ts";
import { outcomeOf } from "./outcome.ts";
import type { EnqueueOptions, JobEvent, QueueOptions, ScriptQueue } from "./script-queue.ts";
import { openStore, type Job, type JobEvents, type JobQueue, type OpenStore } from "./store.ts";
import { answeredBefore, answerRow, cancelRow, isSameWait, readTold } from "./told.ts";
import { keptText, unpacked } from "./values.ts";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Opens a queue for whoever adds jobs. Rejects as `ERR_QUEUE_OPTION` for an option that cannot be meant, `ERR_QUEUE_PACKAGE` for a missing package, and `ERR_QUEUE_UNREACHABLE`
 * when the store does not answer.
 *
 * @example
 * const queue = await openQueue({ store: { redis: "redis://localhost" }, contract: registry });
 * const id = await queue.enqueue(source, { month: 7 });
 * const outcome = await queue.outcome(id);
 */
export async function openQueue(options: QueueOptions): Promise<ScriptQueue> {
  checkQueueOptions(options);
  const { store, name = "scripts", contract = "", connectMs } = options;
  const digest = typeof contract === "string" ? contract : (contract.digest ?? "");
  const queue = new OpenQueue(await openStore(store, connectMs), name, digest);
  await queue.reached();
  return queue;
}

/**
 * Adds one script to a queue that is open.
 *
 * @example
 * const id = await enqueue(source, { month: 7 }, { queue, priority: 1 });
 */
export function enqueue(
  source: string,
  input: unknown,
  { queue, ...options }: EnqueueOptions & { readonly queue: ScriptQueue },
): Promise<string> {
  return queue.enqueue(source, input, options);
}

class OpenQueue implements ScriptQueue {
  readonly #store: OpenStore;
  readonly #name: string;
  readonly #digest: string;
  readonly #queue: JobQueue;
  readonly #directory: JobQueue;
  #events: JobEvents | null = null;
  #isListed = false;
  #isClosed = false;

  constructor(store: OpenStore, name: string, digest: string) {
    this.#store = store;
    this.#name = name;
    this.#digest = digest;
    this.#queue = store.queue(queueOf(name, digest));
    this.#directory = store.queue(name);
  }

  /** What the store answers, in time. */
  #ask<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    return this.#isClosed ? Promise.reject(closed()) : this.#store.within(ask());
  }

  /** Resolves when the store answers; closes everything when it does not. */
  async reached(): Promise<void> {
    try {
      await this.#store.reached(this.#queue, this.#directory);
    } catch (error) {
      await this.#store.abandon(this.#queue, this.#directory);
      throw error;
    }
  }

  async enqueue(source: string, input?: unknown, options: EnqueueOptions = {}): Promise<string> {
    checkJob(source, options);
    const { id = crypto.randomUUID(), keepMs = dayMs, attempts = 5, backoffMs = 1_000 } = options;
    const { priority, delayMs } = options;
    const data = dataOf(this.#digest, source, input, options);
    await this.#ask(() => this.#list());
    const add = (): Promise<unknown> =>
      this.#queue.add("script", data, {
        jobId: id,
        attempts,
        backoff: { type: "exponential", delay: backoffMs },
        removeOnComplete: { age: Math.ceil(keepMs / 1000) },
        removeOnFail: { age: Math.ceil((7 * keepMs) / 1000) },
        ...(priority === undefined ? {} : { priority }),
        ...(delayMs === undefined ? {} : { delay: delayMs }),
      });
    await this.#ask(add);
    return id;
  }

  /** Writes down that there are jobs for this contract, so that whoever asks finds those nobody serves. */
  async #list(): Promise<void> {
    if (this.#isListed) return;
    await this.#directory.add(
      "contract",
      { digest: this.#digest },
      { jobId: `c-${shortDigest(this.#digest)}` },
    );
    this.#isListed = true;
  }

  state(id: string): Promise<JobState | null> {
    return this.#ask(() => this.#stateOf(id));
  }

  async #stateOf(id: string): Promise<JobState | null> {
    // The state first: what is read of a job then is at least as new.
    const state = await this.#queue.getJobState(id);
    const job = await this.#job(id);
    if (job === null) return null;
    const data = job.data as JobData;
    if (state === "completed") return { state: "done", outcome: outcomeOf(job.returnvalue as KeptOutcome) };
    if (state === "failed") return { state: "parked", reason: job.failedReason };
    if (state === "active") return { state: "active" };
    if (state === "delayed")
      return (await this.#isAnswered(id, data))
        ? { state: "delayed" }
        : { state: "suspended", waits: waitsOf(data) };
    return state === "unknown" ? null : { state: "waiting" };
  }

  /** True when it waits for nothing, or not for everything any more. */
  async #isAnswered(id: string, data: JobData): Promise<boolean> {
    const asked = askedIn(data);
    if (asked.length === 0) return true;
    const { logs } = await this.#queue.getJobLogs(id, data.toldFrom ?? 0, -1, true);
    const { answers, cancelled } = readTold(logs);
    return (
      cancelled !== undefined || answers.some((answer) => asked.some((wait) => isSameWait(answer, wait)))
    );
  }

  async outcome(
    id: string,
    { timeoutMs = 60_000 }: { readonly timeoutMs?: number } = {},
  ): Promise<JobOutcome> {
    if (this.#isClosed) throw closed();
    const end = await endOfJob(this.#queue, this.#listen(), id, timeoutMs);
    if (end?.state === "done") return end.outcome;
    if (end !== null) throw queueError("ERR_QUEUE_PARKED", `Job ${id} is parked: ${end.reason}`);
    throw queueError("ERR_QUEUE_TIMEOUT", `Job ${id} has not ended within ${timeoutMs} ms.`);
  }

  /** Everybody who waits for an outcome listens, and all who watch. */
  #listen(): JobEvents {
    return (this.#events ??= this.#store.events(this.#queue.name).setMaxListeners(0));
  }

  answer(id: string, answer: Answer | readonly Answer[]): Promise<void> {
    return this.#ask(() => this.#answer(id, answersOf(answer)));
  }

  async #answer(id: string, answers: readonly Answer[]): Promise<void> {
    const { job, isOver } = await this.#expect(id);
    const data = job.data as JobData;
    const asked = isOver ? [] : askedIn(data);
    const given = answers.map((one) => givenTo(id, asked, one));
    const rows = await job.log(answerRow(given));
    // Whoever answers at the same time has a row, too: the one that stands first counts.
    const { logs } = await this.#queue.getJobLogs(id, data.toldFrom ?? 0, rows - 2, true);
    const before = rows - 2 < (data.toldFrom ?? 0) ? [] : readTold(logs).answers;
    const twice = answeredBefore(before, given);
    if (twice) throw option(`answer: call ${twice.call} of job ${id} has been answered already.`);
    await promote(job);
  }

  cancel(id: string, reason = "cancelled"): Promise<void> {
    return this.#ask(() => this.#cancel(id, reason));
  }

  async #cancel(id: string, reason: string): Promise<void> {
    const { job, isOver } = await this.#expect(id);
    const isParked = isOver && (await job.isFailed());
    if (isOver && !isParked) return;
    // The row is what counts: a worker that lays the job aside at this moment replaces the data.
    await job.log(cancelRow(reason));
    await job.updateData({ ...(job.data as JobData), cancelled: keptText(reason) });
    // Whoever takes it finds that, and ends it.
    if (isParked) await unpark(job);
    else await promote(job);
    await tellCancelled(this.#directory, { queue: this.#queue.name, id, reason });
  }

  async retry(id: string): Promise<void> {
    await this.#ask(() => this.#retry(id));
  }

  async #retry(id: string): Promise<void> {
    const { job } = await this.#expect(id);
    if (!(await job.isFailed())) throw option(`retry: job ${id} is not parked.`);
    await job.log(forgivenRow(job.stalledCounter));
    await unpark(job);
  }

  unserved(): Promise<readonly { readonly digest: string; readonly waiting: number }[]> {
    return this.#ask(() => this.#unserved());
  }

  async #unserved(): Promise<readonly { readonly digest: string; readonly waiting: number }[]> {
    const listed = await this.#directory.getJobs(["waiting"], 0, -1);
    const found: { digest: string; waiting: number }[] = [];
    for (const { data } of listed) {
      const { digest } = data as { readonly digest: string };
      const queue = this.#store.queue(queueOf(this.#name, digest));
      const waiting = await queue.getJobCountByTypes("waiting", "prioritized");
      if (waiting > 0 && (await queue.getWorkersCount()) === 0) found.push({ digest, waiting });
      await queue.close();
    }
    return found;
  }

  watch(listener: (event: JobEvent) => void): () => void {
    const events = this.#listen();
    const active = ({ jobId }: { jobId: string }): void => listener({ id: jobId, event: "active" });
    const completed = ({ jobId }: { jobId: string }): void => listener({ id: jobId, event: "completed" });
    const failed = ({ jobId }: { jobId: string }): void => listener({ id: jobId, event: "parked" });
    const progress = ({ jobId, data }: { jobId: string; data: unknown }): void => {
      const told = data as { readonly console?: string; readonly progress?: string };
      if (told.console !== undefined) listener({ id: jobId, event: "console", data: unpacked(told.console) });
      else if (told.progress !== undefined)
        listener({ id: jobId, event: "progress", data: unpacked(told.progress) });
    };
    events.on("active", active).on("completed", completed).on("failed", failed).on("progress", progress);
    return () => {
      events
        .off("active", active)
        .off("completed", completed)
        .off("failed", failed)
        .off("progress", progress);
    };
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return this.#store.close(this.#queue, this.#directory, this.#events);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #job(id: string): Promise<Job | null> {
    return ((await this.#queue.getJob(id)) as Job | undefined) ?? null;
  }

  async #expect(id: string): Promise<{ readonly job: Job; readonly isOver: boolean }> {
    const job = await this.#job(id);
    if (job === null) throw option(`There is no job ${id} in the queue ${this.#name} for this contract.`);
    return { job, isOver: job.finishedOn !== undefined };
  }
}

function closed(): Error {
  return option("The queue has been closed.");
}
