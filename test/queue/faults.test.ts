/**
 * What happens when workers die, the server is restarted or stands still, and jobs are delivered twice: counted from the host's side, by the host
 * functions themselves. `ISOBIND_FAULTS=10000` makes the last test as long as that.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { openQueue, type ScriptQueue } from "../../src/queue/index.ts";
import { describeWith } from "../needs.ts";
import { startRedis, type Redis } from "./redis.ts";

const program = new URL("./worker-program.ts", import.meta.url).pathname;
const digest = "sha256-faults";

describeWith("redis", "faults of a queue", (path) => {
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  const children: ChildProcess[] = [];
  let redis: Redis;
  let queue: ScriptQueue;
  let counts: string;
  let tests = 0;

  beforeAll(async () => {
    redis = await startRedis(path);
    queue = await openQueue({ store: { redis: redis.url }, contract: digest });
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map(ended));
  });
  afterAll(async () => {
    await queue.close();
    await redis.stop();
  });

  /** Starts a worker that counts in the file of this test. */
  async function worker(dieAt = ""): Promise<ChildProcess> {
    const child = spawn(
      process.execPath,
      ["--no-warnings", program, JSON.stringify({ redis: redis.url }), counts, dieAt],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    children.push(child);
    await Promise.race([once(child.stdout!, "data"), once(child, "exit")]);
    return child;
  }

  function fresh(): void {
    counts = join(folder, `${++tests}.counts`);
  }

  const lines = (): string[] => (existsSync(counts) ? readFileSync(counts, "utf8").trim().split("\n") : []);
  /** How often each call of a job was made. */
  const made = (id: string): string[] =>
    lines().flatMap((line) => (line.startsWith(`${id} `) ? [line.slice(id.length + 1)] : []));

  const script = `const { first, second, pure, last } = SecureExec.bindings;
    await first(); const same = await pure(7n); await second(); last(); export default same`;

  it("goes on after a worker that was killed in the middle of a call that may be repeated", async () => {
    fresh();
    await worker("pure");
    const id = await queue.enqueue(script);
    await until(() => made(id).includes("pure"));
    await worker();
    expect(await queue.outcome(id)).toMatchObject({ exports: { default: 7n } });
    expect(made(id)).toEqual(["first", "pure", "pure", "second", "last"]);
  });

  it("parks a job whose worker was killed in the middle of a call that may not, and makes none twice", async () => {
    fresh();
    await worker("second");
    const id = await queue.enqueue(script);
    await until(() => made(id).includes("second"));
    await worker();
    await expect(queue.outcome(id)).rejects.toThrow("`second`");
    expect(made(id)).toEqual(["first", "pure", "second"]);
  });

  it("gives a job that kills each worker to so many and no more, and says why it is parked", async () => {
    fresh();
    const id = await queue.enqueue(`for (;;) await SecureExec.bindings.pure(1)`);
    for (let n = 0; n < 3; n++) {
      const child = await worker("pure");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
    await worker();
    await expect(queue.outcome(id)).rejects.toMatchObject({ code: "ERR_QUEUE_PARKED" });
    expect(await queue.state(id)).toMatchObject({
      state: "parked",
      reason: expect.stringContaining("stalled") as string,
    });
    expect(made(id)).toHaveLength(3);
  });

  it("loses nothing when the server is restarted, or stands still", async () => {
    fresh();
    const waiting = await queue.enqueue(script, null, { delayMs: 300 });
    await redis.restart();
    await worker();
    expect(await queue.outcome(waiting)).toMatchObject({ status: "ok" });
    const ids = await Promise.all(Array.from({ length: 5 }, () => queue.enqueue(script)));
    redis.pause();
    await new Promise((done) => setTimeout(done, 1_500));
    redis.goOn();
    for (const id of ids) {
      const outcome = await queue.outcome(id).catch((error: Error) => error.message);
      // A call that was under way when its worker lost the job may be in doubt; none is made twice.
      if (typeof outcome === "string") expect(outcome).toMatch("ERR_JOURNAL_IN_DOUBT");
      for (const name of ["first", "second", "last"])
        expect(made(id).filter((call) => call === name).length).toBeLessThan(2);
    }
  });

  it("refuses what a full server cannot keep, and has what it took before", async () => {
    const full = await startRedis(path, ["--maxmemory", "6mb", "--maxmemory-policy", "noeviction"]);
    const small = await openQueue({ store: { redis: full.url }, contract: digest });
    const ids: string[] = [];
    const fill = async (): Promise<never> => {
      for (;;) ids.push(await small.enqueue(script, new Uint8Array(200_000)));
    };
    await expect(fill()).rejects.toThrow(/maxmemory/);
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) expect(await small.state(id)).toEqual({ state: "waiting" });
    await small.close();
    await full.stop();
  });

  it("ends each job once, and makes no call twice that may not be, while workers die at random", async () => {
    fresh();
    const many = Number(process.env["ISOBIND_FAULTS"] ?? 30);
    const ids = await Promise.all(
      Array.from({ length: many }, (_, n) => queue.enqueue(script, null, { id: `many-${n}` })),
    );
    let over = false;
    const keepUp = async (): Promise<void> => {
      while (!over) {
        const child = await worker("random");
        if (child.exitCode === null && child.signalCode === null)
          await Promise.race([once(child, "exit"), untilOver()]);
      }
    };
    let tellOver = (): void => {};
    const isOver = new Promise<void>((resolve) => (tellOver = resolve));
    const untilOver = (): Promise<void> => isOver;
    const two = [keepUp(), keepUp()];
    const outcomes = { ok: 0, parked: 0 };
    for (const id of ids) {
      const outcome = await queue.outcome(id, { timeoutMs: 600_000 }).catch((error: Error) => error.message);
      if (typeof outcome === "string") {
        expect(outcome).toMatch(/ERR_JOURNAL_IN_DOUBT|stalled/);
        outcomes.parked++;
      } else {
        expect(outcome).toMatchObject({ status: "ok", exports: { default: 7n } });
        expect(made(id).filter((call) => call !== "pure")).toEqual(["first", "second", "last"]);
        outcomes.ok++;
      }
      for (const name of ["first", "second", "last"])
        expect(made(id).filter((call) => call === name).length).toBeLessThan(2);
    }
    over = true;
    tellOver();
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(two);
    expect(outcomes.ok + outcomes.parked).toBe(many);
  });
});

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setTimeout(done, 10));
}
