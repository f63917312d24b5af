/**
 * Many jobs while workers die at random: every job ends once, no call that may be made once is made twice, and none is lost. As it comes, 100 jobs, of which one in twelve kills who has it;
 * `ISOBIND_FAULTS=10000 npx vitest run test/queue/faults-random.test.ts` is the long form, in which one in a hundred does.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openQueue, type ScriptQueue } from "../../src/queue/index.ts";
import { describeWith } from "../needs.ts";
import { digest, endOf, Fleet, kill, over, script } from "./fleet.ts";
import { startRedis, type RedisServer } from "./redis.ts";

const wanted = process.env["ISOBIND_FAULTS"];
const many = Number(wanted ?? 100);
/** Of each of the four calls of a job. */
const chance = wanted === undefined ? 0.02 : 0.0025;
const hoursMs = 4 * 60 * 60 * 1000;

describeWith("redis", "jobs of a queue whose workers die at random", (path) => {
  let redis: RedisServer;
  let queue: ScriptQueue;

  beforeAll(async () => {
    // The server lives on here: what it does for each write would be most of the time.
    redis = await startRedis(path, ["--appendfsync", "everysec"]);
    queue = await openQueue({ store: { redis: redis.url }, contract: digest });
  });
  afterAll(async () => {
    await queue.close();
    await redis.stop();
  });

  it(
    `end once each, ${many} of them`,
    async () => {
      await using fleet = new Fleet(redis);
      const ids = Array.from({ length: many }, (_, n) => `many-${n}`);
      for (const id of ids) await queue.enqueue(script, null, { id });
      let isOver = false;
      let deaths = 0;
      // Supervisors and isolates die, in turns, and there are always two that take jobs.
      const keepUp = async (): Promise<void> => {
        for (let turn = 0; !isOver; turn++) {
          const isIsolate = turn % 4 === 3;
          const how = isIsolate ? "isolate" : "worker";
          const child = await fleet.start({ dieAt: "random", kill: how, chance, concurrency: 4 });
          const long = isIsolate ? setTimeout(() => void kill(child), 10_000) : undefined;
          const ended = over(child);
          await Promise.race([ended, done]);
          clearTimeout(long);
          if (!isOver) deaths++;
        }
      };
      let tell = (): void => {};
      const done = new Promise<void>((resolve) => (tell = resolve));
      const two = [keepUp(), keepUp()];
      const ends = { ok: 0, inDoubt: 0, lostTooOften: 0 };
      const made = new Map<string, string>();
      for (const id of ids) {
        const end = await endOf(queue, id, hoursMs);
        if (typeof end === "string") {
          expect(end).toMatch(/ERR_JOURNAL_IN_DOUBT|was lost/);
          ends[end.includes("was lost") ? "lostTooOften" : "inDoubt"]++;
        } else {
          expect(end).toMatchObject({ status: "ok", exports: { default: 7n } });
          ends.ok++;
        }
        made.set(id, typeof end === "string" ? "parked" : "ok");
      }
      isOver = true;
      tell();
      await Promise.all(two);
      const calls = fleet.made();
      for (const [id, how] of made) {
        const once = (calls.get(id) ?? []).filter((call) => call !== "pure");
        expect(once, id).toEqual(["first", "second", "last"].slice(0, how === "ok" ? 3 : once.length));
      }
      expect([...calls.keys()].filter((id) => !made.has(id))).toEqual([]);
      console.log(`${many} jobs, ${deaths} workers killed:`, ends);
    },
    hoursMs,
  );
});
