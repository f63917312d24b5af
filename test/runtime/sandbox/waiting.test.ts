/**
 * More runs than workers: who waits, for how long, who is refused, what its owner sees, and how a sandbox ends that has runs.
 */
import { describe, expect, it } from "vitest";
import { runsByDefault } from "../../../src/runtime/process/options.ts";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../../src/runtime/index.ts";

/** A sandbox whose scripts stay in `hold` until they are let go. */
async function holding(
  options: Omit<SandboxOptions, "workers"> & { workers?: number | "auto" | undefined } = {},
): Promise<{ sandbox: Sandbox; held: () => number; letGo: () => void }> {
  const waiting: (() => void)[] = [];
  const hold = () => new Promise<number>((resolve) => waiting.push(() => resolve(7)));
  const sandbox = await createSandbox({ workers: 1, registry: { hold }, ...options } as SandboxOptions);
  return {
    sandbox,
    held: () => waiting.length,
    letGo: () => waiting.splice(0).forEach((resolve) => resolve()),
  };
}
const script = "export default await SecureExec.bindings.hold()";

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

const busy = (words: string): object =>
  expect.objectContaining({
    name: "SandboxError",
    code: "ERR_SANDBOX_BUSY",
    message: expect.stringContaining(words) as string,
  }) as object;

describe.each(["process", "none"] as const)("the waiting line, isolation: %j", (isolation) => {
  const isProcess = isolation === "process";

  it("has as many places as `queueMax` says, and refuses one more", async () => {
    const { sandbox, held, letGo } = await holding({ isolation, queueMax: 2 });
    const leaver = new AbortController();
    const left = [1, 2].map(() => sandbox.run(script));
    const leaving = sandbox.run(script, { signal: leaver.signal });
    await until(() => held() === 1);
    expect(sandbox.stats()).toEqual({ busy: 1, idle: 0, waiting: 2, runs: 1 });
    await expect(sandbox.run(script)).rejects.toEqual(busy("1 run is at work and 2 wait"));
    leaver.abort();
    expect((await leaving).status).toBe("aborted");
    // Who gives up makes room, and is not told that the line is full when it is.
    const done = Promise.all([...left, sandbox.run(script)]);
    expect((await sandbox.run(script, { signal: leaver.signal })).status).toBe("aborted");
    for (let run = 0; run < 3; run++) {
      await until(() => held() === 1);
      letGo();
    }
    expect((await done).map(({ status }) => status)).toEqual(["ok", "ok", "ok"]);
    expect(sandbox.stats()).toMatchObject({ busy: 0, waiting: 0, runs: 3 });
    await sandbox.dispose();
  });

  it("is no line for runs there are workers for, started or not", async () => {
    const { sandbox, held, letGo } = await holding({ isolation, workers: 3, minIdle: 0, queueMax: 0 });
    const runs = [1, 2, 3].map(() => sandbox.run(script));
    await expect(sandbox.run(script)).rejects.toEqual(busy("3 runs are at work and 0 wait"));
    await until(() => held() === 3);
    letGo();
    for (const { status } of await Promise.all(runs)) expect(status).toBe("ok");
    await sandbox.dispose();
  });

  it("lets nobody wait longer than `queueMs`", async () => {
    const { sandbox, held, letGo } = await holding({ isolation, queueMs: 30 });
    const first = sandbox.run(script);
    await until(() => held() === 1);
    await expect(sandbox.run(script)).rejects.toEqual(
      busy(`No ${isProcess ? "worker" : "place"} was free for 30 ms (\`queueMs\`)`),
    );
    letGo();
    expect((await first).status).toBe("ok");
    await sandbox.dispose();
  });

  it("is another time than the script's: `queuedMs` tells it, `wallMs` does not count it, as a limit and as a figure", async () => {
    const { sandbox, held, letGo } = await holding({ isolation, limits: { wallMs: 60_000 } });
    const first = sandbox.run(script);
    await until(() => held() === 1);
    // Its limit is shorter than its wait, and longer than a machine stands still.
    const second = sandbox.run("export default 1", { limits: { wallMs: 4_000 } });
    await new Promise((resolve) => setTimeout(resolve, 4_200));
    letGo();
    const [one, two] = await Promise.all([first, second]);
    expect([one.status, two.status]).toEqual(["ok", "ok"]);
    expect(one.stats.wallMs).toBeGreaterThan(4_190);
    expect(two.stats.queuedMs).toBeGreaterThan(4_190);
    expect(two.stats.wallMs).toBeLessThan(two.stats.queuedMs);
    expect(two.stats.wallMs).toBeGreaterThan(0);
    await sandbox.dispose();
  });

  it("is told of by a run that was aborted in it: it waited, and took no time", async () => {
    const { sandbox, held, letGo } = await holding({ isolation });
    const first = sandbox.run(script);
    await until(() => held() === 1);
    const leaver = new AbortController();
    const second = sandbox.run(script, { signal: leaver.signal });
    setTimeout(() => leaver.abort(), 20);
    const { status, stats } = await second;
    expect([status, stats.wallMs]).toEqual(["aborted", 0]);
    expect(stats.queuedMs).toBeGreaterThan(10);
    letGo();
    await first;
    await sandbox.dispose();
  });

  it.each([
    [{ queueMax: -1 }, "queueMax: expected a whole number of at least 0."],
    [{ queueMax: 1.5 }, "queueMax"],
    [{ queueMs: Number.POSITIVE_INFINITY }, "queueMs: expected a whole number from 0 to 3600000."],
    [{ queueMs: "10" as unknown as number }, "queueMs"],
  ])("has no %o", async (options, message) => {
    await expect(createSandbox({ isolation, ...options })).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
      message: expect.stringContaining(message) as string,
    });
  });
});

describe("a sandbox in this process", () => {
  it("has no line unless it is asked for", async () => {
    const { sandbox, held, letGo } = await holding({ isolation: "none", workers: undefined });
    const runs = Array.from({ length: 20 }, () => sandbox.run(script));
    await until(() => held() === 20);
    expect(sandbox.stats()).toMatchObject({ busy: 20, waiting: 0, runs: 20 });
    letGo();
    for (const { status } of await Promise.all(runs)) expect(status).toBe("ok");
    await sandbox.dispose();
  });

  it.each([{ queueMax: 5_000 }, { queueMs: 50_000 }])(
    "has as many places as processors with %o",
    async (line) => {
      const { sandbox, held, letGo } = await holding({ isolation: "none", workers: undefined, ...line });
      const places = runsByDefault.workers;
      const runs = Array.from({ length: places + 3 }, () => sandbox.run(script));
      await until(() => held() === places);
      expect(sandbox.stats()).toMatchObject({ busy: places, waiting: 3, runs: places });
      letGo();
      await until(() => held() === Math.min(3, places));
      const disposal = sandbox.dispose();
      const statuses = (await Promise.all(runs)).map(({ status }) => status);
      expect(statuses).toEqual([...Array<string>(places).fill("ok"), "aborted", "aborted", "aborted"]);
      await disposal;
    },
  );
});

const modes: readonly SandboxOptions[] = [{ isolation: "process" }, { isolation: "none" }];

describe.each(modes)("a sandbox that is closed, $isolation", (mode) => {
  it("finishes what it has, running and waiting, and takes nothing new", async () => {
    const { sandbox, held, letGo } = await holding(mode);
    const runs = [1, 2].map(() => sandbox.run(script));
    await until(() => held() > 0);
    let closed = false;
    const closing = sandbox.close().then(() => (closed = true));
    expect(sandbox.alive).toBe(false);
    await expect(sandbox.run("export default 1")).rejects.toMatchObject({
      code: "ERR_SANDBOX_DISPOSED",
      message: "The sandbox has been closed.",
    });
    expect(closed).toBe(false);
    const done = Promise.all(runs);
    while (sandbox.stats().busy + sandbox.stats().waiting > 0) {
      letGo();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect((await done).map(({ status }) => status)).toEqual(["ok", "ok"]);
    await closing;
    expect(sandbox.stats()).toMatchObject({ busy: 0, idle: 0, waiting: 0, runs: 2 });
    await sandbox.close();
    await sandbox.dispose();
  });

  it("lets the functions of its runs start the runs they need", async () => {
    let sandbox: Sandbox | undefined;
    let closing: Promise<void> | undefined;
    const inner = async (): Promise<string> => {
      closing = sandbox?.close();
      return (await sandbox?.run("export default 1"))?.status ?? "";
    };
    sandbox = await createSandbox({ workers: 1, registry: { inner }, ...mode });
    const result = await sandbox.run("export default await SecureExec.bindings.inner()");
    expect(result).toMatchObject({ status: "ok", exports: { default: "ok" } });
    await closing;
  });

  it("ends at once when it is disposed all the same", async () => {
    const { sandbox, held } = await holding(mode);
    const running = sandbox.run(script);
    await until(() => held() === 1);
    const closing = sandbox.close();
    await sandbox.dispose();
    expect((await running).status).toBe("aborted");
    await closing;
  });

  it("closes when nothing runs, and after its disposal", async () => {
    const { sandbox } = await holding(mode);
    await sandbox.close();
    await sandbox.close();
    const { sandbox: other } = await holding(mode);
    await other.dispose();
    await other.close();
  });

  it("counts what it does", async () => {
    const { sandbox, held, letGo } = await holding(mode);
    expect(sandbox.stats()).toMatchObject({ busy: 0, waiting: 0, runs: 0 });
    const running = sandbox.run(script);
    await until(() => held() === 1);
    expect(sandbox.stats()).toMatchObject({ busy: 1, waiting: 0, runs: 1 });
    letGo();
    await running;
    expect(sandbox.stats()).toMatchObject({ busy: 0, waiting: 0, runs: 1 });
    await sandbox.dispose();
  });
});
