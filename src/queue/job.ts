/**
 * Declares a job: what stands in the store of it, and what a caller sees.
 */
import type { Answer, Limits, RunError, RunExports, RunStats, Wait } from "../runtime/index.ts";

/** What is kept, as JSON. Values are packed, and texts where a store would not take them. */
export interface JobData {
  readonly version: 1;
  /** Of the contract the script was written for; empty for none. */
  readonly digest: string;
  readonly source: string;
  readonly input?: string;
  readonly filename?: string;
  readonly kind?: string;
  readonly limits?: Limits;
  readonly profile?: string;
  readonly tenant?: string;
  /** What it waits for: `AskedWait`s, packed. */
  readonly waits?: string;
  /** The first row of its log that may tell an answer to what it waits for. */
  readonly toldFrom?: number;
  readonly cancelled?: string;
}

/** A call that waits, and how often it had been answered when it began to. */
export interface AskedWait extends Wait {
  readonly answered: number;
}

export interface GivenAnswer extends Answer {
  readonly call: number;
  readonly answered: number;
}

/** How a job has ended, as JSON: what the engine keeps as its return value. */
export interface KeptOutcome {
  readonly status: JobOutcome["status"];
  /** Packed: the exports, or the error. */
  readonly value: string;
  readonly stats?: RunStats;
}

/** How a job has ended. A script's own error is a result, too. */
export type JobOutcome =
  | { readonly status: "ok"; readonly exports: RunExports; readonly stats: RunStats }
  | {
      readonly status: "error" | "timeout" | "memory";
      readonly error: RunError;
      readonly stats: RunStats;
    }
  | { readonly status: "cancelled"; readonly reason: string };

/** A job at one moment. */
export type JobState =
  | { readonly state: "waiting" | "delayed" | "active" }
  | { readonly state: "suspended"; readonly waits: readonly Wait[] }
  | { readonly state: "done"; readonly outcome: JobOutcome }
  /** It is not tried any more, and a person should look at it: it has killed its workers, or a call is in doubt. */
  | { readonly state: "parked"; readonly reason: string };
