/**
 * Mistakes in options are refused before anything is opened or added, with what was probably meant; and a server that is not there within the time that was given.
 */
import { once, type EventEmitter } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ActiveJobs } from "../../src/queue/active-jobs.ts";
import { createQueueWorker, enqueue, openQueue } from "../../src/queue/index.ts";
import { openStore, type Job } from "../../src/queue/store.ts";

/** Nobody listens at a port that no system gives to who asks for any. */
const nobody = "127.0.0.1:1";
const store = { redis: `redis://${nobody}` };
const registry = {};

describe("options of a queue", () => {
  const refusals: readonly (readonly [name: string, refused: () => Promise<unknown>, said: string])[] = [
    ["openQueue", () => openQueue({ store, contrct: "" } as never), "Did you mean `contract`?"],
    ["its name", () => openQueue({ store, name: "a:b" }), "name: expected 1 to 64 letters"],
    ["its store", () => openQueue({ store: { reddis: "x" } } as never), "Did you mean `redis`?"],
    ["nothing as its store", () => openQueue({} as never), "store: expected"],
    ["a port as its store", () => openQueue({ store: { redis: 6379 } } as never), "store: expected {"],
    ["its contract", () => openQueue({ store, contract: "a:b" }), "contract: expected"],
    ["its patience", () => openQueue({ store, connectMs: 0 }), "connectMs: expected a whole number from 1"],
    [
      "createQueueWorker",
      () => createQueueWorker({ store, registry, drainMS: 5 } as never),
      "createQueueWorker: there is no option `drainMS`. Did you mean `drainMs`?",
    ],
    ["no registry", () => createQueueWorker({ store } as never), "registry: expected"],
    ["no script at once", () => createQueueWorker({ store, registry, concurrency: 0 }), "concurrency:"],
    ["a word", () => createQueueWorker({ store, registry, concurrency: "all" } as never), "concurrency:"],
    ["a lock", () => createQueueWorker({ store, registry, lockMs: 1 }), "lockMs:"],
    [
      "what the worker says itself",
      () => createQueueWorker({ store, registry, sandbox: { workers: 2 } as never }),
      "sandbox: `workers` is no option here, because it is `concurrency` of the worker.",
    ],
  ];
  it.each(refusals)("are refused: %s", async (_name, refused, said) => {
    await expect(refused()).rejects.toMatchObject({
      code: "ERR_QUEUE_OPTION",
      message: expect.stringContaining(said) as string,
    });
  });

  it("are refused for a job, which is not added", async () => {
    const folder = mkdtempSync(join(tmpdir(), "options-"));
    await using queue = await openQueue({ store: { folder } });
    const jobs: readonly (readonly [options: object, said: string])[] = [
      [{ priorty: 1 }, "enqueue: there is no option `priorty`. Did you mean `priority`?"],
      [{ priority: 0 }, "priority: expected a whole number from 1"],
      [{ delayMs: -1 }, "delayMs:"],
      [{ attempts: 0 }, "attempts:"],
      [{ tenant: 7 }, "tenant: expected a text"],
      [{ limits: { wallMs: -5 } }, "wallMs"],
      [{ limits: { walMs: 5 } }, "wallMs"],
    ];
    for (const [options, said] of jobs) {
      const refused = enqueue("export default 1", null, { ...options, id: "job", queue });
      await expect(refused).rejects.toMatchObject({
        code: "ERR_QUEUE_OPTION",
        message: expect.stringContaining(said) as string,
      });
    }
    await expect(queue.enqueue(7 as never)).rejects.toMatchObject({ code: "ERR_QUEUE_OPTION" });
    expect(await queue.state("job")).toBeNull();
  });
});

describe("a server that is not there", () => {
  it("is said in time, and without a password", async () => {
    const store = { redis: `redis://someone:secret@${nobody}` };
    for (const opened of [
      openQueue({ store, connectMs: 50 }),
      createQueueWorker({ store, registry, connectMs: 50, concurrency: 1 }),
    ]) {
      const error = await refusalOf(opened);
      expect(error).toMatchObject({ code: "ERR_QUEUE_UNREACHABLE" });
      expect(error.message).toContain(nobody);
      expect(error.message).not.toContain("secret");
    }
  });

  it("is said with the reason that was heard last", async () => {
    const open = await openStore(store, 50);
    const queue = open.queue("scripts");
    await once(queue as unknown as EventEmitter, "error").catch(() => {});
    const error = await refusalOf(open.reached(queue));
    expect(error).toMatchObject({ code: "ERR_QUEUE_UNREACHABLE" });
    expect(error.message).toContain("ECONNREFUSED");
    await open.abandon(queue);
  });
});

async function refusalOf(asked: Promise<unknown>): Promise<Error> {
  return asked.then(
    () => Promise.reject(new Error("It was not refused.")),
    (refused: Error) => refused,
  );
}

describe("the jobs of a worker that ends", () => {
  it("are given back, also those that the engine had fetched already", () => {
    const active = new ActiveJobs();
    const early = active.enter({ id: "early" } as Job, undefined);
    expect(early.signal.aborted).toBe(false);
    active.giveBack();
    const late = active.enter({ id: "late" } as Job, undefined);
    for (const { signal } of [early, late])
      expect(signal.reason).toMatchObject({ how: "given back", message: "the worker ends" });
  });
});
