/**
 * Two workers that have one job: one of them goes on, and the other stops before its next call.
 */
import { describe, expect, it } from "vitest";
import { createSandbox } from "../../src/runtime/index.ts";
import { JobJournal } from "../../src/queue/job-journal.ts";
import type { JobQueue } from "../../src/queue/store.ts";
import { registryOf } from "./registry.ts";

/** The log of one job, as the engine keeps it. */
function logOf(rows: string[]): { queue: JobQueue; add: (row: string) => Promise<number> } {
  const getJobLogs = (_id: string, from: number, to: number): Promise<{ logs: string[]; count: number }> =>
    Promise.resolve({ logs: rows.slice(from, to === -1 ? undefined : to + 1), count: rows.length });
  return {
    queue: { getJobLogs } as unknown as JobQueue,
    add: async (row) => {
      await new Promise((done) => setImmediate(done));
      return rows.push(row);
    },
  };
}

describe("the journal of a job", () => {
  it("is gone on with by one of two, and by the other no more", async () => {
    const rows: string[] = [];
    const made: string[] = [];
    const gates: (() => void)[] = [];
    const registry = registryOf("sha256-journal", {
      hold: {
        mode: "async",
        policy: { idempotent: true },
        call: async (n) => {
          made.push(`hold ${String(n)}`);
          await new Promise<void>((go) => gates.push(go));
        },
      },
      once: { mode: "async", call: async () => void made.push("once") },
    });
    await using sandbox = await createSandbox({ registry, isolation: "none" });
    const source = `const { hold, once } = SecureExec.bindings; await hold(1); await once(); export default "done"`;
    const { queue, add } = logOf(rows);

    // The first is held up in its call, for so long that the engine gives the job to a second.
    const first = sandbox.run(source, { journal: new JobJournal(queue, "1", true, add) });
    await until(() => gates.length === 1);
    await until(() => rows.length === 1);
    const second = sandbox.run(source, { journal: new JobJournal(queue, "1", false, add) });
    await until(() => gates.length === 2);
    gates[1]!();
    expect(await second).toMatchObject({ status: "ok" });
    gates[0]!();
    expect(await first).toMatchObject({
      status: "error",
      error: { code: "ERR_JOURNAL_FAILED", cause: { code: "ERR_QUEUE_LOST" } },
    });
    expect(made).toEqual(["hold 1", "hold 1", "once"]);
    // What the first has written does not count.
    const third = await sandbox.run(source, { journal: new JobJournal(queue, "1", false, add) });
    expect(third).toMatchObject({ status: "ok", exports: { default: "done" } });
    expect(made.filter((call) => call === "once")).toHaveLength(1);
  });

  it("counts a row once that a client has sent twice, as one does that was cut off", async () => {
    const rows: string[] = [];
    const made: number[] = [];
    const { queue } = logOf(rows);
    const registry = registryOf("sha256-journal", {
      once: { mode: "async", call: async (n) => void made.push(n as number) },
    });
    await using sandbox = await createSandbox({ registry, isolation: "none" });
    const source = `const { once } = SecureExec.bindings; await once(1); await once(2); export default "done"`;
    const twice = async (row: string): Promise<number> => (rows.push(row), rows.push(row));
    const result = await sandbox.run(source, { journal: new JobJournal(queue, "1", true, twice) });
    expect(result).toMatchObject({ status: "ok" });
    const again = await sandbox.run(source, { journal: new JobJournal(queue, "1", false, twice) });
    expect(again).toMatchObject({ status: "ok" });
    expect(made).toEqual([1, 2]);
  });

  it("writes nothing for a script that calls nothing, and one row for what comes while another is on its way", async () => {
    const rows: string[] = [];
    const { queue, add } = logOf(rows);
    const registry = registryOf("sha256-journal", {
      echo: { mode: "async", policy: { idempotent: true }, call: async (n) => n },
    });
    await using sandbox = await createSandbox({ registry, isolation: "none" });
    await sandbox.run(`console.log(1); export default 2`, { journal: new JobJournal(queue, "1", true, add) });
    expect(rows).toEqual([]);
    const source = `const { echo } = SecureExec.bindings; export default await Promise.all([1, 2, 3, 4, 5].map(echo))`;
    await sandbox.run(source, { journal: new JobJournal(queue, "1", true, add) });
    expect(rows.length).toBeLessThan(5);
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setImmediate(done));
}
