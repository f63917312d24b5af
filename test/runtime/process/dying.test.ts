/**
 * What becomes of a run whose worker dies of what its script did. The worker is a double: it ends as one does whose engine gave up, without
 * a script that makes an engine give up.
 */
import { afterEach, describe, expect, it } from "vitest";
import { createProcessRunner, type ProcessRunner } from "../../../src/runtime/process/runner.ts";
import { word } from "../../../src/runtime/process/worker/watch-words.ts";
import type { HostRun, RunEnd } from "../../../src/runtime/runner.ts";
import type { GuestLimits } from "../../../src/runtime/seam.ts";
import { answered, opened } from "../support/values.ts";
import { scripted, withWatchdogThat } from "./workers/scripted-program.ts";

const limits: GuestLimits = {
  memoryMb: 32,
  cpuMs: 20_000,
  wallMs: 20_000,
  payloadBytes: 1 << 20,
  consoleBytes: 1 << 20,
};
const seen: unknown[] = [];
const host = (signal: AbortSignal, said: () => void): HostRun => ({
  id: "run",
  signal,
  call(_id, _leaf, args) {
    seen.push((opened(args) as unknown[])[0]);
    said();
    return answered(1);
  },
  console: () => {},
  settings: {
    limits: { payloadBytes: 1 << 20, calls: 100, concurrency: 10, consoleBytes: 1 << 20 },
    errors: "show",
    validateResults: "off",
  },
  adopt: () => {},
});

let runner: ProcessRunner | undefined;
afterEach(async () => {
  await runner?.dispose();
  runner = undefined;
  seen.length = 0;
});

const idle = new AbortController().signal;

let program = scripted;
afterEach(() => (program = scripted));

function run(
  source: string,
  signal = idle,
  said: () => void = () => {},
  tighter?: GuestLimits,
): Promise<RunEnd> {
  runner ??= createProcessRunner(
    {
      leaves: [{ path: ["say"], mode: "sync", maxPayloadBytes: 1 << 20 }],
      namespaces: [],
      limits,
    },
    { concurrency: 10, workers: 1, minIdle: 0 },
    program,
  );
  return runner.run(
    {
      source,
      filename: "test.js",
      language: "javascript",
      globals: null,
      ...(tighter && { limits: tighter }),
    },
    host(signal, said),
  );
}

const dies = (words: string): string =>
  `process.getBuiltinModule("node:fs").writeSync(2, ${JSON.stringify(words)}); process.abort();`;

describe("a worker that dies during a run", () => {
  it.each([
    ["aborts", "process.abort()", "SIGABRT"],
    ["exits", "process.exit(7)", "exit code 7"],
    ["aborts and speaks of something else", dies("# Check failed: a < b.\n"), "SIGABRT"],
    [
      "shows a line of its own program",
      dies(
        'const said = "isobind-worker: over its memory limit";\n"isobind-worker: not a worker but the program itself"\n',
      ),
      "SIGABRT",
    ],
  ])("ends its own run as crashed when it %s, and is replaced", async (_how, source, said) => {
    const end = await run(source);
    expect(end).toMatchObject({ kind: "crashed", error: { code: "ERR_SANDBOX_CRASHED" } });
    expect((end as { error: { message: string } }).error.message).toContain(said);
    expect(await run("ok(1)")).toMatchObject({ kind: "ok" });
  });

  it.each([
    "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n",
    "# Fatal process out of memory: Zone\n",
    "# Fatal JavaScript invalid size error\n#\n  is_heap_oom = 1\n",
    "terminate called after throwing an instance of 'std::bad_alloc'\n",
    "Catastrophic out-of-memory error\n",
  ])("ends it as memory when its last words say so: %j", async (words) => {
    expect(await run(dies(words))).toMatchObject({
      kind: "memory",
      error: { code: "ERR_SANDBOX_MEMORY", message: expect.stringContaining("32 MB") as string },
    });
    expect(await run("ok(1)")).toMatchObject({ kind: "ok" });
  });

  it("ends it as crashed when its watchdog fails, and is replaced", async () => {
    program = withWatchdogThat(`{
      const words = new Int32Array(process.getBuiltinModule("node:worker_threads").workerData.shared);
      const { cpuUsage } = process;
      process.cpuUsage = () => {
        if (words[${word.wallMs}] === ${limits.wallMs}) throw new RangeError("expected by the test");
        return cpuUsage();
      };
    }`);
    expect(await run("for (;;);")).toMatchObject({
      kind: "crashed",
      error: {
        code: "ERR_SANDBOX_CRASHED",
        message: expect.stringMatching(/ Its watchdog failed: RangeError: expected by the test$/) as string,
      },
    });
    expect(await run("ok(1)", idle, () => {}, { ...limits, wallMs: 10_000 })).toMatchObject({ kind: "ok" });
  });

  it("is known by the end of what it said, and the rest is not kept", async () => {
    expect(await run(dies(`out of memory\n${"x".repeat(20_000)}`))).toMatchObject({ kind: "crashed" });
    expect(await run(dies(`${"x".repeat(20_000)}\nout of memory\n`))).toMatchObject({ kind: "memory" });
  });

  it("is ended although it listens to no signal it may ignore", async () => {
    const ignored = ["SIGTERM", "SIGINT", "SIGHUP"].map((name) => `process.on("${name}", () => {});`);
    // By its caller, long before its own watchdog would.
    const ended = new AbortController();
    const source = `${ignored.join(" ")} port.callSync(1, 0, [process.pid]); for (;;);`;
    expect(await run(source, ended.signal, () => setTimeout(() => ended.abort(), 50))).toMatchObject({
      kind: "aborted",
    });
    const [pid] = seen as number[];
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => alive(pid!)).toBe(false);
    expect(await run("ok(1)")).toMatchObject({ kind: "ok" });
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const unrolls = Number.parseInt(process.versions.node, 10) >= 24;

it.runIf(unrolls)("a worker runs without the optimisation whose loops never stop", async () => {
  await run("port.callSync(1, 0, [process.execArgv]); ok(1)");
  expect(seen).toEqual([expect.arrayContaining(["--no-turboshaft-loop-unrolling"])]);
});
