/**
 * Opens where jobs are kept, and makes the engine's parts on it. The only file that knows the engine, BullMQ, by name; it and a client
 * are optional peers, loaded here and nowhere else.
 */
import type * as Bull from "bullmq";
import { queueError } from "./errors.ts";
import { inTime } from "./in-time.ts";
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

/** What the store can be asked for, and what has connections of its own. */
type Part = JobQueue | JobWorker | JobEvents;

export interface OpenStore {
  readonly bull: typeof Bull;
  queue(name: string): JobQueue;
  /** Another queue, on the connection of one that is open. */
  beside(open: JobQueue, name: string): Promise<JobQueue>;
  worker(name: string, process: Bull.Processor, options: Partial<Bull.WorkerOptions>): JobWorker;
  events(name: string): JobEvents;
  /** Resolves when these parts can be used. Throws `ERR_QUEUE_UNREACHABLE` when that takes longer than `connectMs`. */
  reached(...parts: readonly Part[]): Promise<void>;
  /** What the store answers. Throws `ERR_QUEUE_UNREACHABLE` when it does not within `connectMs`; whether it was done is not known then. */
  within<Answer>(answer: Promise<Answer>): Promise<Answer>;
  /** Closes these parts, and what the store itself has opened. Does not wait for a server that does not answer. */
  close(...parts: readonly (Part | null)[]): Promise<void>;
  /** Closes all of that without a word to the server, which has never answered. */
  abandon(...parts: readonly (Part | null)[]): Promise<void>;
}

/** Throws `ERR_QUEUE_PACKAGE` when a package is missing or of another version. Nothing has to be reached yet. */
export async function openStore(store: Store, connectMs = 10_000): Promise<OpenStore> {
  const bull = await load("bullmq", () => import("bullmq"));
  if ("redis" in store) {
    await load("ioredis", () => import("ioredis"));
    const given = typeof store.redis === "string" ? { url: store.redis } : store.redis;
    // How long anything is waited for is said by `connectMs`, and not by a number of attempts.
    const connection = { ...given, maxRetriesPerRequest: null };
    return parts(bull, { connection }, { where: placeOf(store.redis), connectMs, close: async () => {} });
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
  const bound = { where: store.folder, connectMs, close };
  return parts(bull, { connection: pool, skipVersionCheck: true }, bound, createPostgresBackend);
}

function parts(
  bull: typeof Bull,
  base: { readonly connection: object; readonly skipVersionCheck?: boolean },
  bound: { readonly where: string; readonly connectMs: number; close(): Promise<void> },
  backend?: unknown,
): OpenStore {
  // The types of each part name its backend, which is chosen here.
  const { Queue, Worker, QueueEvents } = (
    backend === undefined ? bull : bull.withBackend(backend as Parameters<typeof bull.withBackend>[0])
  ) as typeof bull;
  const options = base as Bull.QueueOptions;
  /** What the client has said last. */
  let said: unknown;
  // Nobody else listens, and an error that nobody hears of ends the process. What matters fails where it is asked for.
  const quiet = <Made extends { on(event: "error", listener: (error: Error) => void): unknown }>(
    part: Made,
  ): Made => {
    part.on("error", (error) => (said = error));
    return part;
  };
  const unreachable = (cause: unknown): Error => {
    const why = cause instanceof Error && cause.message !== "" ? `: ${cause.message}` : "";
    const message = `The queue at ${bound.where} does not answer${why}.`;
    return queueError("ERR_QUEUE_UNREACHABLE", message, { cause });
  };
  const within = <Answer>(answer: Promise<Answer>): Promise<Answer> =>
    inTime(answer, bound.connectMs, () => {
      throw unreachable(said);
    });
  const ready = async (part: Part): Promise<void> => {
    try {
      await part.waitUntilReady();
    } catch (error) {
      throw unreachable(error);
    }
  };
  return {
    bull,
    queue: (name) => quiet(new Queue(name, options)),
    async beside(open, name) {
      if (backend !== undefined) return quiet(new Queue(name, options));
      const { client } = open.getBackend() as unknown as Bull.RedisQueueBackend;
      return quiet(new Queue(name, { ...options, connection: await client }));
    },
    worker: (name, process, more) => quiet(new Worker(name, process, { ...options, ...more })),
    events: (name) => quiet(new QueueEvents(name, options)),
    reached: async (...parts) => void (await within(Promise.all(parts.map(ready)))),
    within,
    async close(...parts) {
      const closing = Promise.all(parts.map((part) => part?.close()));
      await inTime(closing, bound.connectMs, () => parts.forEach(letGo));
      await bound.close();
    },
    async abandon(...parts) {
      parts.forEach(letGo);
      await bound.close();
    },
  };
}

/** Ends connections on which nothing is answered, whether they have ever been open or not. */
function letGo(part: Part | null): void {
  void part
    ?.getBackend()
    .close(true)
    .catch(() => {});
  void part?.close().catch(() => {});
  void part?.disconnect().catch(() => {});
}

/** As it is named in messages: without a password. */
function placeOf(redis: string | Readonly<Record<string, unknown>>): string {
  if (typeof redis !== "string")
    return String(
      redis["path"] ?? `${String(redis["host"] ?? "127.0.0.1")}:${String(redis["port"] ?? 6379)}`,
    );
  if (!URL.canParse(redis)) return redis;
  const { protocol, host, pathname } = new URL(redis);
  return `${protocol}//${host}${pathname}`;
}
