/**
 * Opens where jobs are kept, and makes the engine's parts on it. The only file that knows the engine, BullMQ, by name; it and a client
 * are optional peers, loaded here and nowhere else.
 */
import type * as Bull from "bullmq";
import { load } from "./peer.ts";
import { openFolder } from "./pglite.ts";

/**
 * `redis`: Redis 7 or Valkey, as a URL or the options of ioredis. `folder`: a Postgres in this process that keeps its data there, with
 * `@electric-sql/pglite`; one process at a time.
 */
export type Store =
  { readonly redis: string | Readonly<Record<string, unknown>> } | { readonly folder: string };

export type JobQueue = Bull.Queue;
export type Job = Bull.Job;
export type JobWorker = Bull.Worker;
export type JobEvents = Bull.QueueEvents;

export interface OpenStore {
  readonly bull: typeof Bull;
  queue(name: string): JobQueue;
  worker(name: string, process: Bull.Processor, options: Partial<Bull.WorkerOptions>): JobWorker;
  events(name: string): JobEvents;
  /** Closes what the store itself has opened; queues and workers are closed before. */
  close(): Promise<void>;
}

/** Throws `ERR_QUEUE_PACKAGE` when a package is missing or of another version, and what the store says when it cannot be reached. */
export async function openStore(store: Store): Promise<OpenStore> {
  const bull = await load("bullmq", () => import("bullmq"));
  if ("redis" in store) {
    await load("ioredis", () => import("ioredis"));
    const connection = typeof store.redis === "string" ? { url: store.redis } : { ...store.redis };
    return parts(bull, { connection }, async () => {});
  }
  const { createPostgresBackend, runMigrations, DEFAULT_SCHEMA, quoteSchemaName } = bull;
  const migrate = async (pool: object): Promise<void> => {
    const client = await (pool as Bull.PgPool).connect();
    await runMigrations(client, DEFAULT_SCHEMA, { skipVersionCheck: true });
    // Its texts name nothing of where they are; a pool of the engine's own would be told like this.
    await client.query(`SET search_path = ${quoteSchemaName(DEFAULT_SCHEMA)}`);
    client.release();
  };
  const { pool, close } = await openFolder(store.folder, migrate);
  return parts(bull, { connection: pool, skipVersionCheck: true }, close, createPostgresBackend);
}

function parts(
  bull: typeof Bull,
  base: { readonly connection: object; readonly skipVersionCheck?: boolean },
  close: () => Promise<void>,
  backend?: unknown,
): OpenStore {
  // The types of each part name its backend, which is chosen here.
  const { Queue, Worker, QueueEvents } = (
    backend === undefined ? bull : bull.withBackend(backend as Parameters<typeof bull.withBackend>[0])
  ) as typeof bull;
  const options = base as Bull.QueueOptions;
  // Nobody else listens, and an error that nobody hears of ends the process. What matters fails where it is asked for.
  const quiet = <Part extends { on(event: "error", listener: () => void): unknown }>(part: Part): Part => {
    part.on("error", () => {});
    return part;
  };
  return {
    bull,
    queue: (name) => quiet(new Queue(name, options)),
    worker: (name, process, more) => quiet(new Worker(name, process, { ...options, ...more })),
    events: (name) => quiet(new QueueEvents(name, options)),
    close,
  };
}
