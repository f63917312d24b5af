/**
 * What becomes of jobs whose workers die, stand still or go: counted from the host's side, by the host functions themselves. A worker is a process with its
 * host functions; its isolates are processes of their own.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openQueue, type ScriptQueue } from "../../src/queue/index.ts";
import { describeWith } from "../needs.ts";
import { childrenOf, isAlive } from "../processes.ts";
import { digest, endOf, Fleet, kill, over, script } from "./fleet.ts";
import { startRedis, type RedisServer } from "./redis.ts";

const once = ["first", "pure", "second", "last"];

/** Longer than a busy machine leaves a process alone; for workers whose locks nobody waits for. */
const lockMs = 30_000;

describeWith("redis", "a worker of a queue", (path) => {
  let redis: RedisServer;
  let queue: ScriptQueue;

  beforeAll(async () => {
    redis = await startRedis(path);
    queue = await openQueue({ store: { redis: redis.url }, contract: digest });
  });
  afterAll(async () => {
    await queue.close();
    await redis.stop();
  });

  it("that is killed in the middle of a call leaves no isolate behind, and is followed by one that makes it again when it may be repeated", async () => {
    await using fleet = new Fleet(redis);
    const worker = await fleet.start();
    const id = await queue.enqueue(`const { first, holdPure, pure, second, last } = SecureExec.bindings;
      await first(); await holdPure(); const same = await pure(7n); await second(); last(); export default same`);
    await fleet.until(id, "holdPure");
    const isolates = childrenOf(worker.pid!);
    expect(isolates.length).toBeGreaterThan(0);
    await kill(worker);
    for (const pid of isolates) while (isAlive(pid)) await new Promise((done) => setTimeout(done, 10));
    fleet.goOn();
    await fleet.start();
    expect(await endOf(queue, id)).toMatchObject({ status: "ok", exports: { default: 7n } });
    expect(fleet.madeBy(id)).toEqual(["first", "holdPure", "holdPure", "pure", "second", "last"]);
  });

  it("that is killed in the middle of a call that may not be repeated leaves its job parked, and the call is not made twice", async () => {
    await using fleet = new Fleet(redis);
    await fleet.start({ dieAt: "second" });
    const id = await queue.enqueue(script);
    await fleet.until(id, "second");
    await fleet.start();
    expect(await endOf(queue, id)).toMatch(/ERR_JOURNAL_IN_DOUBT.*`second`/);
    expect(fleet.madeBy(id)).toEqual(["first", "pure", "second"]);
  });

  for (const [title, dieAt] of [
    ["between two calls", "says between"],
    ["after the last call", "says after"],
    ["when its script has ended, and nobody knows yet", "told"],
  ] as const) {
    it(`that is killed ${title} is followed by one that makes each call once`, async () => {
      await using fleet = new Fleet(redis);
      const first = await fleet.start({ dieAt });
      const id = await queue.enqueue(script);
      await over(first);
      await fleet.start();
      const end = await endOf(queue, id);
      // The last answer may not have been safe yet: then the job is parked, and the call not made again.
      if (typeof end === "string") expect(end).toMatch("ERR_JOURNAL_IN_DOUBT");
      else {
        expect(end).toMatchObject({ exports: { default: 7n } });
        expect(fleet.madeBy(id).filter((call) => call !== "pure")).toEqual(["first", "second", "last"]);
      }
      for (const name of ["first", "second", "last"])
        expect(fleet.madeBy(id).filter((call) => call === name).length).toBeLessThan(2);
    });
  }

  it("whose isolate is killed tries again by itself, wherever the script was", async () => {
    for (const dieAt of ["first", "pure", "second", "says between", "says after"]) {
      await using fleet = new Fleet(redis);
      // It is not its lock that it loses.
      await fleet.start({ dieAt, kill: "isolate", lockMs });
      const id = await queue.enqueue(script, null, { backoffMs: 50 });
      expect(await endOf(queue, id), dieAt).toMatchObject({ exports: { default: 7n } });
      expect(fleet.madeBy(id), dieAt).toEqual(once);
    }
  });

  it("is no more offered a job that has killed each worker that took it, and the reason is kept", async () => {
    await using fleet = new Fleet(redis);
    const id = await queue.enqueue(`for (;;) await SecureExec.bindings.pure(1)`);
    for (let n = 0; n < 3; n++) await over(await fleet.start({ dieAt: "pure" }));
    const last = await fleet.start();
    const reason = expect.stringMatching(/its worker was lost 3 times.*while it ran alone/i) as string;
    expect(await endOf(queue, id)).toEqual(reason);
    expect(await queue.state(id)).toMatchObject({ state: "parked", reason });
    expect(fleet.madeBy(id)).toEqual(["pure", "pure", "pure"]);
    // Who tries it again means it: what was counted before counts no more.
    await kill(last);
    await queue.retry(id);
    for (let n = 0; n < 2; n++) await over(await fleet.start({ dieAt: "pure" }));
    await queue.cancel(id);
    await fleet.start();
    expect(await endOf(queue, id)).toMatchObject({ status: "cancelled" });
  });

  it("that a job kills is no reason to park the jobs that were at work beside it", async () => {
    await using fleet = new Fleet(redis);
    const source = `const { holdPure, pure } = SecureExec.bindings;
      await holdPure(); for (let n = 0; n < 200; n++) await pure(n); export default "done"`;
    const beside = await Promise.all([1, 2, 3].map(() => queue.enqueue(source)));
    const poison = await queue.enqueue("await SecureExec.bindings.poison()");
    for (let times = 1; times <= 2; times++) {
      fleet.letDie(false);
      const worker = await fleet.start({ concurrency: 4 });
      for (const id of beside) await fleet.until(id, "holdPure", times);
      await fleet.until(poison, "poison", times);
      fleet.letDie(true);
      await over(worker);
    }
    fleet.goOn();
    await fleet.start({ concurrency: 4 });
    await fleet.start({ concurrency: 4 });
    for (const id of beside) expect(await endOf(queue, id)).toMatchObject({ exports: { default: "done" } });
    expect(await endOf(queue, poison)).toMatch(/lost 3 times/);
    expect(fleet.madeBy(poison)).toEqual(["poison", "poison", "poison"]);
  });

  it("whose event loop is blocked loses its job, and makes no call of it afterwards", async () => {
    await using fleet = new Fleet(redis);
    const source = `const { block, first } = SecureExec.bindings;
      await block(); await first(); export default "done"`;
    await fleet.start({ concurrency: 1 });
    const id = await queue.enqueue(source);
    await fleet.until(id, "block");
    await fleet.start();
    expect(await endOf(queue, id)).toMatchObject({ exports: { default: "done" } });
    expect(fleet.madeBy(id)).toEqual(["block", "block", "first"]);
    // The first one goes on with other jobs.
    const next = await Promise.all([1, 2, 3].map(() => queue.enqueue(script)));
    for (const one of next) expect(await endOf(queue, one)).toMatchObject({ status: "ok" });
    expect(fleet.madeBy(id)).toEqual(["block", "block", "first"]);
    expect(await queue.state(id)).toMatchObject({ state: "done", outcome: { status: "ok" } });
  });

  it("that stands still for a while has its job at the same time as another, and one of them goes on", async () => {
    await using fleet = new Fleet(redis);
    const source = `const { holdPure, first, last } = SecureExec.bindings;
      await holdPure(); await first(); last(); export default "done"`;
    const first = await fleet.start({ concurrency: 1 });
    const id = await queue.enqueue(source);
    await fleet.until(id, "holdPure");
    first.kill("SIGSTOP");
    const second = await fleet.start({ concurrency: 1 });
    await fleet.until(id, "holdPure", 2);
    // Both have the job, and both hear that they may go on.
    fleet.goOn();
    first.kill("SIGCONT");
    expect(await endOf(queue, id)).toMatchObject({ exports: { default: "done" } });
    await Promise.all([kill(first), kill(second)]);
    expect(fleet.madeBy(id)).toEqual(["holdPure", "holdPure", "first", "last"]);
  });

  it("of a new contract leaves jobs of the old one to those who know it, from where they are", async () => {
    await using fleet = new Fleet(redis);
    const old = await fleet.start({ lockMs });
    const source =
      "await SecureExec.bindings.first(); await SecureExec.bindings.holdPure(); export default 1";
    const atWork = await queue.enqueue(source);
    await fleet.until(atWork, "holdPure");
    old.kill("SIGTERM");
    await over(old);
    const waiting = await queue.enqueue(script);
    await fleet.start({ digest: "sha256-next", lockMs });
    const next = await openQueue({ store: { redis: redis.url }, contract: "sha256-next" });
    expect(await endOf(next, await next.enqueue(script))).toMatchObject({ status: "ok" });
    for (const id of [atWork, waiting]) expect(await queue.state(id)).toEqual({ state: "waiting" });
    expect(await next.unserved()).toEqual([{ digest, waiting: 2, delayed: 0 }]);
    await next.close();
    fleet.goOn();
    await fleet.start({ lockMs });
    for (const id of [atWork, waiting]) expect(await endOf(queue, id)).toMatchObject({ status: "ok" });
    expect(fleet.madeBy(atWork)).toEqual(["first", "holdPure", "holdPure"]);
    expect(fleet.madeBy(waiting)).toEqual(once);
  });
});
