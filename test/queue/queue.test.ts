/**
 * What a queue promises, against a real Redis and against the Postgres that runs in this process. The host functions count themselves.
 */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { callContext, suspend } from "../../src/runtime/index.ts";
import {
  createQueueWorker,
  enqueue,
  openQueue,
  type JobContext,
  type JobEvent,
  type JobReport,
  type QueueWorker,
  type QueueWorkerOptions,
  type ScriptQueue,
  type Store,
} from "../../src/queue/index.ts";
import { describeWith } from "../needs.ts";
import { childrenOf } from "../processes.ts";
import { startRedis, type RedisServer } from "./redis.ts";
import { registryOf } from "./registry.ts";

let made: string[] = [];
let gates: (() => void)[] = [];
/** How often `ask` was called. */
let asked = 0;
const registry = registryOf("sha256-one", {
  add: { mode: "sync", call: (a, b) => (made.push("add"), (a as number) + (b as number)) },
  echo: { mode: "async", call: async (value) => (made.push("echo"), value) },
  pay: {
    mode: "async",
    policy: { approval: true },
    call: async (to) => (made.push(`pay ${String(to)}`), "paid"),
  },
  sign: { mode: "async", call: async (what) => (made.push("sign"), suspend<string>({ what })) },
  hold: {
    mode: "async",
    async call() {
      made.push("hold");
      const { signal } = callContext();
      await new Promise<void>((go) => {
        gates.push(go);
        signal.addEventListener("abort", () => go());
      });
      return "held";
    },
  },
  ask: {
    mode: "async",
    policy: { idempotent: true },
    async call() {
      made.push("ask");
      asked++;
      await new Promise<void>((go) => gates.push(go));
    },
  },
  report: {
    mode: "async",
    async call(value) {
      const { job } = callContext<JobContext>().context;
      job.progress({ value, tenant: job.tenant });
      await Promise.resolve();
    },
  },
});

const whenClosed = { code: "ERR_QUEUE_OPTION", message: "The queue has been closed." };
const closedMeanwhile = "The queue has been closed, before its store had answered.";

function promises(storeOf: () => Store): void {
  let queue: ScriptQueue;
  const workers: QueueWorker[] = [];
  const start = async (more: Partial<QueueWorkerOptions> = {}): Promise<QueueWorker> => {
    const worker = await createQueueWorker({
      store: storeOf(),
      registry,
      concurrency: 2,
      lockMs: 30_000,
      ...more,
    });
    workers.push(worker);
    return worker;
  };
  beforeAll(async () => {
    queue = await openQueue({ store: storeOf(), contract: registry });
  });
  afterEach(async () => {
    for (const worker of workers.splice(0)) await worker.close();
    made = [];
    gates = [];
    asked = 0;
  });
  afterAll(() => queue.close());

  it("runs a script with its input, in values that JSON does not have", async () => {
    await start();
    const input = {
      big: 2n ** 70n,
      at: new Date(5),
      bytes: new Uint8Array([1, 2]),
      text: "\u0000\ud800",
      none: undefined,
    };
    const id = await enqueue("export default await SecureExec.bindings.echo(input)", input, { queue });
    const outcome = await queue.outcome(id);
    expect(outcome).toMatchObject({ status: "ok", exports: { default: input } });
    expect(await queue.state(id)).toMatchObject({ state: "done", outcome: { status: "ok" } });
    expect(await queue.state("nobody")).toBeNull();
  });

  it("takes a script's own error as a result, and does not try it again", async () => {
    await start();
    const id = await queue.enqueue("SecureExec.bindings.add(1, 2); throw new RangeError('mine')");
    expect(await queue.outcome(id)).toMatchObject({
      status: "error",
      error: { name: "RangeError", message: "mine" },
    });
    expect(made).toEqual(["add"]);
    // Nor when it takes for itself a code of ours, with which jobs are parked or tried again.
    for (const code of ["ERR_JOURNAL_FAILED", "ERR_JOURNAL_IN_DOUBT", "ERR_JOURNAL_MISMATCH"]) {
      const forged = await queue.enqueue(`throw Object.assign(new Error("mine"), { code: "${code}" })`);
      expect(await queue.outcome(forged)).toMatchObject({
        status: "error",
        error: { message: "mine", code },
      });
    }
  });

  describe.skipIf(process.platform !== "linux")("whose isolate dies", () => {
    /** Ends what a worker that was started after `before` runs scripts in. */
    const killIsolates = (before: readonly number[]): void => {
      for (const pid of childrenOf().filter((child) => !before.includes(child))) {
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // It has ended by itself.
        }
      }
    };
    const script = `
      const { add, ask } = SecureExec.bindings;
      const sum = add(1, 2);
      await ask();
      export default add(sum, 4);
    `;

    it("leaves a job alone until its back-off is over", async () => {
      const before = childrenOf();
      await start({ concurrency: 1 });
      const id = await queue.enqueue(script, null, { backoffMs: 1_000_000 });
      await until(() => asked === 1);
      killIsolates(before);
      await expect.poll(() => queue.state(id)).toEqual({ state: "delayed" });
      expect(made).toEqual(["add", "ask"]);
      await queue.cancel(id);
      expect(await queue.outcome(id)).toMatchObject({ status: "cancelled" });
    });

    it("tries it again as often as it may, makes no call again that was answered, and parks it with what has failed", async () => {
      const before = childrenOf();
      await start({ concurrency: 1 });
      const id = await queue.enqueue(script, null, { attempts: 2, backoffMs: 1 });
      for (const times of [1, 2]) {
        await until(() => asked === times);
        killIsolates(before);
      }
      await expect
        .poll(() => queue.state(id))
        .toMatchObject({
          state: "parked",
          reason: expect.stringContaining("ERR_SANDBOX_CRASHED") as string,
        });
      await queue.retry(id);
      await until(() => asked === 3);
      gates.at(-1)!();
      expect(await queue.outcome(id)).toMatchObject({ status: "ok", exports: { default: 7 } });
      expect(made).toEqual(["add", "ask", "ask", "ask", "add"]);
    });
  });

  it("lays a script aside that waits for a person, and goes on in another worker", async () => {
    const first = await start();
    const id = await queue.enqueue(
      "const { add, pay, sign } = SecureExec.bindings; export default [add(1, 2), await pay('Ada'), await sign('it')]",
    );
    const waits = await suspended(queue, id);
    expect(waits).toEqual([
      { call: 1, path: ["pay"], for: "approval", arguments: ["Ada"], reason: undefined },
    ]);
    await until(() => first.busy === 0);
    await first.close();
    await start();
    await queue.answer(id, { approved: true });
    expect(await suspended(queue, id, 2)).toMatchObject([
      { call: 2, for: "suspend", reason: { what: "it" } },
    ]);
    for (const answer of [{ approved: true }, { reason: "as agreed" }])
      await expect(queue.answer(id, answer)).rejects.toMatchObject({ code: "ERR_QUEUE_OPTION" });
    await queue.answer(id, { value: "signed" });
    expect(await queue.outcome(id)).toMatchObject({ exports: { default: [3, "paid", "signed"] } });
    expect(made).toEqual(["add", "pay Ada", "sign", "sign"]);
  });

  it("takes one answer for each wait, also while the script goes on with another", async () => {
    await start();
    const id = await queue.enqueue(
      "const { pay, hold } = SecureExec.bindings; export default await Promise.all([pay('Ada').then(() => hold()), pay('Bob')])",
    );
    await suspended(queue, id);
    await expect(queue.answer(id, { call: 0, value: true })).rejects.toMatchObject({
      code: "ERR_QUEUE_OPTION",
    });
    await queue.answer(id, { call: 0, approved: true });
    await until(() => gates.length === 1);
    await queue.answer(id, { call: 1, approved: true });
    await expect(queue.answer(id, { call: 1, approved: false })).rejects.toMatchObject({
      code: "ERR_QUEUE_OPTION",
    });
    gates[0]!();
    expect(await queue.outcome(id)).toMatchObject({ exports: { default: ["held", "paid"] } });
    expect(made).toEqual(["pay Ada", "hold", "pay Bob"]);
  });

  it("ends a script that is cancelled, at work or not", async () => {
    await start();
    const id = await queue.enqueue("await SecureExec.bindings.hold()");
    await until(() => gates.length === 1);
    await queue.cancel(id, "not needed");
    expect(await queue.outcome(id)).toEqual({ status: "cancelled", reason: "not needed" });
    const later = await queue.enqueue("SecureExec.bindings.add(1, 2)", null, { delayMs: 1e9 });
    expect(await queue.state(later)).toEqual({ state: "delayed" });
    await queue.cancel(later);
    expect(await queue.outcome(later)).toMatchObject({ status: "cancelled" });
    expect(made).toEqual(["hold"]);
  });

  it("tells console and progress as events of the job", async () => {
    await start();
    const heard: JobEvent[] = [];
    const stop = queue.watch((event) => heard.push(event));
    const id = await queue.enqueue("console.warn('hm'); await SecureExec.bindings.report(5n)", null, {
      tenant: "acme",
    });
    await queue.outcome(id);
    await until(() => heard.filter((event) => event.id === id && event.data !== undefined).length === 2);
    stop();
    const told = heard.filter((event) => event.id === id && event.data !== undefined);
    expect(told).toEqual([
      { id, event: "console", data: { level: "warn", text: "hm" } },
      { id, event: "progress", data: { value: 5n, tenant: "acme" } },
    ]);
  });

  it("adds one id once, and refuses ids that the engine would change", async () => {
    const id = await queue.enqueue("export default 1", null, { id: "invoice-7" });
    await queue.enqueue("export default 2", null, { id: "invoice-7" });
    await start();
    expect(await queue.outcome(id)).toMatchObject({ exports: { default: 1 } });
    for (const wrong of ["7", "a:b", ""]) {
      await expect(queue.enqueue("", null, { id: wrong })).rejects.toMatchObject({
        code: "ERR_QUEUE_OPTION",
      });
    }
  });

  it("leaves a job of another contract to a worker that fits, and says when there is none", async () => {
    await start();
    const other = registryOf("sha256-two", { add: { mode: "sync", call: () => "two" } });
    const ahead = await openQueue({ store: storeOf(), contract: other });
    const id = await ahead.enqueue("export default SecureExec.bindings.add(1, 2)");
    const mine = await queue.enqueue("export default SecureExec.bindings.add(1, 2)");
    expect(await queue.outcome(mine)).toMatchObject({ exports: { default: 3 } });
    expect(await ahead.state(id)).toEqual({ state: "waiting" });
    expect(await queue.unserved()).toEqual([{ digest: "sha256-two", waiting: 1, delayed: 0 }]);
    await start({ registry: other });
    expect(await ahead.outcome(id)).toMatchObject({ exports: { default: "two" } });
    expect(await queue.unserved()).toEqual([]);
    await ahead.close();
  });

  it("lets a producer of the next contract find, answer and cancel what is left of the last", async () => {
    const worker = await start();
    const id = await queue.enqueue("export default await SecureExec.bindings.pay('bob')", null, {
      id: "pay-bob",
    });
    const other = await queue.enqueue("export default await SecureExec.bindings.pay('eve')");
    for (const job of [id, other]) await until(async () => (await queue.state(job))?.state === "suspended");
    await worker.close();
    const next = await openQueue({ store: storeOf(), contract: "sha256-next" });
    expect(await next.unserved()).toContainEqual({ digest: "sha256-one", waiting: 0, delayed: 2 });
    expect(await next.state(id)).toMatchObject({ state: "suspended", waits: [{ path: ["pay"] }] });
    expect(await next.enqueue("export default 'twice'", null, { id })).toBe(id);
    expect(await next.state("nobody")).toBeNull();
    await expect(next.answer("nobody", { approved: true })).rejects.toMatchObject({
      code: "ERR_QUEUE_OPTION",
      message: "There is no job nobody in the queue scripts, of whatever contract.",
    });
    await next.answer(id, { approved: true });
    await next.cancel(other, "late");
    expect(await next.unserved()).toContainEqual({ digest: "sha256-one", waiting: 2, delayed: 0 });
    await start();
    expect(await next.outcome(id)).toMatchObject({ exports: { default: "paid" } });
    expect(await next.outcome(other)).toEqual({ status: "cancelled", reason: "late" });
    expect([made, await next.unserved()]).toEqual([["pay bob"], []]);
    await next.close();
  });

  it("gives back to the queue what does not end before a worker has to", async () => {
    const first = await start({ drainMs: 50 });
    const id = await queue.enqueue(
      "const { add, hold } = SecureExec.bindings; const sum = add(1, 2); export default [sum, await hold()]",
    );
    await until(() => gates.length === 1);
    await first.close();
    expect(await queue.state(id)).toEqual({ state: "waiting" });
    const doubts: unknown[] = [];
    await start({ onDoubt: (call) => (doubts.push(call.path), { result: "known" }) });
    expect(await queue.outcome(id)).toMatchObject({ exports: { default: [3, "known"] } });
    expect([made, doubts]).toEqual([["add", "hold"], [["hold"]]]);
  });

  it("parks a job in doubt with its reason, and tries it again when it is told to", async () => {
    const first = await start({ drainMs: 50 });
    const id = await queue.enqueue("export default await SecureExec.bindings.hold()");
    await until(() => gates.length === 1);
    await first.close();
    const second = await start();
    await expect(queue.outcome(id)).rejects.toMatchObject({ code: "ERR_QUEUE_PARKED" });
    expect(await queue.state(id)).toMatchObject({
      state: "parked",
      reason: expect.stringContaining("`hold`") as string,
    });
    await second.close();
    await start({ onDoubt: () => ({ result: "looked up" }) });
    await queue.retry(id);
    expect(await queue.outcome(id)).toMatchObject({ exports: { default: "looked up" } });
  });

  it("tries no job again that is not parked, and says so", async () => {
    const id = await queue.enqueue("export default 1", null, { delayMs: 1_000_000 });
    const refused = {
      code: "ERR_QUEUE_OPTION",
      message: expect.stringContaining(`retry: job ${id} is not parked.`) as string,
    };
    await expect(queue.retry(id)).rejects.toMatchObject(refused);
    await start();
    await queue.cancel(id);
    await queue.outcome(id);
    await expect(queue.retry(id)).rejects.toMatchObject(refused);
  });

  it("tells those who wait when it is closed that it has been", async () => {
    const id = await queue.enqueue("export default 1;");
    const other = registryOf("sha256-two", { add: { mode: "sync", call: () => "two" } });
    for (const contract of [registry, other]) {
      const closing = await openQueue({ store: storeOf(), contract });
      const waiting = expect(closing.outcome(id)).rejects.toMatchObject(whenClosed);
      // Known when it has been asked for the job once.
      if (contract === registry) await closing.state(id);
      await closing.close();
      await waiting;
    }
  });

  it("tells whoever has asked for something when it is closed", async () => {
    const id = await queue.enqueue("export default 1;");
    const other = await openQueue({ store: storeOf(), contract: registry });
    const asked = [
      other.enqueue("export default 1"),
      other.state(id),
      other.answer(id, { approved: true }),
      other.cancel("none-of-these"),
      other.retry(id),
      other.unserved(),
    ].map((answer) => expect(answer).rejects.toMatchObject({ ...whenClosed, message: closedMeanwhile }));
    await other.close();
    await Promise.all(asked);
  });

  it("says at once that it has been closed", async () => {
    const other = await openQueue({ store: storeOf(), contract: registry });
    const id = await other.enqueue("export default 1");
    await other.close();
    for (const asked of [
      () => other.enqueue("export default 1"),
      () => other.state(id),
      () => other.outcome(id),
      () => other.answer(id, { approved: true }),
      () => other.cancel(id),
      () => other.retry(id),
      () => other.unserved(),
    ])
      await expect(asked()).rejects.toMatchObject(whenClosed);
    expect(() => other.watch(() => {})).toThrow(expect.objectContaining(whenClosed) as Error);
    await queue.cancel(id);
    await start();
    await queue.outcome(id);
  });

  it("tells whoever runs a worker what becomes of each job", async () => {
    const told: JobReport[] = [];
    const of = (id: string): readonly string[] =>
      told.filter((report) => report.id === id).map(({ event }) => event);
    const onJob = (report: JobReport): never => {
      told.push(report);
      throw new Error("whoever listens changes nothing");
    };
    const first = await start({ drainMs: 50, onJob });
    const about = { filename: "month.js", tenant: "Ada" };
    const ended = await queue.enqueue("throw new RangeError('mine')", null, about);
    const asked = await queue.enqueue("export default await SecureExec.bindings.pay('Ada')");
    const failed = await queue.enqueue("", null, { profile: "none", attempts: 2, backoffMs: 1 });
    await until(() => [ended, asked].every((id) => of(id).length === 2) && of(failed).length === 4);
    expect([of(ended), of(asked), of(failed)]).toEqual([
      ["started", "ended"],
      ["started", "suspended"],
      ["started", "failed", "started", "parked"],
    ]);
    expect(told.filter(({ id }) => id === ended)).toEqual([
      { id: ended, ...about, event: "started" },
      {
        id: ended,
        ...about,
        event: "ended",
        wallMs: expect.any(Number) as number,
        outcome: expect.objectContaining({ status: "error" }) as object,
      },
    ]);
    expect(told.find(({ event }) => event === "suspended")).toMatchObject({
      waits: [{ call: 0, path: ["pay"], for: "approval" }],
    });
    expect(told.find(({ event }) => event === "parked")).toMatchObject({
      reason: "This worker has no profile `none`.",
    });
    const held = await queue.enqueue("await SecureExec.bindings.hold()");
    await until(() => gates.length === 1);
    await first.close();
    await start({ onJob });
    await until(() => of(held).length === 4);
    expect(of(held)).toEqual(["started", "given back", "started", "parked"]);
    for (const id of [asked, held]) await queue.cancel(id);
    for (const id of [asked, held]) await queue.outcome(id);
  });

  it("ends a job that is parked when it is cancelled, and makes no call of it", async () => {
    const first = await start({ drainMs: 50 });
    const id = await queue.enqueue("export default await SecureExec.bindings.hold()");
    await until(() => gates.length === 1);
    await first.close();
    await start();
    await expect(queue.outcome(id)).rejects.toMatchObject({ code: "ERR_QUEUE_PARKED" });
    // Two who cancel at once, and one who cancels what has ended, do no harm.
    await Promise.all([queue.cancel(id, "not needed"), queue.cancel(id, "not needed")]);
    expect(await queue.outcome(id)).toEqual({ status: "cancelled", reason: "not needed" });
    await queue.cancel(id, "too late");
    expect(await queue.state(id)).toMatchObject({ outcome: { reason: "not needed" } });
    expect(made).toEqual(["hold"]);
  });
}

describeWith("redis", "a queue on Redis", (path) => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis(path);
  });
  afterAll(() => redis.stop());
  promises(() => ({ redis: redis.url }));
});

describe("a queue in a folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "queue-"));
  // One connection for all: who adds jobs and who does them are in one process.
  promises(() => ({ folder }));
});

/** Waits until a job is suspended, with this many calls answered or begun. */
async function suspended(queue: ScriptQueue, id: string, call = 0): Promise<unknown> {
  for (;;) {
    const job = await queue.state(id);
    if (job?.state === "suspended" && job.waits.every((wait) => wait.call >= call)) return job.waits;
    if (job?.state === "done" || job?.state === "parked") throw new Error(JSON.stringify(job));
    await new Promise((done) => setTimeout(done, 10));
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((done) => setTimeout(done, 5));
}
