/**
 * Texts that a database refuses, U+0000 and halves of surrogate pairs, wherever a caller or a script can put one: jobs with them are as good as any other.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { callContext } from "../../src/runtime/index.ts";
import {
  createQueueWorker,
  openQueue,
  type JobContext,
  type JobEvent,
  type QueueWorker,
  type ScriptQueue,
} from "../../src/queue/index.ts";
import { queueOf } from "../../src/queue/names.ts";
import { openStore } from "../../src/queue/store.ts";
import { registryOf } from "./registry.ts";
import { describeStores } from "./stores.ts";

const odd = "\0 \ud800 \u{1f600}";
const registry = registryOf("sha256-texts", {
  tenant: {
    mode: "async",
    call: async () => {
      const { job } = callContext<JobContext>().context;
      job.progress(odd);
      return job.tenant;
    },
  },
  sign: { mode: "async", policy: { approval: true }, call: async () => "signed" },
  hold: {
    mode: "async",
    call: () => new Promise<void>((go) => callContext().signal.addEventListener("abort", () => go())),
  },
});

describeStores("texts of a queue", (storeOf) => {
  let worker: QueueWorker;
  let queue: ScriptQueue;
  beforeAll(async () => {
    worker = await createQueueWorker({ store: storeOf(), registry, concurrency: 2, lockMs: 30_000 });
    queue = await openQueue({ store: storeOf(), contract: registry });
  });
  afterAll(async () => {
    await worker.close();
    await queue.close();
  });

  it("come through in a script, its name, its tenant, its console and its progress", async () => {
    const heard: JobEvent[] = [];
    const stop = queue.watch((event) => heard.push(event));
    const source = `console.log("${odd}"); export default ["${odd}", await SecureExec.bindings.tenant()]`;
    const id = await queue.enqueue(source, odd, { tenant: odd, filename: `${odd}.js` });
    expect(await queue.outcome(id)).toMatchObject({ exports: { default: [odd, odd] } });
    const told = (): unknown[] =>
      heard.flatMap(({ id: of, data }) => (of === id && data !== undefined ? [data] : []));
    while (told().length < 2) await new Promise((done) => setTimeout(done, 10));
    stop();
    // The console is text for people, and whole when it leaves the isolate.
    expect(told()).toEqual([{ level: "log", text: odd.toWellFormed() }, odd]);
  });

  it("come through in an error, an answer and a cancellation", async () => {
    const failing = await queue.enqueue(`throw new Error("${odd}")`, null, { filename: `${odd}.js` });
    expect(await queue.outcome(failing)).toMatchObject({ status: "error", error: { message: odd } });
    const asking = await queue.enqueue(
      "export default await SecureExec.bindings.sign().catch((error) => error.message)",
    );
    while ((await queue.state(asking))?.state !== "suspended")
      await new Promise((done) => setTimeout(done, 10));
    await queue.answer(asking, { approved: false, reason: odd });
    expect(await queue.outcome(asking)).toMatchObject({
      exports: { default: expect.stringContaining(odd) as string },
    });
    const held = await queue.enqueue("await SecureExec.bindings.hold()");
    await queue.cancel(held, odd);
    expect(await queue.outcome(held)).toEqual({ status: "cancelled", reason: odd });
  });

  it("are readable in the reason of a job that is parked", async () => {
    const id = await queue.enqueue("export default 1", null, { kind: odd });
    await expect(queue.outcome(id)).rejects.toMatchObject({ code: "ERR_QUEUE_PARKED" });
    const other = await queue.enqueue("export default 1", null, { profile: odd, attempts: 1 });
    await expect(queue.outcome(other)).rejects.toMatchObject({
      code: "ERR_QUEUE_PARKED",
      message: expect.stringContaining("This worker has no profile") as string,
    });
  });

  it("park a job when they are none in its row, and whoever watches its worker hears so", async () => {
    const told: string[] = [];
    const name = "rows";
    const reading = await createQueueWorker({
      store: storeOf(),
      name,
      registry,
      telemetry: true,
      onJob: ({ id, event }) => told.push(`${id} ${event}`),
    });
    const asking = await openQueue({ store: storeOf(), name, contract: registry });
    const store = await openStore(storeOf());
    const rows = store.queue(queueOf(name, "sha256-texts"));
    const row = { version: 1, digest: "sha256-texts", source: "export default 1" };
    const parts = { filename: 5, tenant: null, source: 5, input: "base64:", cancelled: 5 };
    for (const [part, value] of Object.entries(parts)) {
      await rows.add("script", { ...row, [part]: value }, { jobId: part, attempts: 1 });
      await expect(asking.outcome(part)).rejects.toMatchObject({
        code: "ERR_QUEUE_PARKED",
        message: expect.stringContaining(
          "that the store of the queue has for this job cannot be read",
        ) as string,
      });
    }
    while (told.length < 10) await new Promise((done) => setTimeout(done, 10));
    expect(told).toEqual(Object.keys(parts).flatMap((part) => [`${part} started`, `${part} parked`]));
    expect(reading.busy).toBe(0);
    await reading.close();
    await asking.close();
    await store.close(rows);
  });
});
