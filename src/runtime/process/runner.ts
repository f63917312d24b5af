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
import { Pool, type Room } from "./pool.ts";
import { supervise } from "./supervise.ts";
import { workerFile, type WorkerProgram } from "./worker-program.ts";
import { WorkerProcess } from "./worker-process.ts";

export type { ProcessOptions } from "./options.ts";

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
  /**
   * Workers of nested runs, by level, started when they are needed. A run only ever waits for runs one level below, so levels that do not
   * share workers cannot wait for each other in a circle, whichever sandboxes they are of.
   */
  const pools = new Map<number, Pool>();
  const most = options.together ?? Infinity;
  const pool = poolOf(0);

  function poolOf(level: number): Pool {
    const known = pools.get(level);
    if (known) return known;
    const size = (one: Pool): number => one.stats.busy + one.stats.idle;
    const others = (): Pool[] => [...pools].flatMap(([of, one]) => (of === level ? [] : [one]));
    const room: Room = {
      forOneMore(workers) {
        // Runs of the level above wait for the first: it is started whatever the others hold.
        if (workers === 0 || workers + others().reduce((sum, one) => sum + size(one), 0) < most) return true;
        others().find((one) => one.endIdle());
        return false;
      },
      changed: () => others().forEach((one) => one.tryAgain()),
    };
    const settings = level === 0 ? resolved : { ...resolved, minIdle: 0 };
    const made = new Pool(settings, workerSetup, undefined, most === Infinity ? undefined : room);
    pools.set(level, made);
    return made;
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
      await Promise.all([...pools.values()].map((one) => one.dispose()));
    },
    get stats() {
      const all = [...pools.values()].map((one) => one.stats);
      const sum = (name: keyof RunnerStats): number => all.reduce((total, stats) => total + stats[name], 0);
      return { busy: sum("busy"), idle: sum("idle"), waiting: sum("waiting") };
    },
  };
}
