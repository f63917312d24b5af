import { afterEach, describe, expect, it, vi } from "vitest";
import {
  createNodeDriver,
  createNodeRuntimeDriverFactory,
  NodeRuntime,
  UnsupportedError,
  type ExecOptions,
  type NodeRuntimeOptions,
  type StdioEvent,
} from "../../src/secure-exec/index.ts";

const open: NodeRuntime[] = [];
afterEach(() => Promise.all(open.splice(0).map((runtime) => runtime.terminate())));

function runtimeOf(options: Partial<NodeRuntimeOptions> = {}): NodeRuntime {
  const runtime = new NodeRuntime({
    systemDriver: createNodeDriver(),
    runtimeDriverFactory: createNodeRuntimeDriverFactory({ isolation: "none" }),
    ...options,
  });
  open.push(runtime);
  return runtime;
}

describe("run", () => {
  it("gives exit code 0 and the exports of a module", async () => {
    expect(await runtimeOf().run("export default 1; export const y = 2;", "/root/main.mjs")).toEqual({
      code: 0,
      exports: { default: 1, y: 2 },
    });
  });

  it("gives `module.exports` of a CommonJS script", async () => {
    const runtime = runtimeOf();
    expect(await runtime.run("module.exports = { x: 1 };")).toEqual({ code: 0, exports: { x: 1 } });
    expect(await runtime.run("exports.a = 1; exports.b = typeof require;")).toEqual({
      code: 0,
      exports: { a: 1, b: "function" },
    });
    expect(await runtime.run("module.exports = 5; return;")).toEqual({
      code: 0,
      exports: 5,
    });
  });

  it("gives code 1 and the error's name and message", async () => {
    const runtime = runtimeOf();
    expect(await runtime.run("throw new TypeError('boom')")).toEqual({
      code: 1,
      errorMessage: "TypeError: boom",
    });
    expect(await runtime.run("throw new Error('boom')")).toEqual({ code: 1, errorMessage: "boom" });
    expect((await runtime.run("let x = ;")).errorMessage).toMatch(/^SyntaxError: /);
    expect(await runtime.run("module.exports = () => 1")).toMatchObject({ code: 1 });
  });

  it("gives code 124 when time is up", async () => {
    const runtime = runtimeOf({ cpuTimeLimitMs: 100 });
    expect(await runtime.run("while (true) {}")).toEqual({
      code: 124,
      errorMessage: "CPU time limit exceeded",
    });
    expect(await runtime.exec("while (true) {}", { cpuTimeLimitMs: 50 })).toEqual({
      code: 124,
      errorMessage: "CPU time limit exceeded",
    });
    await expect(runtime.exec("1", { cpuTimeLimitMs: 5_000 })).rejects.toThrow(/may only tighten/);
  });

  it("holds the limits it was given", async () => {
    const memory = await runtimeOf({ memoryLimit: 16 }).run(
      "const a = []; for (;;) a.push(new Array(1e4).fill({}));",
    );
    expect(memory).toMatchObject({ code: 1, errorMessage: expect.stringMatching(/16 MB/) });
    const payload = await runtimeOf({ payloadLimits: { jsonPayloadBytes: 2_000 } }).run(
      "module.exports = 'x'.repeat(5000)",
    );
    expect(payload).toMatchObject({ code: 1, errorMessage: expect.stringMatching(/payload/) });
    const calls = runtimeOf({ bindings: { one: () => 1 }, resourceBudgets: { maxBridgeCalls: 1 } });
    expect(await calls.run("SecureExec.bindings.one(); SecureExec.bindings.one();")).toMatchObject({
      code: 1,
    });
    expect(() => runtimeOf({ memoryLimit: 0 })).toThrow(/memoryMb/);
  });

  it("judges bindings when it is constructed", () => {
    expect(() => runtimeOf({ bindings: { _private: () => 1 } })).toThrow(
      expect.objectContaining({ code: "ERR_REGISTRY_INVALID" }),
    );
  });
});

describe("exec", () => {
  it("runs for effects, and tells stdout from stderr", async () => {
    const all: StdioEvent[] = [];
    const own: StdioEvent[] = [];
    const runtime = runtimeOf({ onStdio: (event) => void all.push(event) });
    expect(await runtime.exec("console.log('a', 1); console.error('e'); module.exports = 5")).toEqual({
      code: 0,
    });
    expect(all).toEqual([
      { channel: "stdout", message: "a 1\n" },
      { channel: "stderr", message: "e\n" },
    ]);
    await runtime.exec("console.warn('w')", { onStdio: (event) => void own.push(event) });
    expect(own).toEqual([{ channel: "stderr", message: "w\n" }]);
    expect(all).toHaveLength(2);
  });

  it("survives a hook that throws", async () => {
    const onStdio = vi.fn(() => {
      throw new Error("hook");
    });
    expect(await runtimeOf({ onStdio }).exec("console.log(1)")).toEqual({ code: 0 });
    expect(onStdio).toHaveBeenCalledTimes(1);
  });
});

describe("timing mitigation", () => {
  const source = `
    const now = Date.now(); for (let i = 0; i < 2e7; i++);
    export default [Date.now() - now, new Date().getTime() - now, new Date(5).getTime(), new Date() instanceof Date, Date.UTC(1970, 0), typeof Date(), new Date(0).constructor === Date];`;

  it("freezes the clock by default", async () => {
    const { exports } = await runtimeOf().run<{ default: unknown }>(source);
    expect(exports?.default).toEqual([0, 0, 5, true, 0, "string", true]);
  });

  it("can be off", async () => {
    const { exports } = await runtimeOf({ timingMitigation: "off" }).run<{ default: [number] }>(source);
    expect(exports?.default[0]).toBeGreaterThan(0);
  });
});

describe("powers it does not offer", () => {
  it.each([
    "filesystem",
    "networkAdapter",
    "commandExecutor",
    "permissions",
    "moduleAccess",
    "useDefaultNetwork",
    "processConfig",
  ])("createNodeDriver refuses %s by name", (name) => {
    expect(() => createNodeDriver({ [name]: {} })).toThrow(UnsupportedError);
    expect(() => createNodeDriver({ [name]: {} })).toThrow(new RegExp(name));
  });

  it.each(["env", "cwd", "stdin"])("exec refuses %s by name", async (name) => {
    await expect(runtimeOf().exec("1", { [name]: "x" } as object)).rejects.toThrow(
      new RegExp(`\`${name}\` is not supported`),
    );
  });

  it("says so to the script", async () => {
    const runtime = runtimeOf();
    for (const [source, words] of [
      ["require('fs')", /require\("fs"\).*no host packages/],
      ["process.exit(1)", /process is not defined.*offers no `process`/],
      ["fetch('http://x')", /offers no `fetch`/],
      ["import fs from 'node:fs'; export default fs", /import/],
      ["setTimeout(() => {}, 1)", /offers no `setTimeout`/],
    ] as const) {
      const result = await runtime.run(source);
      expect(result.code, source).toBe(1);
      expect(result.errorMessage, source).toMatch(words);
    }
  });

  it("says so to the host", () => {
    const runtime = runtimeOf();
    expect(() => runtime.network).toThrow(UnsupportedError);
    expect(() => runtime.__unsafeIsoalte).toThrow(UnsupportedError);
    expect(() => runtime.__unsafeCreateContext()).toThrow(UnsupportedError);
    expect(() => createNodeRuntimeDriverFactory({ createIsolate: () => ({}) } as object)).toThrow(
      UnsupportedError,
    );
  });
});

describe("the end", () => {
  it("refuses runs, and may come twice and before the first run", async () => {
    const unused = runtimeOf();
    unused.dispose();
    await unused.terminate();
    await expect(unused.run("1")).rejects.toMatchObject({ code: "ERR_SANDBOX_DISPOSED" });
    const used = runtimeOf();
    await used.run("1");
    used.dispose();
    used.dispose();
    await used.terminate();
    await expect(used.exec("1")).rejects.toMatchObject({ code: "ERR_SANDBOX_DISPOSED" });
  });
});

describe("options that do not exist", () => {
  it.each([
    [{ memorylimit: 64 }, "NodeRuntime: there is no option `memorylimit`. Did you mean `memoryLimit`?"],
    [
      { resourceBudgets: { maxOutputByte: 1 } },
      "resourceBudgets: there is no option `maxOutputByte`. Did you mean `maxOutputBytes`?",
    ],
    [{ payloadLimits: { jsonPayload: 1 } }, "payloadLimits: there is no option `jsonPayload`."],
  ])("of NodeRuntime are refused: %j", (options, message) => {
    expect(() => runtimeOf(options as Partial<NodeRuntimeOptions>)).toThrow(message);
  });

  it("of NodeRuntime, createNodeDriver and the factory that ask for a power are refused by its name", () => {
    expect(() => runtimeOf({ permissions: {} } as Partial<NodeRuntimeOptions>)).toThrow(UnsupportedError);
    expect(() => createNodeDriver({ filesytem: {} })).toThrow("Did you mean `filesystem`?");
    expect(() => createNodeRuntimeDriverFactory({ isolaton: "none" } as object)).toThrow(
      "Did you mean `isolation`?",
    );
  });

  it("of exec are refused, with a suggestion", async () => {
    const run = runtimeOf().exec("1", { cpuTimeLimit: 5 } as ExecOptions);
    await expect(run).rejects.toMatchObject({
      code: "ERR_SANDBOX_OPTION",
      message: "exec: there is no option `cpuTimeLimit`. Did you mean `cpuTimeLimitMs`?",
    });
  });

  it("takes budgets for what scripts do not have", async () => {
    const runtime = runtimeOf({ resourceBudgets: { maxTimers: 1, maxChildProcesses: 0, maxHandles: 1 } });
    expect((await runtime.exec("1")).code).toBe(0);
  });
});

describe("work nobody awaits", () => {
  it("is waited for, as the original does", async () => {
    const done: string[] = [];
    const runtime = runtimeOf({
      bindings: {
        slow: async (text: string) => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          done.push(text);
        },
      },
    });
    expect(
      await runtime.exec(
        `(async () => { await SecureExec.bindings.slow("a"); await SecureExec.bindings.slow("b"); })();`,
      ),
    ).toEqual({ code: 0 });
    expect(done).toEqual(["a", "b"]);
  });

  it("fails the run when it fails", async () => {
    const { code, errorMessage } = await runtimeOf().exec(`(async () => { throw new Error("in vain"); })();`);
    expect([code, errorMessage]).toEqual([1, expect.stringContaining("in vain")]);
  });
});
