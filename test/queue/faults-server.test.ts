/**
 * What becomes of jobs when the server is restarted, stands still, or is full: counted from the host's side, by the host functions themselves. Each fault
 * comes while a call is held, so that jobs are at work. `ISOBIND_FAULTS` is any number: the server stands still for half a minute instead of three seconds.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createQueueWorker, openQueue, type ScriptQueue } from "../../src/queue/index.ts";
import { describeWith } from "../needs.ts";
import { digest, endOf, Fleet, kill, script } from "./fleet.ts";
import { startRedis, type RedisServer } from "./redis.ts";

/** Longer than a lock lasts: two seconds here, which a machine that is busy with much else seldom loses, and half a minute as a queue comes. */
const pause =
  process.env["ISOBIND_FAULTS"] === undefined ? { ms: 3_000, lockMs: 2_000 } : { ms: 31_000, lockMs: 30_000 };

const held = `const { first, holdPure, second, last } = SecureExec.bindings;
  await first(); await holdPure(); await second(); last(); export default "done"`;

/** Each call of it may be repeated. */
const heldPure = `const { pure, holdPure } = SecureExec.bindings;
  await pure(1); await holdPure(); await pure(2); export default "done"`;

describeWith("redis", "the server of a queue", (path) => {
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

  /** How often each call was made that may be made once. */
  const timesOf = (fleet: Fleet, id: string): number[] =>
    ["first", "second", "last"].map((name) => fleet.madeBy(id).filter((call) => call === name).length);

  it("is restarted while jobs wait, are delayed and are at work: each is done once", async () => {
    await using fleet = new Fleet(redis);
    await fleet.start({ concurrency: 1, lockMs: 30_000 });
    const atWork = await queue.enqueue(held);
    await fleet.until(atWork, "holdPure");
    const waiting = await queue.enqueue(script);
    const delayed = await queue.enqueue(script, null, { delayMs: 200 });
    await redis.restart();
    fleet.goOn();
    for (const id of [atWork, waiting, delayed]) {
      expect(await endOf(queue, id)).toMatchObject({ status: "ok" });
      expect(timesOf(fleet, id)).toEqual([1, 1, 1]);
    }
    // Nobody else had to come: the worker and the queue that were there go on.
    expect(fleet.madeBy(atWork)).toEqual(["first", "holdPure", "second", "last"]);
  });

  it(
    "stands still for longer than a lock lasts: no job is lost, and no call made twice",
    { timeout: 300_000 },
    async () => {
      await using fleet = new Fleet(redis);
      const { ms, ...locks } = pause;
      // A machine that is busy with much else loses locks, too: how often is not what is asked here.
      const settings = { ...locks, maxLost: 100 };
      await fleet.start(settings);
      await fleet.start(settings);
      const pure = await Promise.all([1, 2, 3].map(() => queue.enqueue(heldPure)));
      const once = await Promise.all([1, 2, 3].map(() => queue.enqueue(held)));
      // As many as are at work at once: all of the first kind, and one of the second.
      for (const id of [...pure, once[0]!]) await fleet.until(id, "holdPure");
      redis.pause();
      // Half of what is at work hears that it may go on while nothing can be written down.
      await new Promise((done) => setTimeout(done, ms / 2));
      fleet.goOn();
      await new Promise((done) => setTimeout(done, ms / 2));
      redis.goOn();
      const done = { exports: { default: "done" } };
      for (const id of pure) expect(await endOf(queue, id, 200_000)).toMatchObject(done);
      for (const id of once) {
        const end = await endOf(queue, id, 200_000);
        // Whoever takes it from a worker that has lost its lock in the middle of a call asks about that call.
        if (typeof end === "string") {
          expect(end).toMatch("ERR_JOURNAL_IN_DOUBT");
          for (const times of timesOf(fleet, id)) expect(times).toBeLessThan(2);
        } else {
          expect(end).toMatchObject(done);
          expect(timesOf(fleet, id)).toEqual([1, 1, 1]);
        }
      }
    },
  );

  it("is full: new jobs are refused, and those it took are done when it has room again", async () => {
    const full = await startRedis(path, ["--maxmemory", "8mb", "--maxmemory-policy", "noeviction"]);
    const small = await openQueue({ store: { redis: full.url }, contract: digest });
    await using fleet = new Fleet(full);
    await fleet.start({ concurrency: 1 });
    const atWork = await small.enqueue(held, null, { backoffMs: 100 });
    await fleet.until(atWork, "holdPure");
    const ids: string[] = [];
    const fill = async (): Promise<never> => {
      for (;;) ids.push(await small.enqueue(script, new Uint8Array(200_000)));
    };
    await expect(fill()).rejects.toThrow(/maxmemory/);
    expect(ids.length).toBeGreaterThan(0);
    await full.say("CONFIG", "SET", "maxmemory", "1mb");
    // What has been taken is there, and the script at work cannot write down what it does, and so does nothing.
    for (const id of ids) expect(await small.state(id)).toEqual({ state: "waiting" });
    fleet.goOn();
    await new Promise((done) => setTimeout(done, 1_500));
    expect(fleet.madeBy(atWork)).not.toContain("second");
    await full.say("CONFIG", "SET", "maxmemory", "0");
    for (const id of [atWork, ...ids]) {
      expect(await endOf(small, id)).toMatchObject({ status: "ok" });
      expect(timesOf(fleet, id)).toEqual([1, 1, 1]);
    }
    await small.close();
    await full.stop();
  });

  it("is away when it is asked: what asks is told so in time, and a worker that was there goes on", async () => {
    const store = { redis: redis.url };
    // Long enough for a busy machine while the server is there.
    const connectMs = 6_000;
    const impatient = await openQueue({ store, contract: digest, connectMs });
    await using fleet = new Fleet(redis);
    const worker = await fleet.start();
    const ending = await createQueueWorker({ store, registry: {}, connectMs, drainMs: 100 });
    redis.pause();
    const away = { code: "ERR_QUEUE_UNREACHABLE" };
    await Promise.all([
      expect(impatient.enqueue(script, null, { id: "while-away" })).rejects.toMatchObject(away),
      expect(impatient.state("while-away")).rejects.toMatchObject(away),
      expect(openQueue({ store, connectMs })).rejects.toMatchObject(away),
    ]);
    // Closing does not wait for a server that does not answer.
    await Promise.all([impatient.close(), ending.close()]);
    redis.goOn();
    // Whether it was added is not known; adding it again adds it once.
    await queue.enqueue(script, null, { id: "while-away" });
    expect(await endOf(queue, "while-away")).toMatchObject({ status: "ok" });
    expect(timesOf(fleet, "while-away")).toEqual([1, 1, 1]);
    await kill(worker);
  });
});
