import { afterEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../../src/runtime/index.ts";

const registryModule = new URL("./workers/placed-registry.ts", import.meta.url);

const open: Sandbox[] = [];
async function create(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox({ placement: "worker", registryModule, workers: 1, ...options });
  open.push(sandbox);
  return sandbox;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.dispose()));
});

async function value(sandbox: Sandbox, source: string): Promise<unknown> {
  const result = await sandbox.run(`const { bindings } = SecureExec;\n${source}`);
  if (result.status !== "ok") throw new Error(`${result.status}: ${result.error.message}`);
  return result.exports["default"];
}

describe('placement: "worker"', () => {
  it("calls host functions in the worker, synchronous and asynchronous ones", async () => {
    const sandbox = await create();
    expect(await value(sandbox, "export default bindings.add(1, 2)")).toBe(3);
    expect(await value(sandbox, "export default bindings.where()")).not.toBe(process.pid);
    const values = await value(
      sandbox,
      `const order = [];
       await Promise.all([1, 2, 3].map(async (n) => order.push(await bindings.reversed(new Map([[n, n]])))));
       export default order;`,
    );
    // One after another, the first would wait for ever.
    expect(values).toEqual([3, 2, 1].map((n) => new Map([[n, n]])));
  });

  it("gives them a bare environment and the context of their call", async () => {
    const sandbox = await create();
    expect(await value(sandbox, "export default bindings.environment()")).not.toContain("PATH");
    expect(await value(sandbox, "export default bindings.collector()")).toBe("undefined");
    expect(await value(sandbox, "export default bindings.path()")).toBe("path");
  });

  it("keeps errors, limits and console as they are elsewhere", async () => {
    const lines: string[] = [];
    const sandbox = await create({ limits: { calls: 3 }, onConsole: ({ text }) => lines.push(text) });
    expect(
      await value(
        sandbox,
        "try { bindings.fail() } catch (e) { console.log(e.message); export_ = [e.name, e.code] } var export_; export default export_",
      ),
    ).toEqual(["RangeError", "E_NO"]);
    expect(lines).toEqual(["no"]);
    const result = await sandbox.run("for (let i = 0; i < 5; i++) SecureExec.bindings.add(1, 2)");
    expect(result).toMatchObject({ status: "error", error: { code: "ERR_BINDING_LIMIT" } });
    expect(result.stats.calls).toBe(4);
  });

  it("starts each run in a fresh isolate; the host functions keep their state", async () => {
    const sandbox = await create();
    expect(await value(sandbox, "globalThis.left = 1; export default bindings.count()")).toBe(1);
    expect(await value(sandbox, "export default [typeof left, bindings.count()]")).toEqual(["undefined", 2]);
  });

  it("ends a run that takes too long, waiting or computing, and goes on with the next", async () => {
    const sandbox = await create({ limits: { wallMs: 4_000 } });
    expect((await sandbox.run("await SecureExec.bindings.never()")).status).toBe("timeout");
    expect((await sandbox.run("for (;;);")).status).toBe("timeout");
    expect((await sandbox.run("SecureExec.bindings.block()")).status).toBe("timeout");
    expect(await value(sandbox, "export default bindings.add(1, 2)")).toBe(3);
  });

  it("asks no run for the memory that earlier ones left behind, and replaces a worker that holds too much of it", async () => {
    const sandbox = await create({ limits: { memoryMb: 32 } });
    const workers = new Set<unknown>();
    // Each is allowed 80 MB; together they hold three times that.
    for (let run = 0; run < 4; run++) {
      workers.add(await value(sandbox, "bindings.hold(60); export default bindings.where()"));
    }
    expect(workers.size).toBe(2);
    const result = await sandbox.run("SecureExec.bindings.hold(60); SecureExec.bindings.hold(60); for (;;);");
    expect(result.status).toBe("memory");
  });

  it("waits for no process that a host function has started, when its worker dies and at the end", async () => {
    const sandbox = await create();
    const started = (await value(sandbox, "export default bindings.start()")) as number;
    try {
      expect((await sandbox.run("SecureExec.bindings.exit(); for (;;);")).status).toBe("crashed");
      await sandbox.dispose();
      expect(() => process.kill(started, 0)).not.toThrow();
    } finally {
      process.kill(started, "SIGKILL");
    }
  });

  it("costs a host function that ends the process its own run only", async () => {
    const sandbox = await create();
    expect((await sandbox.run("SecureExec.bindings.exit(); for (;;);")).status).toBe("crashed");
    expect(await value(sandbox, "export default bindings.add(1, 2)")).toBe(3);
  });

  it("refuses a module whose bindings are not those of the sandbox", async () => {
    await expect(create({ registry: { other: () => 1 } })).rejects.toThrow("does not have the bindings");
  });
});
