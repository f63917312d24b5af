/**
 * Implements the runner of `isolation: "process"`: isolates live in child processes, host functions stay here. Takes a warm
 * worker for each run, supervises it, gives it back.
 */
import { findEngine } from "../engine/find.ts";
import { SandboxError } from "../errors.ts";
import type { HostRun, Runner, RunEnd, RunnerStats } from "../runner.ts";
import type { GuestScript, GuestSetup } from "../seam.ts";
import { endOfRun } from "./death.ts";
import { resolveOptions, type ProcessOptions } from "./options.ts";
import { Pool } from "./pool.ts";
import { supervise } from "./supervise.ts";
import { workerFile, type WorkerProgram } from "./worker-program.ts";
import { WorkerProcess } from "./worker-process.ts";

export type { ProcessOptions, WorkerPlacement } from "./options.ts";

export interface ProcessRunner extends Runner {
  /** Resolves when a worker is ready for a run, or with the reason why none can be started. Never rejects. */
  ready(): Promise<SandboxError | null>;
}

/** Times a run is tried on a new worker when its own died before it saw the script. */
const maxAttempts = 3;

/**
 * Starts the pool's warm workers at once. `entry` is the program of a worker; tests put there one that lies.
 *
 * @example
 * const runner = createProcessRunner(setup, { concurrency: 1_000 });
 * const end = await runner.run({ source: "export default 1 + 1", filename: "sum.js", language: "auto", globals: null }, host);
 * await runner.dispose();
 */
export function createProcessRunner(
  setup: GuestSetup,
  options: ProcessOptions,
  entry: WorkerProgram | null = workerFile(),
): ProcessRunner {
  if (entry === null) throw new Error("Workers were started without a program.");
  const resolved = resolveOptions(options, entry);
  const workerSetup = {
    guest: setup,
    concurrency: resolved.concurrency,
    module: resolved.module,
    engine: findEngine(),
  };
  const pool = new Pool(resolved, workerSetup);
  /**
   * Workers of nested runs, by level, started when they are needed. A run only ever waits for runs one level below, so levels that do not
   * share workers cannot wait for each other in a circle, whichever sandboxes they are of.
   */
  const nested = new Map<number, Pool>();

  function poolOf(level: number): Pool {
    if (level === 0) return pool;
    let known = nested.get(level);
    if (!known) nested.set(level, (known = new Pool({ ...resolved, minIdle: 0 }, workerSetup)));
    return known;
  }

  let runs = 0;

  async function run(script: GuestScript, host: HostRun, began?: () => void): Promise<RunEnd> {
    const placed = resolved.module !== null;
    const how = { leaves: placed ? 0 : setup.leaves.length, limits: script.limits ?? setup.limits, placed };
    const workers = poolOf(host.nesting ?? 0);
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const worker = await workers.acquire(host.signal);
      if (!(worker instanceof WorkerProcess)) return endOfRun(worker);
      const { end } = await supervise(worker, ++runs, script, host, { ...how, began });
      workers.release(worker);
      if (end) return end;
    }
    return endOfRun({ kind: "crashed", detail: `${maxAttempts} workers died before they saw the script.` });
  }

  return {
    run,
    async ready() {
      const reason = await pool.ready();
      if (reason === null) return null;
      const { code, message } = endOfRun(reason).error;
      return new SandboxError(code, message);
    },
    async dispose() {
      await Promise.all([pool, ...nested.values()].map((one) => one.dispose()));
    },
    get stats() {
      const all = [pool, ...nested.values()].map((one) => one.stats);
      const sum = (name: keyof RunnerStats): number => all.reduce((total, stats) => total + stats[name], 0);
      return { busy: sum("busy"), idle: sum("idle"), waiting: sum("waiting") };
    },
  };
}
