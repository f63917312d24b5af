/** As many workers as there is room for, and none when there is nothing to do. */
import { describe, expect, it } from "vitest";
import { autoWorkers, machine, workerMb } from "../../../src/runtime/auto-workers.ts";
import { createSandbox, type Sandbox } from "../../../src/runtime/index.ts";

describe("workers: auto", () => {
  it("is one per processor, as far as there is room", () => {
    expect(autoWorkers(128, { processors: 4, memoryMb: 16_384 })).toBe(4);
    expect(autoWorkers(128, { processors: 64, memoryMb: 2_048 })).toBe(4);
    expect(autoWorkers(128, { processors: 64, memoryMb: 100 })).toBe(1);
    expect(autoWorkers(64)).toBeLessThanOrEqual(machine().processors);
    expect(machine().memoryMb).toBeGreaterThan(64);
  });

  it("has no process after a time without work, and starts one when there is", async () => {
    await using sandbox = await createSandbox({ workers: "auto", minIdle: 0, idleMs: 20 });
    expect((await sandbox.run("export default 1")).status).toBe("ok");
    while (sandbox.stats().idle > 0) await new Promise((done) => setTimeout(done, 5));
    expect(sandbox.stats()).toMatchObject({ busy: 0, idle: 0 });
    expect((await sandbox.run("export default 1")).status).toBe("ok");
  });

  it("starts no more workers than `poolMb` has room for", async () => {
    const gates: (() => void)[] = [];
    const registry = { hold: () => new Promise<void>((go) => gates.push(go)) };
    const memoryMb = 64;
    const poolMb = 2 * workerMb(memoryMb) + 10;
    await using sandbox = await createSandbox({
      registry,
      workers: 8,
      poolMb,
      minIdle: 0,
      limits: { memoryMb },
    });
    const runs = [1, 2, 3, 4].map(() => sandbox.run("await SecureExec.bindings.hold()"));
    while (gates.length < 2) await new Promise((done) => setTimeout(done, 5));
    expect(sandbox.stats()).toMatchObject({ busy: 2, waiting: 2 });
    while (gates.length < 4) {
      for (const go of gates) go();
      await new Promise((done) => setTimeout(done, 5));
    }
    for (const go of gates) go();
    for (const run of runs) expect((await run).status).toBe("ok");
  });

  it("shares that room with runs inside of runs, but for the first worker of each level", async () => {
    const memoryMb = 64;
    let most = 0;
    const look = (): void => {
      const { busy, idle } = sandbox.stats();
      most = Math.max(most, busy + idle);
    };
    const inner = async (): Promise<string> => (await sandbox.run("SecureExec.bindings.look()")).status;
    const poolMb = 2 * workerMb(memoryMb) + 10;
    const limits = { memoryMb };
    const registry = { look, inner };
    await using sandbox: Sandbox = await createSandbox({ registry, workers: 8, poolMb, minIdle: 0, limits });
    const source = "export default await Promise.all([1, 2, 3].map(() => SecureExec.bindings.inner()))";
    for (const run of [1, 2, 3].map(() => sandbox.run(source)))
      expect(await run).toMatchObject({ status: "ok", exports: { default: ["ok", "ok", "ok"] } });
    expect(most).toBe(3);
    // What the inner runs have left idle makes room for outer ones.
    const again = [1, 2, 3, 4].map(() => sandbox.run("SecureExec.bindings.look()"));
    for (const run of again) expect((await run).status).toBe("ok");
    expect(most).toBe(3);
  });

  it.each([
    [{ workers: "all" }, "workers"],
    [{ poolMb: 10 }, "poolMb"],
    [{ poolMb: 4_000, isolation: "none" }, "poolMb"],
    [{ idleMs: -1 }, "idleMs"],
  ])("refuses %j", async (options, name) => {
    await expect(createSandbox(options as never)).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
      message: expect.stringContaining(name) as string,
    });
  });
});

describe("minIdle", () => {
  it("0 starts no worker until the first run", async () => {
    await using sandbox = await createSandbox({ minIdle: 0 });
    expect(sandbox.stats()).toMatchObject({ busy: 0, idle: 0 });
    expect((await sandbox.run("export default 1")).status).toBe("ok");
  });

  it("0 says at the first run what keeps a worker from starting", async () => {
    const execPath = "/no/such/node";
    await using sandbox = await createSandbox({ minIdle: 0, execPath });
    const result = await sandbox.run("export default 1");
    expect(result).toMatchObject({ status: "crashed", error: { code: "ERR_SANDBOX_CRASHED" } });
  });

  it.each([1, 2])("%i is how many there are before the first run", async (minIdle) => {
    await using sandbox = await createSandbox({ minIdle, workers: 4 });
    while (sandbox.stats().idle < minIdle) await new Promise((done) => setTimeout(done, 5));
    expect(sandbox.stats()).toMatchObject({ busy: 0, idle: minIdle });
  });
});
