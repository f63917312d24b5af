/**
 * Whoever watches hears of each job that is added afterwards: it is not added before there is a connection on which it is heard of.
 */
import { QueueEvents } from "bullmq";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createQueueWorker, openQueue, type QueueWorker, type ScriptQueue } from "../../src/queue/index.ts";
import { registryOf } from "./registry.ts";
import { describeStores } from "./stores.ts";

const registry = registryOf("sha256-watch", {});

describeStores("a queue that is watched", (storeOf) => {
  let worker: QueueWorker;
  let queue: ScriptQueue;
  beforeAll(async () => {
    worker = await createQueueWorker({ store: storeOf(), registry, concurrency: 1 });
    queue = await openQueue({ store: storeOf(), contract: registry });
  });
  afterAll(async () => {
    await worker.close();
    await queue.close();
  });

  it("adds a job when it can hear of it, and hears all that it tells", async () => {
    const connected = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const ready = vi.spyOn(QueueEvents.prototype, "waitUntilReady").mockImplementation(async function (
      this: QueueEvents,
    ) {
      asked.resolve();
      await connected.promise;
      return await (Object.getPrototypeOf(QueueEvents.prototype) as QueueEvents).waitUntilReady.call(this);
    });
    const texts: unknown[] = [];
    const heard = Promise.withResolvers<void>();
    const stop = queue.watch(({ event, data }) => {
      if (event === "console") texts.push(data);
      if (event === "completed") heard.resolve();
    });
    try {
      const adding = queue.enqueue("console.log(1); console.log(2)", null, { id: "watched" });
      await asked.promise;
      expect(await queue.state("watched")).toBeNull();
      connected.resolve();
      await adding;
      await heard.promise;
      expect(texts).toEqual([1, 2].map((n) => ({ level: "log", text: `${n}` })));
    } finally {
      stop();
      ready.mockRestore();
    }
  });
});
