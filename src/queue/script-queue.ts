/**
 * The words of whoever adds scripts to a queue: what it is opened with, what a job is added with, and what can be asked of it.
 */
import type { Answer, Limits } from "../runtime/index.ts";
import type { JobOutcome, JobState } from "./job.ts";
import type { Store } from "./store.ts";

export interface QueueOptions {
  /** Where jobs are kept: `{ redis: "redis://localhost" }`, or `{ folder: "./queue" }` for one process. */
  readonly store: Store;
  /** Letters, digits, `_` and `-`. Default: `scripts`. */
  readonly name?: string;
  /**
   * What scripts are written for: a registry, a contract, or the digest alone. A job is given to workers that have the same. Default: none, for workers
   * whose registry is a plain tree.
   */
  readonly contract?: string | { readonly digest: string | null };
  /**
   * Milliseconds in which the store has to answer, when it is opened and whenever it is asked. What takes longer is refused as `ERR_QUEUE_UNREACHABLE`, and may still happen.
   * Default: 10,000.
   */
  readonly connectMs?: number;
}

export interface EnqueueOptions {
  /** Chosen by the caller: the same id is added once, as long as its job is kept, also by producers of other contracts. Default: a random one. */
  readonly id?: string;
  /** Shown in stacks; its extension decides the language. Default: `script.js`. */
  readonly filename?: string;
  /** The kind of script, of the definition's `Scripts`. */
  readonly kind?: string;
  /** Tighter limits for this run. */
  readonly limits?: Limits;
  /** Which of the worker's `profiles` it runs with. Default: its `registry`. */
  readonly profile?: string;
  /** Whose job it is: told to the worker's functions as `job.tenant`. */
  readonly tenant?: string;
  /** From 1, the most urgent, to 2,097,151. Default: none, before all that have one. */
  readonly priority?: number;
  /** Milliseconds until it may begin. */
  readonly delayMs?: number;
  /** Times it is tried when what runs it fails; what a script does is never tried again. Default: 5. */
  readonly attempts?: number;
  /** Milliseconds before the second try; doubled for each that follows. Default: 1,000. */
  readonly backoffMs?: number;
  /** Milliseconds a result is kept. Default: a day. Those that are parked: seven times as long. */
  readonly keepMs?: number;
}

export interface JobEvent {
  readonly id: string;
  readonly event: "active" | "console" | "progress" | "completed" | "parked";
  /** Of `console`: its level and text; of `progress`: what the host function told. */
  readonly data?: unknown;
}

/** Jobs of one contract that nobody does. */
export interface Unserved {
  readonly digest: string;
  /** Those that could be done now, of which some may have been begun. */
  readonly waiting: number;
  /** Those that wait for a person, a day, or another try. */
  readonly delayed: number;
}

/** A job is found by its id whatever contract it is of, and so is one that an earlier release has added. */
export interface ScriptQueue extends AsyncDisposable {
  /** Adds a script, and gives the id of its job. */
  enqueue(source: string, input?: unknown, options?: EnqueueOptions): Promise<string>;
  /** How a job is; `null` when there is none, or not any more. */
  state(id: string): Promise<JobState | null>;
  /** Waits for the end. Rejects as `ERR_QUEUE_PARKED` for a job that is parked, `ERR_QUEUE_TIMEOUT` when it takes longer. Default: a minute. */
  outcome(id: string, options?: { readonly timeoutMs?: number }): Promise<JobOutcome>;
  /** Tells a suspended job what it waits for; it goes on in any worker. */
  answer(id: string, answer: Answer | readonly Answer[]): Promise<void>;
  /** Ends a job wherever it is, at work, suspended or parked: its outcome is `cancelled`, unless it ends by itself before that. A worker of its contract does it. */
  cancel(id: string, reason?: string): Promise<void>;
  /** Tries a job that is parked again, from its journal. */
  retry(id: string): Promise<void>;
  /** Contracts that have jobs to be done, and no worker. */
  unserved(): Promise<readonly Unserved[]>;
  /** Hears of all jobs of this queue's contract. Returns what stops it. */
  watch(listener: (event: JobEvent) => void): () => void;
  /**
   * Ends the connections of this queue; jobs go on. Whoever waits for an outcome, or for what the store was asked, is told so as `ERR_QUEUE_OPTION`; what was asked
   * may have been done.
   */
  close(): Promise<void>;
}
