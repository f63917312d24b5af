/**
 * What several tell one job at the same time, each through a queue of its own: of two answers one counts, and nothing that was told is lost.
 */
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { callContext } from "../../src/runtime/index.ts";
import { createQueueWorker, openQueue, type QueueWorker, type ScriptQueue } from "../../src/queue/index.ts";
import { registryOf } from "./registry.ts";
import { describeStores } from "./stores.ts";

let made: string[] = [];
const registry = registryOf("sha256-together", {
  pay: {
    mode: "async",
    policy: { approval: true },
    call: async (to) => (made.push(`pay ${String(to)}`), "paid"),
  },
  hold: {
    mode: "async",
    call: () =>
      new Promise<void>((resolve) => callContext().signal.addEventListener("abort", () => resolve())),
  },
});

describeStores("a job that several tell something", (storeOf) => {
  let worker: QueueWorker;
  const queues: ScriptQueue[] = [];
  beforeAll(async () => {
    worker = await createQueueWorker({ store: storeOf(), registry, concurrency: 2 });
    for (let n = 0; n < 2; n++) queues.push(await openQueue({ store: storeOf(), contract: registry }));
  });
  afterEach(() => {
    made = [];
  });
  afterAll(async () => {
    await worker.close();
    for (const queue of queues.splice(0)) await queue.close();
  });

  it("takes one of two answers that are given at once, and tells the other that it is late", async () => {
    const [one, other] = queues as [ScriptQueue, ScriptQueue];
    const source = `const { pay } = SecureExec.bindings;
      export default await pay("Ada").catch((error) => error.message)`;
    const ids = await Promise.all(Array.from({ length: 8 }, () => one.enqueue(source)));
    for (const id of ids) await suspended(one, id);
    for (const id of ids) {
      const answers = [
        one.answer(id, { approved: true }),
        other.answer(id, { approved: false, reason: "too much" }),
      ];
      const [yes, no] = await Promise.allSettled(answers);
      expect([yes!.status, no!.status].sort()).toEqual(["fulfilled", "rejected"]);
      const late = (yes!.status === "rejected" ? yes : no) as PromiseRejectedResult;
      expect(late.reason).toMatchObject({ code: "ERR_QUEUE_OPTION" });
      const outcome = await one.outcome(id);
      expect(outcome).toMatchObject({
        exports: {
          default: yes!.status === "fulfilled" ? "paid" : (expect.stringContaining("too much") as string),
        },
      });
    }
    // Nobody can answer what has ended.
    await expect(one.answer(ids[0]!, { approved: true })).rejects.toMatchObject({ code: "ERR_QUEUE_OPTION" });
  });

  it("hears of both answers that are given at once to two waits", async () => {
    const [one, other] = queues as [ScriptQueue, ScriptQueue];
    const source = `const { pay } = SecureExec.bindings; export default await Promise.all([pay("Ada"), pay("Bob")])`;
    const ids = await Promise.all(Array.from({ length: 4 }, () => one.enqueue(source)));
    for (const id of ids) await suspended(one, id);
    const answers = ids.flatMap((id) => [
      one.answer(id, { call: 0, approved: true }),
      other.answer(id, { call: 1, approved: true }),
    ]);
    await Promise.all(answers);
    for (const id of ids)
      expect(await one.outcome(id)).toMatchObject({ exports: { default: ["paid", "paid"] } });
    expect(made.sort()).toEqual([...ids.map(() => "pay Ada"), ...ids.map(() => "pay Bob")]);
  });

  it("ends when it is cancelled and answered at once", async () => {
    const [one, other] = queues as [ScriptQueue, ScriptQueue];
    const source = `const { pay, hold } = SecureExec.bindings; await pay("Ada"); await hold()`;
    const ids = await Promise.all(Array.from({ length: 4 }, () => one.enqueue(source)));
    for (const id of ids) await suspended(one, id);
    for (const id of ids)
      await Promise.all([one.answer(id, { approved: true }), other.cancel(id, "not needed")]);
    for (const id of ids)
      expect(await one.outcome(id)).toEqual({ status: "cancelled", reason: "not needed" });
  });
});

async function suspended(queue: ScriptQueue, id: string): Promise<void> {
  while ((await queue.state(id))?.state !== "suspended") await new Promise((done) => setTimeout(done, 10));
}
