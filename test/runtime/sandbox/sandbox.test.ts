import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  callContext,
  createSandbox,
  SandboxError,
  type RunResult,
  type Sandbox,
  type SandboxOptions,
} from "../../../src/runtime/index.ts";

const unhandled = vi.fn();
const open: Sandbox[] = [];
beforeEach(() => {
  unhandled.mockClear();
  process.on("unhandledRejection", unhandled);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((sandbox) => sandbox.dispose()));
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

async function sandboxOf(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox({ isolation: "none", ...options });
  open.push(sandbox);
  return sandbox;
}

describe("createSandbox", () => {
  it("needs no options: an empty frozen tree", async () => {
    const sandbox = await sandboxOf();
    const result = await sandbox.run(
      `export default [Object.keys(SecureExec.bindings), Object.isFrozen(SecureExec.bindings), Object.getPrototypeOf(SecureExec.bindings)]`,
    );
    expect(result).toMatchObject({ status: "ok", exports: { default: [[], true, null] } });
  });

  it("refuses a tree that breaks the rules", async () => {
    await expect(createSandbox({ registry: { _hidden: () => 1 } })).rejects.toMatchObject({
      code: "ERR_REGISTRY_INVALID",
      diagnostics: [{ code: "binding-name-reserved" }],
    });
  });

  it("takes a plain tree, whose calls are decided one by one", async () => {
    const sandbox = await sandboxOf({
      registry: { now: () => 1, later: async () => 2, kind: { kind: () => "k" } },
    });
    const result = await sandbox.run(
      `const { now, later, kind } = SecureExec.bindings; const p = later(); export default [now(), p instanceof Promise, await p, kind.kind()]`,
    );
    expect(result).toMatchObject({ status: "ok", exports: { default: [1, true, 2, "k"] } });
  });
});

describe("run", () => {
  it("tells what a run used", async () => {
    const sandbox = await sandboxOf({ registry: { echo: (text: string) => text } });
    const { stats } = await sandbox.run(
      `for (let i = 0; i < 1e6; i++); SecureExec.bindings.echo("x".repeat(1000)); console.log("ä"); try { SecureExec.bindings.echo(() => 1) } catch {}`,
    );
    expect(stats.wallMs).toBeGreaterThan(0);
    expect(stats.cpuMs).toBeGreaterThan(0);
    expect(stats.heapBytes).toBeGreaterThan(10_000);
    expect(stats.calls).toBe(1);
    expect(stats.argumentBytes).toBeGreaterThanOrEqual(1_000);
    expect(stats.argumentBytes).toBeLessThan(1_200);
    expect(stats.resultBytes).toBeGreaterThanOrEqual(1_000);
    expect(stats.consoleBytes).toBe(2);
  });

  it("does not confuse concurrent runs", async () => {
    const waiting: (() => void)[] = [];
    /** Answers when all have come, the last first. */
    const wait = (value: unknown): Promise<unknown> =>
      new Promise((resolve) => {
        waiting.push(() => resolve(value));
        if (waiting.length === 12) for (const answer of waiting.reverse()) answer();
      });
    const printed: string[] = [];
    const sandbox = await sandboxOf({
      registry: { wait },
      onConsole: ({ text, runId }) => printed.push(`${runId}:${text}`),
    });
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        sandbox.run(`console.log(input); export default await SecureExec.bindings.wait(input)`, {
          input: i,
          runId: `r${i}`,
        }),
      ),
    );
    expect(results.map((result) => result.status === "ok" && result.exports["default"])).toEqual([
      ...Array(12).keys(),
    ]);
    expect(printed.sort()).toEqual(Array.from({ length: 12 }, (_, i) => `r${i}:${i}`).sort());
  });

  it("does not block the host's event loop while a script awaits one call after another", async () => {
    let ticks = 0;
    const sandbox = await sandboxOf({
      registry: { isOver: async () => ticks > 3 },
      limits: { calls: 1e9, wallMs: 60_000, cpuMs: 60_000 },
    });
    const timer = setInterval(() => (ticks += 1), 1);
    const result = await sandbox.run(`const { isOver } = SecureExec.bindings; while (!(await isOver()));`);
    clearInterval(timer);
    expect(result.status).toBe("ok");
  });

  it("ends as aborted by its signal: before, during and inside a host function", async () => {
    const controller = new AbortController();
    const caller = new AbortController();
    let seen: AbortSignal | undefined;
    const sandbox = await sandboxOf({
      registry: {
        hang: () => {
          seen = callContext().signal;
          setImmediate(() => caller.abort());
          return new Promise(() => {});
        },
        abort: () => controller.abort(new Error("enough")),
      },
    });
    const early = await sandbox.run("export default 1", { signal: AbortSignal.abort() });
    expect(early).toMatchObject({ status: "aborted", error: { code: "ERR_SANDBOX_ABORTED" } });

    const during = await sandbox.run("await SecureExec.bindings.hang()", { signal: caller.signal });
    expect(during).toMatchObject({ status: "aborted", error: { code: "ERR_SANDBOX_ABORTED" } });
    expect(seen?.aborted).toBe(true);

    const inside = await sandbox.run("SecureExec.bindings.abort(); for (;;);", { signal: controller.signal });
    expect(inside).toMatchObject({
      status: "aborted",
      error: { message: expect.stringContaining("enough") },
    });
    expect(await sandbox.run("export default 2")).toMatchObject({ status: "ok" });
  });

  it("leaves nothing on a signal that outlives it", async () => {
    const { signal } = new AbortController();
    const sandbox = await sandboxOf();
    for (let i = 0; i < 5; i++) await sandbox.run("export default 1", { signal });
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it.each([
    ["none", "end"],
    ["process", "end"],
    ["none", "caller"],
    ["process", "caller"],
    ["none", "wall"],
    ["process", "wall"],
    ["process", "loop"],
  ] as const)("fires the signals of its calls before its end is told (%s, %s)", async (isolation, how) => {
    const controller = new AbortController();
    const reasons: string[] = [];
    let atOnce = 0;
    let hasCalled = false;
    const sandbox = await sandboxOf({
      isolation,
      limits: { wallMs: 60_000, cpuMs: 60_000 },
      registry: {
        hang: () => {
          hasCalled = true;
          const { signal } = callContext();
          const late = Promise.withResolvers<never>();
          signal.addEventListener("abort", () => {
            reasons.push((signal.reason as Error).name);
            setImmediate(() => late.reject(new Error("late")));
          });
          if (how === "caller") setTimeout(() => (controller.abort(), (atOnce = reasons.length)), 50);
          return late.promise;
        },
      },
    });
    const wait = how === "end" ? "" : how === "loop" ? "for (;;);" : "await new Promise(() => {})";
    const run = (wallMs: number): Promise<RunResult> =>
      sandbox.run(`SecureExec.bindings.hang(); ${wait}; export default 1`, {
        signal: controller.signal,
        limits: { wallMs },
      });
    let status = "";
    // Where time ends it, its time is longer until the script has made its call in it.
    for (let wallMs = how === "wall" || how === "loop" ? 300 : 60_000; !hasCalled; wallMs *= 2)
      ({ status } = await run(wallMs));
    // A caller's own signal is heard by its calls before `abort()` has returned.
    expect(how === "caller" ? atOnce : reasons.length).toBe(1);
    expect(status).toBe({ end: "error", caller: "aborted", wall: "timeout", loop: "timeout" }[how]);
    expect(reasons).toEqual([status === "timeout" ? "TimeoutError" : "AbortError"]);
    await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it("lets one run tighten its limits, and only tighten", async () => {
    const sandbox = await sandboxOf({ registry: { one: () => 1 }, limits: { wallMs: 50_000, calls: 100 } });
    const loop = await sandbox.run("for (;;);", { limits: { wallMs: 50 } });
    expect(loop).toMatchObject({
      status: "timeout",
      error: { code: "ERR_SANDBOX_TIMEOUT", message: expect.stringContaining("50 ms") },
    });
    const calls = await sandbox.run("SecureExec.bindings.one(); SecureExec.bindings.one();", {
      limits: { calls: 1 },
    });
    expect(calls).toMatchObject({ status: "error", error: { code: "ERR_BINDING_LIMIT" } });
    const memory = await sandbox.run("const a = []; for (;;) a.push(new Array(1e4).fill({}));", {
      limits: { memoryMb: 8 },
    });
    expect(memory).toMatchObject({ status: "memory", error: { code: "ERR_SANDBOX_MEMORY" } });
    const payload = await sandbox.run(`export default "x".repeat(5000)`, { limits: { payloadBytes: 1_024 } });
    expect(payload).toMatchObject({ status: "error", error: { code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE" } });
    await expect(sandbox.run("1", { limits: { wallMs: 50_001 } })).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
    });
    expect(sandbox.limits).toMatchObject({ wallMs: 50_000, calls: 100 });
  });

  it("ends a loop of host calls at its deadline", async () => {
    const sandbox = await sandboxOf({
      registry: { one: () => 1, later: async () => 1 },
      limits: { wallMs: 200, calls: 1e9 },
    });
    for (const source of [
      "for (;;) one()",
      "for (;;) await later()",
      "for (;;) { try { one() } catch {} }",
    ]) {
      const result = await sandbox.run(`const { one, later } = SecureExec.bindings; ${source}`);
      expect(result).toMatchObject({ status: "timeout", error: { code: "ERR_SANDBOX_TIMEOUT" } });
    }
  });

  it("rejects for a mistake of the host, with a code", async () => {
    const sandbox = await sandboxOf();
    await expect(sandbox.run("1", { input: () => 1 })).rejects.toMatchObject({
      code: "ERR_BINDING_NOT_CLONABLE",
    });
    await expect(sandbox.run(5 as unknown as string)).rejects.toBeInstanceOf(SandboxError);
    await expect(sandbox.run("1", { signal: {} as AbortSignal })).rejects.toBeInstanceOf(SandboxError);
    await expect(sandbox.run("1", { language: "coffee" as "auto" })).rejects.toBeInstanceOf(SandboxError);
  });

  it("takes the language from the file name, or finds it out", async () => {
    const sandbox = await sandboxOf();
    const typed = "const x: number = 1; export default x";
    expect(await sandbox.run(typed)).toMatchObject({ status: "ok" });
    expect(await sandbox.run(typed, { filename: "a.ts" })).toMatchObject({ status: "ok" });
    expect(await sandbox.run(typed, { filename: "a.js" })).toMatchObject({
      status: "error",
      error: { name: "SyntaxError" },
    });
    expect(await sandbox.run(typed, { filename: "a.js", language: "typescript" })).toMatchObject({
      status: "ok",
    });
  });
});

describe("dispose", () => {
  it.each(["none", "process"] as const)(
    "ends runs, refuses new ones, and may come twice (%s)",
    async (isolation) => {
      const begun = Promise.withResolvers<void>();
      const hang = () => (begun.resolve(), new Promise(() => {}));
      const sandbox = await sandboxOf({ isolation, registry: { hang }, limits: { wallMs: 60_000 } });
      expect(sandbox.alive).toBe(true);
      const running = sandbox.run("await SecureExec.bindings.hang()");
      await begun.promise;
      await Promise.all([sandbox.dispose(), sandbox.dispose()]);
      await sandbox.dispose();
      expect(await running).toMatchObject({ status: "aborted", error: { code: "ERR_SANDBOX_ABORTED" } });
      expect(sandbox.alive).toBe(false);
      await expect(sandbox.run("1")).rejects.toMatchObject({ code: "ERR_SANDBOX_DISPOSED" });
    },
  );

  it("comes by itself with `await using`", async () => {
    let outside: Sandbox;
    {
      await using sandbox = await createSandbox({ isolation: "none" });
      outside = sandbox;
      expect((await sandbox.run("export default 1")).status).toBe("ok");
    }
    expect(outside.alive).toBe(false);
  });
});

describe("close", () => {
  it("waits for no run that never began, because what it was given cannot be read", async () => {
    const sandbox = await createSandbox({ isolation: "none" });
    const statuses = new Set<string>();
    // Options are looked at several times; whichever look it is.
    for (let good = 0; good < 6; good++) {
      let looks = 0;
      const modules = {
        get "m.js"(): string {
          if (++looks > good) throw new Error("unreadable");
          return "";
        },
      };
      const run = sandbox.run(`import "m.js"`, { modules });
      statuses.add(await run.then(({ status }) => status, String));
    }
    expect([...statuses]).toContain("Error: unreadable");
    await sandbox.close();
  });
});

describe("hooks", () => {
  it("see calls, console and failures of every run, and disturb none", async () => {
    const onError = vi.fn(() => {
      throw new Error("hook");
    });
    const lines: string[] = [];
    const sandbox = await sandboxOf({
      registry: { secret: (): never => { throw new Error("password hunter2"); }, add: (a: number, b: number) => a + b }, // prettier-ignore
      errors: "mask",
      onError,
      onConsole: async ({ level, text }) => {
        lines.push(`${level} ${text}`);
        throw new Error("hook");
      },
      onCall: (call, next) => (call.name === "add" ? (next() as number) * 10 : next()),
    });
    const result = await sandbox.run(
      `const { secret, add } = SecureExec.bindings; console.log("a", { b: 1 }); console.error("bad"); let e; try { secret() } catch (x) { e = x } export default [add(1, 2), e.code, e.message, e.id]`,
      { runId: "run-7" },
    );
    if (result.status !== "ok") throw new Error(result.error.stack);
    const [sum, code, message, id] = result.exports["default"] as [number, string, string, string];
    expect([sum, code]).toEqual([30, "ERR_BINDING_FAILED"]);
    expect(message).not.toContain("hunter2");
    expect(onError).toHaveBeenCalledWith(
      expect.objectContaining({
        id,
        runId: "run-7",
        error: expect.objectContaining({ message: "password hunter2" }),
      }),
    );
    expect(lines).toHaveLength(2);
    expect(lines[1]).toBe("error bad");
  });
});

describe("a careless host", () => {
  it("leaves no unhandled rejection and no broken run behind", async () => {
    const sandbox = await sandboxOf({
      registry: {
        rejects: async () => { throw new Error("at once"); }, // prettier-ignore
        late: () => new Promise((_, reject) => setTimeout(reject, 30, new Error("late"))),
        null: () => { throw null; }, // prettier-ignore
        never: () => new Promise(() => {}),
        thenable: () => ({ then() { throw new Error("then"); } }), // prettier-ignore
        inner: () => ({
          rows: [Promise.reject(new Error("inside data"))].map((p) => (p.catch(() => {}), p)),
        }),
      },
    });
    for (const name of ["rejects", "late", "null", "never", "thenable", "inner"]) {
      const forgotten = await sandbox.run(`SecureExec.bindings.${name}()`);
      expect(["ok", "error"], name).toContain(forgotten.status);
      expect(await sandbox.run("export default 1")).toMatchObject({ status: "ok", exports: { default: 1 } });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
});
