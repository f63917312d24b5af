/**
 * The producer's side of a queue: adds scripts as jobs, says how they are, answers those that wait, cancels, and tells what nobody can do.
 */
import type { Answer } from "../runtime/index.ts";
import { answersOf } from "../runtime/journal/options.ts";
import { askedIn, givenTo, waitsOf } from "./asked.ts";
import { tellCancelled } from "./cancelled.ts";
import { endOfJob } from "./end-of-job.ts";
import { queueError } from "./errors.ts";
import { Contracts } from "./contracts.ts";
import { inTime } from "./in-time.ts";
import { dataOf } from "./job-data.ts";
import type { JobData, JobOutcome, JobState, KeptOutcome } from "./job.ts";
import { forgivenRow } from "./losses.ts";
import { promote, unpark } from "./moves.ts";
import { checkJob, checkQueueOptions, option } from "./options.ts";
import { outcomeOf } from "./outcome.ts";
import type { EnqueueOptions, JobEvent, QueueOptions, ScriptQueue, Unserved } from "./script-queue.ts";
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
  readonly #contracts: Contracts;
  /** Those of each queue that is listened to, by its name. */
  readonly #events = new Map<string, JobEvents>();
  /** Each who waits for something, to be told when the queue is closed. */
  readonly #waiting = new Set<() => void>();
  #isClosed = false;

  constructor(store: OpenStore, name: string, digest: string) {
    this.#store = store;
    this.#name = name;
    this.#digest = digest;
    this.#contracts = new Contracts(store, name, digest);
  }

  /** What the store answers, in time. */
  async #ask<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    if (this.#isClosed) throw closed();
    return this.#untilClosed(this.#store.within(ask()), closedMeanwhile);
  }

  /** Whoever waits when the queue is closed is told that at once, and not what a connection says that ends. */
  async #untilClosed<Answer>(answer: Promise<Answer>, said: () => Error): Promise<Answer> {
    const closing = Promise.withResolvers<never>();
    const tell = (): void => closing.reject(said());
    this.#waiting.add(tell);
    try {
      return await Promise.race([answer, closing.promise]);
    } finally {
      this.#waiting.delete(tell);
    }
  }

  /** Resolves when the store answers; closes everything when it does not. */
  async reached(): Promise<void> {
    const { own, directory } = this.#contracts;
    try {
      await this.#store.reached(own, directory);
    } catch (error) {
      await this.#store.abandon(own, directory);
      throw error;
    }
  }

  async enqueue(source: string, input?: unknown, options: EnqueueOptions = {}): Promise<string> {
    checkJob(source, options);
    const { id = crypto.randomUUID(), keepMs = dayMs, attempts = 5, backoffMs = 1_000 } = options;
    const { priority, delayMs } = options;
    const data = dataOf(this.#digest, source, input, options);
    await this.#ask(() => this.#contracts.list());
    await this.#ask(() => this.#heard());
    if (options.id !== undefined && (await this.#ask(() => this.#contracts.elsewhere(id))) !== null)
      return id;
    const add = (): Promise<unknown> =>
      this.#contracts.own.add("script", data, {
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

  state(id: string): Promise<JobState | null> {
    return this.#ask(() => this.#stateOf(id));
  }

  async #stateOf(id: string): Promise<JobState | null> {
    const queue = await this.#contracts.holding(id);
    // The state first: what is read of a job then is at least as new.
    const state = await queue.getJobState(id);
    const job = (await queue.getJob(id)) as Job | undefined;
    if (job === undefined) return null;
    const data = job.data as JobData;
    if (state === "completed") return { state: "done", outcome: outcomeOf(job.returnvalue as KeptOutcome) };
    if (state === "failed") return { state: "parked", reason: job.failedReason };
    if (state === "active") return { state: "active" };
    if (state === "delayed")
      return (await isAnswered(queue, id, data))
        ? { state: "delayed" }
        : { state: "suspended", waits: waitsOf(data) };
    return state === "unknown" ? null : { state: "waiting" };
  }

  async outcome(
    id: string,
    { timeoutMs = 60_000 }: { readonly timeoutMs?: number } = {},
  ): Promise<JobOutcome> {
    if (this.#isClosed) throw closed();
    const { own } = this.#contracts;
    const asked = performance.now();
    // A store that is away is waited for here, too.
    const queue = await this.#untilClosed(
      inTime(this.#contracts.holding(id), timeoutMs, () => own),
      closed,
    );
    if (this.#isClosed) throw closed();
    const leftMs = Math.max(0, timeoutMs - (performance.now() - asked));
    const end = await this.#untilClosed(endOfJob(queue, this.#listen(queue), id, leftMs), closed);
    if (end?.state === "done") return end.outcome;
    if (end !== null) throw queueError("ERR_QUEUE_PARKED", `Job ${id} is parked: ${end.reason}`);
    throw queueError("ERR_QUEUE_TIMEOUT", `Job ${id} has not ended within ${timeoutMs} ms.`);
  }

  /** Everybody who waits for an outcome listens, and all who watch. */
  #listen({ name }: JobQueue): JobEvents {
    const events = this.#events.get(name) ?? this.#store.events(name).setMaxListeners(0);
    this.#events.set(name, events);
    return events;
  }

  /** Whoever watches hears of each job that is added from then on: what happens before there is a connection is lost. */
  async #heard(): Promise<void> {
    const events = this.#events.get(this.#contracts.own.name);
    if (events !== undefined) await this.#store.reached(events);
  }

  answer(id: string, answer: Answer | readonly Answer[]): Promise<void> {
    return this.#ask(() => this.#answer(id, answersOf(answer)));
  }

  async #answer(id: string, answers: readonly Answer[]): Promise<void> {
    const { job, isOver, queue } = await this.#expect(id);
    const data = job.data as JobData;
    const asked = isOver ? [] : askedIn(data);
    const given = answers.map((one) => givenTo(id, asked, one));
    const rows = await job.log(answerRow(given));
    // Whoever answers at the same time has a row, too: the one that stands first counts.
    const { logs } = await queue.getJobLogs(id, data.toldFrom ?? 0, rows - 2, true);
    const before = rows - 2 < (data.toldFrom ?? 0) ? [] : readTold(logs).answers;
    const twice = answeredBefore(before, given);
    if (twice) throw option(`answer: call ${twice.call} of job ${id} has been answered already.`);
    await promote(job);
  }

  cancel(id: string, reason = "cancelled"): Promise<void> {
    return this.#ask(() => this.#cancel(id, reason));
  }

  async #cancel(id: string, reason: string): Promise<void> {
    const { job, isOver, queue } = await this.#expect(id);
    const isParked = isOver && (await job.isFailed());
    if (isOver && !isParked) return;
    // The row is what counts: a worker that lays the job aside at this moment replaces the data.
    await job.log(cancelRow(reason));
    await job.updateData({ ...(job.data as JobData), cancelled: keptText(reason) });
    // Whoever takes it finds that, and ends it.
    if (isParked) await unpark(job);
    else await promote(job);
    await tellCancelled(this.#contracts.directory, { queue: queue.name, id, reason });
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

  unserved(): Promise<readonly Unserved[]> {
    return this.#ask(() => this.#contracts.unserved());
  }

  watch(listener: (event: JobEvent) => void): () => void {
    if (this.#isClosed) throw closed();
    const events = this.#listen(this.#contracts.own);
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
    for (const tell of this.#waiting) tell();
    return this.#store.close(...this.#contracts.opened, ...this.#events.values());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #expect(id: string): Promise<Found> {
    const queue = await this.#contracts.holding(id);
    const job = (await queue.getJob(id)) as Job | undefined;
    if (job === undefined)
      throw option(`There is no job ${id} in the queue ${this.#name}, of whatever contract.`);
    return { job, queue, isOver: job.finishedOn !== undefined };
  }
}

interface Found {
  readonly job: Job;
  /** Of the contract that the job is of. */
  readonly queue: JobQueue;
  readonly isOver: boolean;
}

/** True when it waits for nothing, or not for everything any more. */
async function isAnswered(queue: JobQueue, id: string, data: JobData): Promise<boolean> {
  const asked = askedIn(data);
  if (asked.length === 0) return true;
  const { logs } = await queue.getJobLogs(id, data.toldFrom ?? 0, -1, true);
  const { answers, cancelled } = readTold(logs);
  return cancelled !== undefined || answers.some((answer) => asked.some((wait) => isSameWait(answer, wait)));
}

function closed(): Error {
  return option("The queue has been closed.");
}

/** Of what was asked before: nobody looks any more whether it was done. */
function closedMeanwhile(): Error {
  return option("The queue has been closed, before its store had answered.");
}
