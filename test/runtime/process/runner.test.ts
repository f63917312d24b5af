import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  createProcessRunner,
  type ProcessOptions,
  type ProcessRunner,
} from "../../../src/runtime/process/runner.ts";
import { callFrame, endFrame } from "../../../src/runtime/process/wire/worker-frames.ts";
import { runId } from "../../../src/runtime/host/run-id.ts";
import { createHostRun } from "../../../src/runtime/host/host-run.ts";
import { defineRegistry } from "../../../src/registry/define-registry.ts";
import type { HostRun, RunEnd } from "../../../src/runtime/runner.ts";
import type { GuestError, GuestLimits, GuestScript, GuestSetup, Reply } from "../../../src/runtime/seam.ts";
import type * as Time from "../../../src/runtime/time.ts";
import { answered, messageOf, opened } from "../support/values.ts";
import { scripted } from "./workers/scripted-program.ts";

/** Timers of so many milliseconds and more never fire. */
const held = vi.hoisted(() => ({ fromMs: Infinity }));
vi.mock("../../../src/runtime/time.ts", async (original) => {
  const time = await original<typeof Time>();
  const setTimeout = (call: () => void, ms: number): Time.Timeout =>
    ms >= held.fromMs ? time.setTimeout(() => {}, 2 ** 30) : time.setTimeout(call, ms);
  return { ...time, setTimeout };
});

const limits: GuestLimits = {
  memoryMb: 32,
  cpuMs: 30_000,
  wallMs: 60_000,
  payloadBytes: 1 << 20,
  consoleBytes: 1 << 20,
};
const setup: GuestSetup = {
  leaves: [
    { path: ["echo"], mode: "sync", maxPayloadBytes: 1 << 20 },
    { path: ["later"], mode: "async", maxPayloadBytes: 1 << 20 },
  ],
  namespaces: [],
  limits,
};

/** An end with what the script exported. */
type OpenEnd =
  | { readonly kind: "ok"; readonly exports: unknown; readonly usage: RunEnd["usage"] }
  | (RunEnd & { readonly kind: Exclude<RunEnd["kind"], "ok"> });

interface OpenRunner extends Omit<ProcessRunner, "run"> {
  run(script: GuestScript, host: HostRun): Promise<OpenEnd>;
}

const runners: ProcessRunner[] = [];
function create(options: Partial<ProcessOptions> = {}, changed: Partial<GuestLimits> = {}): OpenRunner {
  const runner = createProcessRunner(
    { ...setup, limits: { ...limits, ...changed } },
    { concurrency: 100, workers: 2, minIdle: 0, ...options },
    scripted,
  );
  runners.push(runner);
  const run: OpenRunner["run"] = async (script, host) => {
    const end = await runner.run(script, host);
    return end.kind === "ok" ? { ...end, exports: opened(end.exports) } : end;
  };
  return Object.defineProperty(Object.create(runner), "run", { value: run }) as OpenRunner;
}
afterEach(async () => {
  held.fromMs = Infinity;
  await Promise.all(runners.splice(0).map((runner) => runner.dispose()));
});

function host(changed: Partial<HostRun> = {}): HostRun {
  return {
    id: "run",
    signal: new AbortController().signal,
    call: (_id, _leaf, args) => answered((opened(args) as unknown[])[0]),
    console: () => {},
    settings: {
      limits: { payloadBytes: 1 << 20, calls: 1000, concurrency: 100, consoleBytes: 1 << 20 },
      errors: "show",
      validateResults: "off",
    },
    adopt: () => {},
    ...changed,
  };
}

const script = (source: string, extra: Partial<GuestScript> = {}): GuestScript => ({
  source,
  filename: "test.js",
  language: "javascript",
  globals: null,
  ...extra,
});

const echoed = "ok(port.callSync(1, 0, ['hello']).value)";
const answeredLater = "onSettle(() => ok(1)); port.callAsync(1, 1, []);";
const outcome = { kind: "ok", exports: "hello" };

function children(): number[] {
  const out = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" });
  return out
    .split("\n")
    .filter((line) => line.includes("scripted"))
    .map((line) => Number.parseInt(line, 10));
}

describe("a run on a worker", () => {
  it("calls the host and ends", async () => {
    expect(await create().run(script(echoed), host())).toMatchObject(outcome);
  });

  it("gets answers of asynchronous calls in the order the host gives them, early ones too", async () => {
    const order: number[] = [];
    const second = Promise.withResolvers<Reply>();
    const call: HostRun["call"] = (id, leaf) => {
      order.push(id);
      const reply: Reply = { kind: "value", value: id };
      if (leaf === 0) return reply;
      // The answer of the first comes a turn behind that of the second.
      if (id === 1) return second.promise.then(() => new Promise((done) => setImmediate(done, reply)));
      second.resolve(reply);
      return second.promise;
    };
    const source = `
      const seen = [];
      port.callAsync(1, 1, []);
      port.callAsync(2, 1, []);
      seen.push(port.callSync(3, 0, []).value);
      onSettle((id, reply) => { seen.push(id); if (seen.length === 3) ok(seen); });`;
    expect(await create().run(script(source), host({ call }))).toMatchObject({
      exports: [3, 2, 1],
    });
    expect(order).toEqual([1, 2, 3]);
  });

  it("answers a synchronous call with `pending` when the host needs time", async () => {
    const call: HostRun["call"] = async () => ({ kind: "value", value: 5 });
    const source = `
      const first = port.callSync(1, 0, []).kind;
      onSettle((id, reply) => ok([first, id, reply.value]));`;
    expect(await create().run(script(source), host({ call }))).toMatchObject({
      exports: ["pending", 1, 5],
    });
  });

  it("carries console text and payloads larger than a pipe holds", async () => {
    const lines: string[] = [];
    const source = `port.console("warn", "héllo"); ok(port.callSync(1, 0, ["x".repeat(3e6)]).value.length)`;
    const end = await create().run(
      script(source),
      host({ console: (level, text) => lines.push(`${level} ${text}`) }),
    );
    expect(end).toMatchObject({ exports: 3e6 });
    expect(lines).toEqual(["warn héllo"]);
  });

  it("settles a thousand concurrent calls", async () => {
    const call: HostRun["call"] = async (id) => ({ kind: "value", value: id * 2 });
    const source = `
      let sum = 0, left = 1000;
      onSettle((id, reply) => { sum += reply.value; if (--left === 0) ok(sum); });
      for (let id = 1; id <= 1000; id++) port.callAsync(id, 1, [id]);`;
    expect(await create({ concurrency: 1000 }).run(script(source), host({ call }))).toMatchObject({
      exports: 1001000,
    });
  });
});

describe("a worker that lies", () => {
  const u32 = (number: number): number[] => [...new Uint8Array(Uint32Array.of(number).buffer)];
  /** A script that sends these bytes as they are. */
  const sends = (bytes: Iterable<number>): string => `raw(new Uint8Array([${[...bytes].join()}]))`;
  const frame = (kind: number, run: number, ...body: number[]): string =>
    sends([...u32(8 + body.length), ...u32(kind), ...u32(run), ...body]);
  const changed = (good: Buffer, at: number, byte: number): Buffer => {
    good[at] = byte;
    return good;
  };
  const usage = { cpuMs: 1, heapBytes: 1 };
  const end = (): Buffer => endFrame(1, { kind: "ok", exports: messageOf(1), usage });
  const cut = end();
  cut.writeUInt32LE(cut.length - 5, 0);
  const frames: Record<string, string> = {
    "an unknown kind": frame(99, 1),
    "a length of 4 GiB": sends([255, 255, 255, 255, 3]),
    "an empty frame": sends([0, 0, 0, 0]),
    "a frame shorter than its head": sends([...u32(4), ...u32(2)]),
    "a call cut short": frame(3, 1, 1),
    "a call without its value": frame(3, 1, ...u32(1), ...u32(0)),
    "a leaf that is not": "port.callSync(1, 2, [])",
    "a run that is not": frame(2, 0x09090909),
    "a line of a run that is not": frame(5, 0x09090909, ...u32(0), 65),
    "a second birth": frame(10, 0),
    "ready during a run": frame(1, 0, ...u32(1)),
    "one id twice": "port.callAsync(1, 1, []); port.callAsync(1, 1, []); port.callSync(2, 0, [])",
    "an unknown level": frame(5, 1, ...u32(5), 65),
    "a line longer than its console":
      "const line = new Uint8Array(16 + 4 * 2 ** 20).fill(0xe2); new Uint32Array(line.buffer, 0, 4).set([line.length - 4, 5, 1, 0]); raw(line)",
    "more lines than its console": "for (let i = 0; i < 300; i++) port.console('log', 'x'.repeat(10_000))",
    "a value of another version": sends(changed(callFrame("callSync", 1, 1, 0, [1]), 20, 2)),
    "an outcome of no kind": sends(changed(end(), 12, 9)),
    "usage that is no amount": sends(
      endFrame(1, { kind: "ok", exports: messageOf(1), usage: { cpuMs: NaN, heapBytes: 1 } }),
    ),
    "usage below nothing": sends(
      endFrame(1, { kind: "ok", exports: messageOf(1), usage: { cpuMs: 1, heapBytes: -1 } }),
    ),
    "an error without a stack": sends(
      endFrame(1, { kind: "error", error: { name: "a", message: "b" } as GuestError, usage }),
    ),
    "an error that is none": sends(endFrame(1, { kind: "error", error: 5 as never, usage })),
    "exports cut short": sends(cut.subarray(0, -1)),
  };
  for (const [name, lie] of Object.entries(frames)) {
    it(`ends its own run as crashed: ${name}`, async () => {
      const runner = create({ workers: 1 });
      const call: HostRun["call"] = (_id, leaf) =>
        leaf === 1 ? new Promise<Reply>(() => {}) : { kind: "value", value: "hello" };
      const end = await runner.run(script(`${lie}; for (;;);`), host({ call }));
      expect(end).toMatchObject({ kind: "crashed", error: { code: "ERR_SANDBOX_CRASHED" } });
      expect(await runner.run(script(echoed), host())).toMatchObject(outcome);
    });
  }

  it("is not read when that would take too long, and its call is refused", async () => {
    const source = `
      const crowd = new Set(Array.from({ length: 3000 }, (_, i) => BigInt(i) << 64n));
      const names = Array.from({ length: 20_000 }, (_, i) => ({ ["n" + i]: 1 }));
      ok([crowd, names].map((value) => port.callSync(value === crowd ? 1 : 2, 0, [value]).value.code));`;
    const code = "ERR_SANDBOX_PAYLOAD_TOO_LARGE";
    expect(
      await create().run(
        script(source),
        hostRun(() => {}),
      ),
    ).toMatchObject({ exports: [code, code] });
  });

  it("ends its own run as crashed when a value makes no sense", async () => {
    const called: unknown[] = [];
    const bad = callFrame("callSync", 1, 1, 0, [1]);
    // The list claims one element more than it has.
    bad.writeInt32LE(bad.readInt32LE(32) + 16, 32);
    const runner = create({ workers: 1 });
    const end = await runner.run(
      script(`${sends(bad)}; for (;;);`),
      hostRun((value) => called.push(value)),
    );
    expect(end).toMatchObject({ kind: "crashed", error: { code: "ERR_SANDBOX_CRASHED" } });
    expect(called).toEqual([]);
    expect(await runner.run(script(echoed), host())).toMatchObject(outcome);
  });

  /** A real host side, with one function that hands its argument to `seen` and gives it back. */
  const hostRun = (seen: (value: unknown) => void): HostRun =>
    createHostRun({
      id: runId("run"),
      registry: defineRegistry({ echo: (value: unknown) => (seen(value), value) }),
      limits: { payloadBytes: 1 << 20, calls: 10, concurrency: 10, consoleBytes: 1 << 20 },
      signal: new AbortController().signal,
      hooks: {},
      errors: "show",
      validateResults: "off",
    });

  it("cannot answer for an earlier run", async () => {
    const runner = create({ workers: 1 });
    const text: string[] = [];
    const console = (_level: string, line: string): void => void text.push(line);
    await runner.run(script("ok(1)"), host());
    // A console frame of run 1, then an end of run 1 that claims to be it.
    const source = `
      ${frame(5, 1, 0, 0, 0, 0, 65)};
      ${echoed}`;
    expect(await runner.run(script(source), host({ console }))).toMatchObject(outcome);
    expect(text).toEqual([]);
  });
});

describe("a worker between two runs", () => {
  const ended = [
    ...endFrame(1, { kind: "ok", exports: messageOf(1), usage: { cpuMs: 0, heapBytes: 0 } }),
  ].join();
  const stuck = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)";

  it.each([
    ["talks on", `raw(new Uint8Array([13,0,0,0,5,0,0,0,1,0,0,0,0,0,0,0,65])); ${stuck}`, true],
    [
      "is ready twice",
      `const ready = new Uint8Array([12,0,0,0,1,0,0,0,0,0,0,0,1,0,0,0]); raw(ready); raw(ready); ${stuck}`,
      true,
    ],
    ["is never ready again", stuck, false],
  ])("is replaced when it %s", async (_name, then, isAtOnce) => {
    const runner = create({ workers: 1 }, { wallMs: 600_000 });
    await runner.ready();
    const [worker] = children();
    // One that says nothing is given ten seconds: what others have said must be enough.
    if (isAtOnce) held.fromMs = 10_000;
    const first = await runner.run(script(`raw(new Uint8Array([${ended}])); ${then}`), host());
    expect(first).toMatchObject({ kind: "ok" });
    while (children().includes(worker!)) await new Promise((resolve) => setTimeout(resolve, 20));
    held.fromMs = Infinity;
    expect(await runner.run(script(echoed), host())).toMatchObject(outcome);
  });
});

it("an error of this side, while a frame is taken, ends that run and not the host", async () => {
  const console = (): void => {
    throw new Error("not foreseen");
  };
  const runner = create();
  const end = await runner.run(script("port.console('log', 'x'); ok(1)"), host({ console }));
  expect(end).toMatchObject({
    kind: "crashed",
    error: { message: expect.stringContaining("a defect of isobind: Error: not foreseen") as unknown },
  });
  expect(await runner.run(script("ok(1)"), host())).toMatchObject({ kind: "ok" });
});

it("a line as long as the whole console crosses, however small a payload must be", async () => {
  const lengths: number[] = [];
  const console = (_level: string, line: string): void => void lengths.push(line.length);
  const source = "port.console('log', '€'.repeat(1e6)); ok(1)";
  const end = await create({}, { payloadBytes: 1024 }).run(script(source), host({ console }));
  expect(end).toMatchObject({ kind: "ok" });
  expect(lengths).toEqual([1e6]);
});

describe("limits of a process", () => {
  it("wall clock: a script that never ends is killed and its worker replaced", async () => {
    const runner = create({ workers: 1 }, { wallMs: 300 });
    await runner.ready();
    expect(await runner.run(script("for (;;);"), host())).toMatchObject({
      kind: "timeout",
      error: { code: "ERR_SANDBOX_TIMEOUT" },
    });
    expect(await runner.run(script(echoed, { limits }), host())).toMatchObject(outcome);
  });

  it("wall clock: waiting counts", async () => {
    const end = await create({}, { wallMs: 200 }).run(
      script("port.callAsync(1, 1, [])"),
      host({ call: () => new Promise<Reply>(() => {}) }),
    );
    expect(end.kind).toBe("timeout");
  });

  it("wall clock: one run may ask for less", async () => {
    const runner = create();
    await runner.ready();
    const end = await runner.run(script("for (;;);", { limits: { ...limits, wallMs: 100 } }), host());
    expect(end).toMatchObject({
      kind: "timeout",
      error: { message: "The run took longer than 100 ms (limits.wallMs)." },
    });
  });

  it("processor time, seen by the worker's watchdog", async () => {
    // No other clock ends it before this test is over.
    const end = await create({}, { cpuMs: 300, wallMs: 600_000 }).run(script("for (;;);"), host());
    expect(end).toMatchObject({ kind: "timeout", error: { code: "ERR_SANDBOX_TIMEOUT" } });
  });

  it("resident memory, seen by the worker's watchdog", async () => {
    const runner = create({}, { cpuMs: 600_000, wallMs: 600_000 });
    await runner.ready();
    // More than it may hold and less than the kernel would refuse; nothing else ends it before this test is over.
    const source = "const held = new Uint8Array(128 << 20).fill(1); for (;;);";
    expect(await runner.run(script(source), host())).toMatchObject({
      kind: "memory",
      error: { code: "ERR_SANDBOX_MEMORY" },
    });
  });

  it("a caller's signal ends a run, running or queued", async () => {
    const runner = create({ workers: 1 });
    const first = new AbortController();
    const second = new AbortController();
    const running = runner.run(script("for (;;);"), host({ signal: first.signal }));
    const queued = runner.run(script(echoed), host({ signal: second.signal }));
    second.abort();
    expect((await queued).kind).toBe("aborted");
    setTimeout(() => first.abort(), 100);
    expect(await running).toMatchObject({ kind: "aborted", error: { code: "ERR_SANDBOX_ABORTED" } });
    expect(await runner.run(script(echoed), host())).toMatchObject(outcome);
  });
});

describe.runIf(process.platform === "linux")("what a run had used when its worker died", () => {
  const spin = "for (;;);";
  const usageOf = async (
    source: string,
    changed: Partial<GuestLimits>,
  ): Promise<{ kind: string; cpuMs: number; heapBytes: number }> => {
    const runner = create({ workers: 1 }, changed);
    await runner.ready();
    const { kind, usage } = await runner.run(script(source), host());
    return { kind, ...usage };
  };

  it("by the wall clock", async () => {
    // A machine that does much else may give it nothing in the time it has: then it has more.
    for (let wallMs = 500; ; wallMs *= 2) {
      const began = performance.now();
      const used = await usageOf(spin, { wallMs });
      expect(used.kind).toBe("timeout");
      expect(used.cpuMs).toBeLessThan(2 * (performance.now() - began));
      if (used.cpuMs > 50) return;
    }
  });

  it("by its caller", async () => {
    const runner = create({ workers: 1 });
    await runner.ready();
    const caller = new AbortController();
    // When it has really used so much, however long that takes on a loaded machine.
    const source = `
      const before = process.cpuUsage().user;
      while (process.cpuUsage().user - before < 150_000);
      port.callAsync(1, 1, []);`;
    const call: HostRun["call"] = () => (caller.abort(), new Promise<Reply>(() => {}));
    const end = await runner.run(script(source), host({ signal: caller.signal, call }));
    expect(end.kind).toBe("aborted");
    expect(end.usage.cpuMs).toBeGreaterThanOrEqual(100);
  });

  it("by its watchdog", async () => {
    const used = await usageOf(spin, { cpuMs: 300 });
    expect(used.kind).toBe("timeout");
    expect(used.cpuMs).toBeGreaterThanOrEqual(300);
    const grown = await usageOf("const all = []; for (;;) all.push(new Uint8Array(1 << 20).fill(1));", {});
    expect(grown.kind).toBe("memory");
    expect(grown.heapBytes).toBeGreaterThan(32 * 2 ** 20);
  });

  it("from its own runs only", async () => {
    const runner = create({ workers: 1 }, { wallMs: 600 });
    await runner.run(script("for (const end = Date.now() + 400; Date.now() < end;); ok(1)"), host());
    const end = await runner.run(
      script("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"),
      host(),
    );
    expect(end).toMatchObject({ kind: "timeout" });
    expect(end.usage.cpuMs).toBeLessThan(200);
  });
});

describe("the supervisor", () => {
  it("keeps its event loop turning under a flood of frames", async () => {
    const runner = create();
    await runner.ready();
    let most = 0;
    let lines = 0;
    let before = 0;
    const caller = new AbortController();
    const timer = setInterval(() => {
      most = Math.max(most, lines - before);
      before = lines;
      if (lines > 20_000) caller.abort();
    }, 1);
    const slowConsole = (): void => {
      lines++;
      for (const until = performance.now() + 0.1; performance.now() < until;);
    };
    // As many console frames as fit into one read of a pipe.
    const source = `
      const frame = [13, 0, 0, 0, 5, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 65];
      const frames = Buffer.from(Array.from({ length: 5000 }, () => frame).flat());
      for (;;) raw(frames);`;
    const end = await runner.run(script(source), host({ console: slowConsole, signal: caller.signal }));
    clearInterval(timer);
    expect(end.kind).toBe("aborted");
    // Each line takes a tenth of a millisecond or more: as many as come in a few of those between two turns, and not all of a read.
    expect(most).toBeLessThan(1_000);
  });

  it("takes few calls from a guest that does not read its answers", async () => {
    const runner = create({ concurrency: 100 });
    await runner.ready();
    let calls = 0;
    const caller = new AbortController();
    const call: HostRun["call"] = () => {
      if (++calls === 6) setTimeout(() => caller.abort(), 500);
      return answered(new Uint8Array(2 ** 20));
    };
    const source = "for (let id = 1; id <= 100; id++) port.callAsync(id, 1, []); for (;;);";
    const began = performance.now();
    expect((await runner.run(script(source), host({ call, signal: caller.signal }))).kind).toBe("aborted");
    // Eight megabytes at once, and then one call every 50 ms, however long a busy machine makes the run. Without the guard
    // it is all hundred.
    expect(calls).toBeLessThan(Math.min(90, 20 + (performance.now() - began) / 25));
  });

  it("ends a worker that calls on and on without reading the answers", async () => {
    const runner = create({ workers: 1 });
    await runner.ready();
    const value = new Uint8Array(2 ** 20);
    let calls = 0;
    let owed = 0;
    const call: HostRun["call"] = () => {
      calls++;
      owed = Math.max(owed, process.memoryUsage().arrayBuffers);
      return answered(value);
    };
    const before = process.memoryUsage().arrayBuffers;
    const frames = [...Array(500).keys()].flatMap((id) => [...callFrame("callSync", 1, id + 1, 0, [])]);
    const source = `raw(new Uint8Array([${frames}])); for (;;);`;
    const end = await runner.run(script(source), host({ call }));
    expect(end).toMatchObject({ kind: "crashed" });
    expect((end as { error: { message: string } }).error.message).toContain("without reading");
    // Eight megabytes, and three frames of the longest kind (five megabytes here).
    expect(calls).toBeLessThan(30);
    expect(owed - before).toBeLessThan(64 * 2 ** 20);
    expect(await runner.run(script(echoed), host())).toMatchObject(outcome);
  });

  it.runIf(process.platform === "linux").each([
    ["during a run", "for (;;) try { fs.writeSync(2, text); } catch {}", "timeout"],
    ["after its run", `raw(new Uint8Array([${endFrame(1, { kind: "ok", exports: messageOf(1), usage: { cpuMs: 0, heapBytes: 0 } }).join()}])); for (;;) try { fs.writeSync(2, text); } catch {}`, "ok"], // prettier-ignore
  ])("listens little to a worker that writes to stderr for ever, %s", async (_when, then, kind) => {
    const runner = create({ workers: 1 }, { wallMs: kind === "ok" ? 60_000 : 1_500 });
    await runner.ready();
    const [worker] = children();
    let written = 0;
    const look = (): void => {
      const { 1: bytes } = /^wchar: (\d+)/m.exec(readFileSync(`/proc/${worker}/io`, "utf8"))!;
      written = Number(bytes);
    };
    look();
    const writtenBefore = written;
    const began = performance.now();
    const timer = setInterval(() => existsSync(`/proc/${worker}/io`) && look(), 20);
    const before = process.memoryUsage().heapUsed;
    const source = `const fs = process.getBuiltinModule("node:fs"); const text = "x".repeat(2 ** 16); ${then}`;
    expect(await runner.run(script(source), host())).toMatchObject({ kind });
    if (kind === "ok") await new Promise((resolve) => setTimeout(resolve, 1_500));
    clearInterval(timer);
    // What a pipe holds, and a read of at most 64 KiB every ten milliseconds. Without the guard it is hundreds of megabytes a second.
    expect(written - writtenBefore).toBeGreaterThan(0);
    expect(written - writtenBefore).toBeLessThan(2 ** 20 + ((performance.now() - began) / 8) * 2 ** 16);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(64 * 2 ** 20);
  });

  it("and reads it at a pace of its own", async () => {
    const source = `
      const fs = process.getBuiltinModule("node:fs"); const text = "x".repeat(2 ** 16); const began = performance.now(); let taken = 0;
      while (performance.now() - began < 1_000) try { taken += fs.writeSync(2, text); } catch {}
      ok([taken, performance.now() - began]);`;
    const end = await create({ workers: 1 }).run(script(source), host());
    const [taken, tookMs] = (end as { exports: unknown }).exports as [number, number];
    // A read of at most 64 KiB every ten milliseconds, and what the pipe holds.
    expect(taken).toBeLessThan(2 ** 20 + (tookMs / 8) * 2 ** 16);
  });

  it("lets a guest that never awaits send no more calls than may be in flight", async () => {
    const runner = create({ concurrency: 10 });
    await runner.ready();
    let open = 0;
    const caller = new AbortController();
    const call: HostRun["call"] = () => {
      // Time for those that must not come.
      if (++open === 11) setTimeout(() => caller.abort(), 500);
      return new Promise<Reply>(() => {});
    };
    const source = "for (let id = 1;; id++) port.callAsync(id, 1, []);";
    await runner.run(script(source), host({ call, signal: caller.signal }));
    // One more than that, which a real host refuses at once.
    expect(open).toBe(11);
  });

  it("holds no more bytes of calls and answers than the guest may", async () => {
    const runner = create({ concurrency: 1000 });
    await runner.ready();
    let taken = 0;
    const call: HostRun["call"] = () => {
      taken++;
      return new Promise<Reply>(() => {});
    };
    const source = `
      const value = [new Uint8Array(2 ** 20)];
      const codes = new Set();
      onSettle((_id, reply) => { codes.add(reply.value.code); if (codes.size) ok([...codes]); });
      for (let id = 1; id <= 50; id++) port.callAsync(id, 1, value);`;
    const end = await runner.run(script(source), host({ call }));
    expect(end).toMatchObject({ exports: ["ERR_BINDING_LIMIT"] });
    expect(taken).toBe(31);
  });
});

describe("the pool", () => {
  it("runs as many scripts at once as it has workers, in the order of asking", async () => {
    const runner = create({ workers: 2 });
    const order: number[] = [];
    const gates: (() => void)[] = [];
    const run = (number: number): Promise<OpenEnd> => {
      const call: HostRun["call"] = () => {
        order.push(number);
        return new Promise((resolve) => gates.push(() => resolve({ kind: "value", value: 1 })));
      };
      return runner.run(script(answeredLater), host({ call }));
    };
    const runs = Promise.all([1, 2, 3, 4, 5, 6].map(run));
    for (let ended = 0; ended < 6; ended++) {
      const begun = Math.min(6, ended + 2);
      while (order.length < begun) await new Promise((resolve) => setTimeout(resolve, 2));
      // The first two in either order, and then one for each that ends.
      expect([...order].sort()).toEqual([1, 2, 3, 4, 5, 6].slice(0, begun));
      expect(children()).toHaveLength(2);
      gates.shift()!();
    }
    for (const end of await runs) expect(end).toMatchObject({ kind: "ok" });
  });

  it("ends workers that a busy time has left over, but not the warm ones", async () => {
    const runner = create({ workers: 3, minIdle: 1, idleMs: 300 });
    const gates: (() => void)[] = [];
    const call: HostRun["call"] = () =>
      new Promise((resolve) => gates.push(() => resolve({ kind: "value", value: 1 })));
    const runs = [1, 2, 3].map(() => runner.run(script(answeredLater), host({ call })));
    while (gates.length < 3) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(children()).toHaveLength(3);
    for (const go of gates) go();
    await Promise.all(runs);
    while (children().length > 1) await new Promise((resolve) => setTimeout(resolve, 100));
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(children()).toHaveLength(1);
  });

  it("replaces a worker after its last run", async () => {
    const runner = create({ workers: 1, maxRuns: 2 });
    const pids = new Set<number>();
    for (let i = 0; i < 4; i++) {
      await runner.run(
        script(echoed),
        host({
          call: (): Reply => (children().forEach((pid) => pids.add(pid)), { kind: "value", value: 1 }),
        }),
      );
    }
    expect(pids.size).toBeGreaterThanOrEqual(2);
  });

  it("gives a run to another worker when the first one died before it saw the script", async () => {
    const runner = create({ workers: 1, minIdle: 1 });
    await runner.ready();
    for (const pid of children()) process.kill(pid, "SIGKILL");
    expect(await runner.run(script(echoed), host())).toMatchObject(outcome);
  });

  it("ends a run as crashed, not as anything else, when its worker is killed from outside", async () => {
    const runner = create({ workers: 1 });
    const call: HostRun["call"] = (): Reply => {
      for (const pid of children()) process.kill(pid, "SIGKILL");
      return { kind: "value", value: 1 };
    };
    expect(await runner.run(script(`${echoed}; for (;;);`), host({ call }))).toMatchObject({
      kind: "crashed",
    });
  });

  it("tells the run when no worker can start", async () => {
    const runner = createProcessRunner(
      setup,
      { concurrency: 1, workers: 1, minIdle: 0 },
      new URL("./workers/missing.ts", import.meta.url),
    );
    runners.push(runner);
    const end = await runner.run(script("ok(1)"), host());
    expect(end).toMatchObject({
      kind: "crashed",
      error: { message: expect.stringContaining("Error") as string },
    });
    expect(await runner.ready()).toMatchObject({
      code: "ERR_SANDBOX_CRASHED",
      message: expect.stringContaining("exit code 1") as string,
    });
  });

  it("leaves no process and no descriptor behind, whatever was running", async () => {
    const open = (): number => readdirSync("/proc/self/fd").length;
    await create().run(script(echoed), host());
    await Promise.all(runners.splice(0).map((runner) => runner.dispose()));
    const before = open();
    const runner = create({ workers: 2 });
    const running = [
      runner.run(script("for (;;);"), host()),
      runner.run(script(echoed), host()),
      runner.run(script("for (;;);"), host()),
    ];
    await new Promise((resolve) => setTimeout(resolve, 300));
    await runner.dispose();
    await runner.dispose();
    const kinds = (await Promise.all(running)).map((end) => end.kind);
    expect(kinds.filter((kind) => kind === "aborted").length).toBeGreaterThanOrEqual(2);
    expect((await runner.run(script(echoed), host())).kind).toBe("aborted");
    expect(children()).toEqual([]);
    expect(open()).toBeLessThanOrEqual(before);
  });
});

describe("a worker process", () => {
  it.runIf(existsSync("/usr/bin/prlimit"))("has a memory limit of the kernel below all others", async () => {
    // A program sets the limit beside the first run.
    const call: HostRun["call"] = async (_id, _leaf, args) => {
      const [pid] = opened(args) as [number];
      const limitOf = (of: number | "self"): string | undefined =>
        /^Max data size\s+\S+/m.exec(readFileSync(`/proc/${of}/limits`, "utf8"))?.[0];
      while (limitOf(pid) === limitOf("self")) await new Promise((resolve) => setTimeout(resolve, 10));
      return answered(1);
    };
    // Memory that is mapped and never touched: nobody but the kernel sees it.
    const source = `
      onSettle(() => { try { ok(new Uint8Array(4e9).length) } catch (error) { ok(String(error)) } });
      port.callAsync(1, 1, [process.pid]);`;
    const end = await create().run(script(source), host({ call }));
    expect(end).toMatchObject({ exports: "RangeError: Array buffer allocation failed" });
  });

  const inWorker = (expression: string): Promise<unknown> =>
    create()
      .run(script(`const fs = process.getBuiltinModule("node:fs"); ok(${expression})`), host())
      .then((end) => (end.kind === "ok" ? end.exports : end));

  it("has a bare environment", async () => {
    process.env["ISOBIND_SECRET"] = "x";
    const names = (await inWorker("Object.keys(process.env)")) as string[];
    delete process.env["ISOBIND_SECRET"];
    expect(names).not.toContain("ISOBIND_SECRET");
    expect(names).not.toContain("PATH");
    expect(names).not.toContain("NODE_OPTIONS");
    expect(await inWorker("process.cwd()")).toBe("/");
  });

  it("may not write files or start processes", async () => {
    const refused = (call: string): Promise<unknown> =>
      inWorker(`(() => { try { ${call}; return "done" } catch (error) { return error.code } })()`);
    expect(await refused(`fs.writeFileSync("/tmp/isobind-worker", "x")`)).toBe("ERR_ACCESS_DENIED");
    const spawn = `process.getBuiltinModule("node:child_process").spawnSync("/bin/true")`;
    expect(await refused(spawn)).toBe("ERR_ACCESS_DENIED");
  });

  it.runIf(process.platform === "linux")("has no open descriptor but its pipes and Node's own", async () => {
    const flags = (await inWorker(
      `fs.readdirSync("/proc/self/fd").map(Number).filter((fd) => fd > 4).flatMap((fd) => { try { return [[fd, /flags:\\s*(\\d+)/.exec(fs.readFileSync("/proc/self/fdinfo/" + fd, "utf8"))[1]]] } catch { return [] } })`,
    )) as [number, string][];
    expect(flags.filter(([, flag]) => !(Number.parseInt(flag, 8) & 0o2000000))).toEqual([]);
  });
});
