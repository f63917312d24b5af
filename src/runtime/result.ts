/**
 * Declares how a run ended, as its caller sees it. Plain data for every ending a script can cause.
 */
import { ownError, type GuestError, type GuestUsage } from "./seam.ts";
import type { HostUsage } from "./runner.ts";

/** What one run used. */
export interface RunStats {
  /** From the start of the script to its end; 0 for a script that was not started. The limit `wallMs` counts the same time. */
  readonly wallMs: number;
  /** From the call of `run` to the start of the script: the wait for a worker. The option `queueMs` bounds it. */
  readonly queuedMs: number;
  /**
   * Processor time of the script. When its worker had to be ended, that of the worker process during the run, in steps of 10 ms and with the time it
   * waited for answers without sleeping, which the limit `cpuMs` does not count; 0 when nobody could say: a crash, a platform without /proc, an isolate that ran
   * out of memory.
   */
  readonly cpuMs: number;
  /** JavaScript heap at the end of the run. When its worker had to be ended, the memory it held beside its own; 0 as above, and of a run that was stopped in this process. */
  readonly heapBytes: number;
  /** Calls of bindings, refused ones included. */
  readonly calls: number;
  /** Bytes of all arguments that arrived at host functions. */
  readonly argumentBytes: number;
  /** Bytes of all results that went to the script. */
  readonly resultBytes: number;
  readonly consoleBytes: number;
  /** Work the script left behind: calls in flight when it ended, and one for a rejection nobody handled. See `onDetached`. */
  readonly detached: number;
}

/** An error a script ended with, as data: it may come from untrusted code, so it is never an `Error` to throw. */
export interface RunError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  /** The script's own frames, with its file name, lines and columns. */
  readonly stack: string;
  readonly cause?: RunError;
  /** Of an `AggregateError`, such as `Promise.any` rejects with: its first errors. */
  readonly errors?: readonly RunError[];
}

/** A call that waits, as plain data. */
export interface Wait {
  /** Its number in the run, from 0: `answer.call`. */
  readonly call: number;
  /** `["db", "query"]` */
  readonly path: readonly string[];
  /** `approval`: it has not been made, and a person decides. `suspend`: its host function waits. */
  readonly for: "approval" | "suspend";
  readonly arguments: readonly unknown[];
  /** What `suspend` was told; `undefined` for an approval. */
  readonly reason: unknown;
}

/**
 * The exports of a module; `default` is what `export default` gave. `Output` is what that must be where the definition says what a script
 * is; `unknown` where it does not.
 */
export type RunExports<Output = unknown> = { readonly [name: string]: unknown } & (unknown extends Output
  ? unknown
  : { readonly default: Output });

export type RunResult<Output = unknown> =
  | { readonly status: "ok"; readonly exports: RunExports<Output>; readonly stats: RunStats }
  | {
      readonly status: "error" | "timeout" | "memory" | "aborted" | "crashed";
      readonly error: RunError;
      readonly stats: RunStats;
    }
  /** Only of a run with a journal: it waits, holds nothing meanwhile, and goes on by `run(source, { journal, answer })`. */
  | {
      readonly status: "suspended";
      /** `ERR_SANDBOX_SUSPENDED`, in words. */
      readonly error: RunError;
      /** The calls that wait. */
      readonly waits: readonly Wait[];
      readonly stats: RunStats;
    };

/** The two stretches of time of a run. */
export type RunTimeStats = Pick<RunStats, "wallMs" | "queuedMs">;

export function runStats({ wallMs, queuedMs }: RunTimeStats, guest: GuestUsage, host: HostUsage): RunStats {
  const { cpuMs, heapBytes, detached = 0 } = guest;
  const { calls, argumentBytes, resultBytes, consoleBytes } = host;
  return { wallMs, queuedMs, cpuMs, heapBytes, calls, argumentBytes, resultBytes, consoleBytes, detached };
}

/** A copy with the known fields only: what a worker sends is not trusted to have no others. */
export function runError(error: GuestError, depth = 8): RunError {
  return {
    name: String(error.name),
    message: String(error.message),
    ...(typeof error.code === "string" ? { code: error.code } : {}),
    stack: String(error.stack),
    ...(error.cause && depth > 0 ? { cause: runError(error.cause, depth - 1) } : {}),
    ...(error.errors && depth > 0
      ? { errors: error.errors.slice(0, 10).map((inner) => runError(inner, Math.min(2, depth - 1))) }
      : {}),
  };
}

/** What an aborted run ends with; the reason is the caller's own, so it may be told. */
export function abortedError(reason: unknown): RunError {
  const why = reason instanceof Error ? ` (${reason.name}: ${reason.message})` : "";
  return ownError("ERR_SANDBOX_ABORTED", `The run was aborted${why}.`);
}
