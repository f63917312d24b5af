/**
 * Declares what the owner of a process runner may choose, with defaults and reasons. Limits of runs are not here; they come
 * with the `GuestSetup`.
 */
import { availableParallelism } from "node:os";
import { pathToFileURL } from "node:url";
import { hostRegional, type Regional } from "../host-regional.ts";
import { findProgram } from "./find-program.ts";
import type { WorkerProgram } from "./worker-program.ts";

export interface ProcessOptions {
  /** Calls one run may have in flight; the host side refuses more. The worker sends no faster than that. */
  readonly concurrency: number;
  /** Worker processes at most. Default: one per processor, at least 2, so that one stuck script does not stop the others. */
  readonly workers?: number | undefined;
  /** Workers of all levels of nested runs at most, but for the first of each level below. Default: as many as `workers` for each level. */
  readonly together?: number | undefined;
  /** Workers kept warm, so that a run does not wait for a fork. Default 1. */
  readonly minIdle?: number | undefined;
  /** Milliseconds after which a worker beyond `minIdle` that has nothing to do is ended. Default 30,000. */
  readonly idleMs?: number | undefined;
  /** Runs after which a worker is replaced: whatever scripts leave behind in a process ends with it. Default 200. */
  readonly maxRuns?: number | undefined;
  /** Runs that may wait for a worker; more are refused. Default 10,000: each holds its source and its globals. */
  readonly queueMax?: number | undefined;
  /** Milliseconds a run may wait for a worker. Default 60,000. */
  readonly queueMs?: number | undefined;
  /** The Node executable, when `process.execPath` is none (an embedder). */
  readonly execPath?: string | undefined;
  /** Time zone and locale of the workers. Default: those of this process now. */
  readonly regional?: Regional;
  /**
   * The module, a path or a `file:` URL, whose default export is the registry: with it host functions are in the worker. Calls cost what they cost in one
   * process (1–2 µs instead of 25), and only the script, its result and its console cross the pipes. Given up for it:
   *
   * - the host functions share the worker's fate: a deadline, a memory limit or a crash ends them in the middle of a call;
   * - the guest's isolate and the host functions' memory are in one process again, so a hole in V8 reaches them;
   * - a binding that computes counts against the script's own wall clock, and each worker has its own state (caches,
   *   connections), imported once per worker;
   * - they see the worker's bare environment: no variables of yours, working directory at the root.
   */
  readonly module?: string | URL | undefined;
}

export interface ResolvedProcessOptions {
  readonly concurrency: number;
  readonly workers: number;
  readonly minIdle: number;
  readonly idleMs: number;
  readonly maxRuns: number;
  readonly queueMax: number;
  readonly queueMs: number;
  readonly execPath: string;
  readonly regional: Regional;
  readonly module: string | null;
  /** The program a worker runs. */
  readonly entry: WorkerProgram;
}

/** Runs at work and runs that wait, of an owner who has not said how many; in one process too. */
export const runsByDefault = {
  workers: Math.max(2, availableParallelism()),
  queueMax: 10_000,
  queueMs: 60_000,
} as const;

export function resolveOptions(options: ProcessOptions, entry: WorkerProgram): ResolvedProcessOptions {
  const workers = Math.max(1, options.workers ?? runsByDefault.workers);
  return {
    concurrency: options.concurrency,
    workers,
    minIdle: Math.min(options.minIdle ?? 1, workers),
    idleMs: options.idleMs ?? 30_000,
    maxRuns: Math.max(1, options.maxRuns ?? 200),
    queueMax: options.queueMax ?? runsByDefault.queueMax,
    queueMs: options.queueMs ?? runsByDefault.queueMs,
    execPath: findProgram(options.execPath ?? process.execPath),
    regional: options.regional ?? hostRegional(),
    module: options.module === undefined ? null : moduleUrl(options.module),
    entry,
  };
}

function moduleUrl(module: string | URL): string {
  if (typeof module !== "string") return module.href;
  return module.startsWith("file:") ? module : pathToFileURL(module).href;
}
