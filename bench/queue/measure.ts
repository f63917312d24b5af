/**
 * What a job of a queue costs beside a job of the engine alone whose processor does nothing but the same run, and what a second worker brings. On a Redis server
 * of its own; without one there are no figures, and the cells say so.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { Queue, QueueEvents, Worker } from "bullmq";
import { createQueueWorker, openQueue } from "isobind/queue";
import { createSandbox } from "isobind/runtime";
import { startRedis } from "../../test/queue/redis.ts";
import { failed, type Cell, type Table } from "../measure/cell.ts";
import { summarize } from "../measure/statistics.ts";
import { jobs, workers } from "./table.ts";

const trivial = "export default 1";
const registry = { add: (a: number, b: number) => a + b };

const loop = "let x = 1; for (let i = 0; i < input; i++) x = (x * 31 + i) | 0;";
const busy = `${loop} export default x`;
const busyMs = 20;

export async function measureQueue({ rounds, short }: { rounds: number; short: boolean }): Promise<Table[]> {
  const path = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "redis-server"));
  const server = path.find(isProgram);
  if (server === undefined) return tables(() => failed("redis-server is not on PATH"));
  // Without a file: what is measured is the queue, not a disk.
  const redis = await startRedis(server, ["--appendonly", "no"]);
  try {
    const times = new Map<string, number[]>();
    const add = (name: string, ms: number): void => void times.set(name, [...(times.get(name) ?? []), ms]);
    await measureJobs(redis, rounds, short ? 20 : 100, add);
    const input = await loopsOf(busyMs);
    for (let round = 0; round < Math.min(rounds, short ? 1 : 3); round++) {
      for (const [name, count] of [
        [workers.one, 1],
        [workers.two, 2],
      ] as const) {
        const many = { count, jobs: short ? 100 : 1_000, input };
        add(`${name}, ${workers.ours}`, await timeOfAll(redis.url, many));
        add(`${name}, ${workers.bare}`, await timeOfBare(redis.port, many));
      }
    }
    return tables((name) => {
      const values = times.get(name) ?? [];
      return { kind: "measured", summary: summarize(values), values };
    });
  } finally {
    await redis.stop();
  }
}

function tables(cell: (name: string) => Cell): Table[] {
  // Both tables have the same two columns.
  const of = (row: string): Table["rows"][number] => ({
    name: row,
    cells: Object.fromEntries([jobs.ours, jobs.bare].map((way) => [way, cell(`${row}, ${way}`)])),
  });
  return [
    {
      title: jobs.title,
      unit: "ms",
      better: "less",
      columns: [jobs.ours, jobs.bare],
      rows: [of(jobs.one), of(jobs.many)],
      notes: [
        "From adding a job to having its result, per job; one run at a time. Redis on the same machine, without a file.",
      ],
    },
    {
      title: workers.title,
      unit: "ms",
      better: "less",
      columns: [workers.ours, workers.bare],
      rows: [of(workers.one), of(workers.two)],
      notes: [
        "1,000 jobs (100 with `--short`) that wait when the workers start, until all have ended. One worker has more than one processor already: its next isolate is made while nothing runs, beside it are the host and Redis.",
      ],
    },
  ];
}

type Add = (name: string, ms: number) => void;

/** Both kinds of jobs in turns, so that a slow moment falls on both. */
async function measureJobs(
  redis: { readonly url: string; readonly port: number },
  rounds: number,
  calls: number,
  add: Add,
): Promise<void> {
  const connection = { host: "127.0.0.1", port: redis.port, maxRetriesPerRequest: null };
  const store = { redis: redis.url };
  const sandbox = await createSandbox({ registry, workers: 1 });
  const run = async (): Promise<unknown> => {
    const result = await sandbox.run(trivial);
    return result.status === "ok" ? result.exports["default"] : Promise.reject(new Error(result.status));
  };
  const bareQueue = new Queue("bare", { connection });
  const events = new QueueEvents("bare", { connection });
  const bareWorker = new Worker("bare", run, { connection, concurrency: 1 });
  const queue = await openQueue({ store });
  const worker = await createQueueWorker({ store, registry, concurrency: 1 });
  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    [jobs.ours]: async () => {
      const outcome = await queue.outcome(await queue.enqueue(trivial));
      if (outcome.status !== "ok") throw new Error(outcome.status);
    },
    [jobs.bare]: async () => (await bareQueue.add("job", { source: trivial })).waitUntilFinished(events),
  };
  // Each job that is waited for listens.
  for (const emitter of [events, bareQueue]) emitter.setMaxListeners(0);
  try {
    await events.waitUntilReady();
    for (const way of Object.values(ways)) for (let call = 0; call < 10; call++) await way();
    for (let round = 0; round < rounds; round++) {
      const samples = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
      for (let call = 0; call < calls; call++)
        for (const [name, way] of Object.entries(ways)) samples.get(name)!.push(await timed(way));
      for (const [name, way] of Object.entries(ways)) {
        add(`${jobs.one}, ${name}`, summarize(samples.get(name)!).median);
        add(
          `${jobs.many}, ${name}`,
          (await timed(() => Promise.all(Array.from({ length: 100 }, way)))) / 100,
        );
      }
    }
  } finally {
    await Promise.all([bareWorker.close(), worker.close()]);
    await Promise.all([events.close(), bareQueue.close(), queue.close(), sandbox.dispose()]);
  }
}

/** How often a script goes round in so many milliseconds, when nothing else does anything. */
async function loopsOf(ms: number): Promise<number> {
  const sandbox = await createSandbox({ workers: 1 });
  const input = 20_000_000;
  const each: number[] = [];
  for (let run = 0; run < 5; run++) {
    const { status, stats } = await sandbox.run(busy, { input });
    if (status !== "ok") throw new Error(status);
    each.push(stats.cpuMs / input);
  }
  await sandbox.dispose();
  return Math.round(ms / summarize(each).min);
}

interface Many {
  /** Scripts that may run at once. */
  readonly count: number;
  readonly jobs: number;
  readonly input: number;
}

/** Milliseconds until so many jobs have ended, that wait when the worker starts. */
async function timeOfAll(redis: string, { count, jobs, input }: Many): Promise<number> {
  const store = { redis };
  const name = `busy-${count}-${Date.now()}`;
  const queue = await openQueue({ store, name });
  const ids = await Promise.all(Array.from({ length: jobs }, () => queue.enqueue(busy, input)));
  const started = performance.now();
  const worker = await createQueueWorker({ store, name, registry, concurrency: count });
  try {
    for (const id of ids) {
      const { status } = await queue.outcome(id, { timeoutMs: 600_000 });
      if (status !== "ok") throw new Error(status);
    }
    return performance.now() - started;
  } finally {
    await worker.close();
    await queue.close();
  }
}

/** The same of the engine's own jobs: what there is to be had from a second worker. */
async function timeOfBare(port: number, { count, jobs, input }: Many): Promise<number> {
  const connection = { host: "127.0.0.1", port, maxRetriesPerRequest: null };
  const name = `bare-${count}-${Date.now()}`;
  const queue = new Queue(name, { connection });
  const events = new QueueEvents(name, { connection });
  await events.waitUntilReady();
  const added = await Promise.all(Array.from({ length: jobs }, () => queue.add("job", { input })));
  const started = performance.now();
  const sandbox = await createSandbox({ registry, workers: count });
  const run = async (): Promise<unknown> => (await sandbox.run(busy, { input })).status;
  const worker = new Worker(name, run, { connection, concurrency: count });
  try {
    for (const job of added) {
      const status: unknown = await job.waitUntilFinished(events);
      if (status !== "ok") throw new Error(String(status));
    }
    return performance.now() - started;
  } finally {
    await worker.close();
    await Promise.all([events.close(), queue.close(), sandbox.dispose()]);
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
