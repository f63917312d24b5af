/**
 * What follows when a job was lost with its worker. The engine's count is set here as it would count; that workers are killed, and what it counts then, is in
 * `faults-workers`.
 */
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aloneRow, forgivenRow, lossesOf } from "../../src/queue/losses.ts";
import { createQueueWorker, openQueue } from "../../src/queue/index.ts";
import { suspend } from "../../src/runtime/index.ts";
import { describeWith } from "../needs.ts";
import { startRedis, type RedisServer } from "./redis.ts";

describe("a job that was lost", () => {
  const verdict = (lost: number, rows: readonly string[], maxLost = 3): string =>
    lossesOf(lost, ["isobind:AAAA", ...rows], maxLost).verdict;

  it("runs beside others at first, and alone when it was lost almost as often as it may be", () => {
    expect([0, 1, 2, 3].map((lost) => verdict(lost, []))).toEqual([
      "runs",
      "runs",
      "runs alone",
      "runs alone",
    ]);
  });

  it("is given up when it was lost alone, and not when it was lost while it waited to run alone", () => {
    expect(verdict(2, [aloneRow(2)])).toBe("runs alone");
    expect(verdict(3, [aloneRow(2)])).toBe("is given up");
    expect(verdict(4, [])).toBe("runs alone");
    expect(verdict(4, [aloneRow(4)])).toBe("runs alone");
  });

  it("begins anew when it is tried again, or has come to rest", () => {
    expect(lossesOf(4, [aloneRow(2), forgivenRow(3)], 3)).toEqual({ times: 1, verdict: "runs" });
    expect(verdict(5, [aloneRow(2), forgivenRow(3)])).toBe("runs alone");
    expect(verdict(6, [aloneRow(2), forgivenRow(3), aloneRow(5)])).toBe("is given up");
  });

  it("has no second time when it may not be lost at all, and one beside nobody when it may be lost once", () => {
    expect([0, 1].map((lost) => verdict(lost, [], 1))).toEqual(["runs", "is given up"]);
    expect([0, 1].map((lost) => verdict(lost, [], 2))).toEqual(["runs", "runs alone"]);
  });
});

describeWith("redis", "a job that was lost, and waits for a person then", (path) => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis(path);
  });
  afterAll(() => redis.stop());

  it("has come to rest: what was lost before counts no more", async () => {
    const store = { redis: redis.url };
    const registry = { sign: () => suspend("a signature") };
    const queue = await openQueue({ store });
    const id = await queue.enqueue("export default await SecureExec.bindings.sign()");
    const client = new Redis(redis.port);
    const lost = (times: number): Promise<number> => client.hset(`bull:scripts.none:${id}`, "stc", times);
    await lost(2);
    await using worker = await createQueueWorker({ store, registry, concurrency: 1 });
    while ((await queue.state(id))?.state !== "suspended" || worker.busy > 0)
      await new Promise((done) => setTimeout(done, 10));
    await lost(3);
    await queue.answer(id, { value: "signed" });
    expect(await queue.outcome(id)).toMatchObject({ exports: { default: "signed" } });
    client.disconnect();
    await worker.close();
    await queue.close();
  });
});
