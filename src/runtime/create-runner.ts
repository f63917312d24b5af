/**
 * CreateRunner: where isolates live and where host functions run. The only file that knows both runners; each is loaded
 * when it is chosen.
 */
import { option } from "./errors.ts";
import { autoWorkers, workerMb } from "./auto-workers.ts";
import { runsByDefault } from "./process/options.ts";
import { checkOwnProgram, tellSupervisor } from "./process/own-program.ts";
import type { ResolvedLimits } from "./limits.ts";
import type { ProcessOptions } from "./process/options.ts";
import type { Regional } from "./host-regional.ts";
import type { Runner } from "./runner.ts";
import type { GuestSetup } from "./seam.ts";

// At once, because a program that was started as a worker may make its first sandbox much later, or never.
tellSupervisor();

export interface PlacementOptions {
  /**
   * `process` (default): isolates live in child processes, which a script can at worst get killed. `none`: isolates live
   * in this process; for trusted scripts and tests.
   */
  readonly isolation?: "process" | "none";
  /**
   * `host` (default): host functions stay in your process. `worker`: the worker imports `registryModule` and calls them
   * itself, at in-process cost; they then share the worker's fate, and hooks do not run.
   */
  readonly placement?: "host" | "worker";
  /** The module whose default export is the registry, a path or a `file:` URL; for `placement: "worker"`. */
  readonly registryModule?: string | URL;
  /**
   * Worker processes at most. Default: one per processor, at least 2. With `isolation: "none"` there are no workers: it is how many runs are at work
   * at once, and without `workers`, `queueMax` and `queueMs` all are. `auto`: one per processor, and no more than three quarters of the memory of the machine, or
   * of its container, have room for.
   */
  readonly workers?: number | "auto";
  /**
   * Megabytes that all workers together may come to hold, 30 each and two and a half times `limits.memoryMb`: fewer workers are started when there is no room for more.
   * Runs inside of runs share them; only the first worker of each level comes on top, since the runs above wait for it. Default: no bound but `workers`. Refused with `isolation: "none"`.
   */
  readonly poolMb?: number;
  /**
   * Workers kept warm; with `isolation: "none"`, isolates kept prepared between runs. Default: 1. With 0 none is started before the first run, which waits for
   * it, and `createSandbox` does not notice that none can be started: the run ends as `crashed`.
   */
  readonly minIdle?: number;
  /** Milliseconds after which a worker beyond `minIdle` that has nothing to do is ended: with `minIdle: 0` all of them are. Default: 30,000. */
  readonly idleMs?: number;
  /** Runs after which a worker is replaced. Default: 200. With `isolation: "none"` nothing is used for more than one run, whatever it says. */
  readonly maxRuns?: number;
  /**
   * Runs that may wait for a worker; one more is refused with `ERR_SANDBOX_BUSY`. A worker takes one run at a time, so at most `workers` are at
   * work. Default: 10,000.
   */
  readonly queueMax?: number;
  /** Milliseconds a run may wait for a worker, before it is refused with `ERR_SANDBOX_BUSY`. Default: 60,000. */
  readonly queueMs?: number;
  /** The Node executable of the workers. Default: the one of this process. Refused with `isolation: "none"`, which starts none. */
  readonly execPath?: string;
}

export async function createRunner(
  setup: GuestSetup,
  limits: ResolvedLimits,
  given: PlacementOptions,
  regional: Regional,
): Promise<Runner> {
  checkPool(given);
  const options = { ...given, workers: workersOf(given, limits.memoryMb) };
  const { isolation = "process", placement = "host", registryModule } = options;
  if (isolation === "none") {
    if (placement === "worker") throw option('placement: "worker" needs isolation: "process".');
    if (options.execPath !== undefined) throw option('execPath: isolation: "none" starts no workers.');
    const [{ createInProcessRunner }, { inPlaces }, { engine }] = await Promise.all([
      import("./in-process.ts"),
      import("./places.ts"),
      import("./engine/chosen.ts"),
    ]);
    engine.load();
    return inPlaces(createInProcessRunner(setup, { minIdle: options.minIdle }), options);
  }
  if (placement === "worker" && registryModule === undefined) {
    throw option(
      'placement: "worker" needs `registryModule`, the module a worker imports the registry from.',
    );
  }
  checkOwnProgram(options.execPath);
  const { createProcessRunner } = await import("./process/runner.ts");
  const { workerProgram } = await import("./process/worker-program.ts");
  const { workers, poolMb, minIdle, idleMs, maxRuns, queueMax, queueMs, execPath } = options;
  const settings: ProcessOptions = {
    concurrency: limits.concurrency,
    regional,
    workers,
    together: poolMb === undefined ? undefined : roomOf(poolMb, limits.memoryMb),
    minIdle,
    idleMs,
    maxRuns,
    queueMax,
    queueMs,
    execPath,
    module: placement === "worker" ? registryModule : undefined,
  };
  const runner = createProcessRunner(setup, settings, await workerProgram());
  // Who asks for none gets none: what keeps one from starting is then said at the first run.
  if (minIdle === 0) return runner;
  // A worker that cannot start is a mistake of the host (a missing engine, a forbidden spawn): say it now, not at the first run.
  const problem = await runner.ready();
  if (problem === null) return runner;
  await runner.dispose();
  throw problem;
}

const hourMs = 3_600_000;
const most = Number.MAX_SAFE_INTEGER;
const counts = {
  workers: [1, most],
  poolMb: [1, most],
  minIdle: [0, most],
  idleMs: [0, hourMs],
  maxRuns: [1, most],
  queueMax: [0, most],
  // As long as a run may take: every wait ends.
  queueMs: [0, hourMs],
} as const;

/** Workers at most; `undefined` for the default. */
function workersOf({ workers, poolMb, isolation }: PlacementOptions, memoryMb: number): number | undefined {
  const wanted = workers === "auto" ? autoWorkers(memoryMb) : workers;
  if (poolMb === undefined) return wanted;
  if (isolation === "none") throw option('poolMb: isolation: "none" starts no workers.');
  return Math.min(wanted ?? runsByDefault.workers, roomOf(poolMb, memoryMb));
}

/** Workers that have room in so many megabytes. */
function roomOf(poolMb: number, memoryMb: number): number {
  const room = Math.floor(poolMb / workerMb(memoryMb));
  if (room >= 1) return room;
  throw option(
    `poolMb: one worker may come to hold ${workerMb(memoryMb)} MB with the limit memoryMb of ${memoryMb}, and there is room for ${poolMb}.`,
  );
}

function checkPool(options: PlacementOptions): void {
  for (const [name, [min, max]] of Object.entries(counts)) {
    const value: unknown = options[name as keyof typeof counts];
    if (value === undefined || (name === "workers" && value === "auto")) continue;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) continue;
    throw option(
      `${name}: expected a whole number ${max === most ? `of at least ${min}` : `from ${min} to ${max}`}.`,
    );
  }
}
