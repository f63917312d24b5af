/**
 * What a worker does when it has nothing to do: it hands back memory, and is watched afterwards as before. And what V8 is told for that while a worker
 * starts, nobody finds in it later.
 */
import { ownFrame } from "../../../src/runtime/process/wire/layout.ts";
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findEngine } from "../../../src/runtime/engine/find.ts";
import { engineFlags, startedFlags, startFlags } from "../../../src/runtime/engine/process.ts";
import { createSandbox } from "../../../src/runtime/index.ts";
import { createProcessRunner, type ProcessRunner } from "../../../src/runtime/process/runner.ts";
import { seesLess } from "../../../src/runtime/process/worker/resident.ts";
import { isWorthRest } from "../../../src/runtime/process/worker/rest.ts";
import { startWatch } from "../../../src/runtime/process/worker/watch.ts";
import { word } from "../../../src/runtime/process/worker/watch-words.ts";
import type { HostRun, RunEnd } from "../../../src/runtime/runner.ts";
import { answered, opened } from "../support/values.ts";
import { scripted } from "./workers/scripted-program.ts";

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "resting-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(process.platform === "linux")("a worker that has had nothing to do for a while", () => {
  const limits = {
    memoryMb: 32,
    cpuMs: 60_000,
    wallMs: 60_000,
    payloadBytes: 1 << 20,
    consoleBytes: 1 << 20,
  };
  let runner: ProcessRunner;
  let pid = 0;
  beforeEach(() => {
    const leaf = { path: ["pid"], mode: "sync", maxPayloadBytes: 1 << 20 } as const;
    const setup = { leaves: [leaf], namespaces: [], limits };
    runner = createProcessRunner(setup, { concurrency: 1, workers: 1 }, scripted);
  });
  afterEach(() => runner.dispose());

  const host: HostRun = {
    id: "run",
    signal: new AbortController().signal,
    call(_id, _leaf, args) {
      [pid] = opened(args) as [number];
      return answered(1);
    },
    console: () => {},
    adopt: () => {},
    settings: {
      limits: { payloadBytes: 1 << 20, calls: 100, concurrency: 1, consoleBytes: 1 << 20 },
      errors: "show",
      validateResults: "off",
    },
  };
  const run = (source: string, more: Partial<HostRun> = {}): Promise<RunEnd> =>
    runner.run({ source, filename: "test.js", language: "javascript", globals: null }, { ...host, ...more });

  const residentMb = (): number =>
    Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

  /** Leaves garbage behind, less than a script may hold, and resolves when it has been handed back. */
  async function leaveAndRest(): Promise<void> {
    let heldMb = 0;
    const source = `const all = Array.from({ length: 450_000 }, (_, at) => ({ at, list: [at] }));
      port.callSync(1, 0, [process.pid]);
      ok(all.length);`;
    const end = await run(source, {
      call(...args) {
        const reply = host.call(...args);
        heldMb = residentMb();
        return reply;
      },
    });
    expect(end.kind).toBe("ok");
    await expect.poll(residentMb, { interval: 50 }).toBeLessThan(heldMb - 30);
    // It is handed back bit by bit.
    for (let before = Infinity; residentMb() < before - 1; await new Promise((done) => setTimeout(done, 200)))
      before = residentMb();
  }

  it("hands back what its scripts have left behind", async () => {
    await leaveAndRest();
    expect(await run("ok(1)")).toMatchObject({ kind: "ok" });
  });

  it("does not let the next script use what was handed back", async () => {
    await leaveAndRest();
    // A script may hold 80 MB. Nothing else ends it before this test is over.
    const end = await run("const held = new Uint8Array(100 << 20).fill(1); for (;;);");
    expect(end).toMatchObject({ kind: "memory", error: { code: "ERR_SANDBOX_MEMORY" } });
  });

  it("is not told to rest once it has a run", async () => {
    const end = await run("onSettle(() => ok(1)); port.callAsync(1, 0, [process.pid]);", {
      // It would have been told half a second after it got ready.
      call: () => new Promise((resolve) => setTimeout(() => resolve(answered(1)), 1_000)),
    });
    expect(end.kind).toBe("ok");
  });

  it("counts for the next run what that one uses", async () => {
    await leaveAndRest();
    const caller = new AbortController();
    const source = `const held = new Uint8Array(40 << 20).fill(1); port.callSync(1, 0, [process.pid]); for (;;);`;
    const end = await run(source, { signal: caller.signal, call: () => (caller.abort(), answered(1)) });
    expect(end.kind).toBe("aborted");
    // Not forty less thirty or more, which it holds no longer.
    expect(end.usage.heapBytes).toBeGreaterThan(20 << 20);
  });
});

it("nothing is handed back where nobody sees that less is held", () => {
  expect(isWorthRest(60_000, 0)).toBe(true);
  expect(isWorthRest(60_000, 58_000)).toBe(false);
  expect(isWorthRest(60_000, 0, () => false)).toBe(false);
  const none = (): number => {
    throw new Error("ENOENT: no such file or directory, uv_resident_set_memory");
  };
  expect([seesLess(), seesLess(none)]).toEqual([true, false]);
});

it("a worker waits until its watchdog watches", () => {
  const file = join(folder, "watches");
  const slow = `
    require("node:fs").writeFileSync(${JSON.stringify(file)}, "");
    const words = new Int32Array(require("node:worker_threads").workerData.shared);
    Atomics.store(words, ${word.watches}, 1);
    Atomics.notify(words, ${word.watches});`;
  startWatch(process.pid, slow).watches();
  expect(existsSync(file)).toBe(true);
});

it("a worker waits until its watchdog has seen the end of a run", () => {
  const file = join(folder, "seen");
  const slow = `
    const words = new Int32Array(require("node:worker_threads").workerData.shared);
    Atomics.store(words, ${word.watches}, 1);
    Atomics.notify(words, ${word.watches});
    for (let run; (run = Atomics.load(words, ${word.run})) < 2;) Atomics.wait(words, ${word.run}, run);
    require("node:fs").writeFileSync(${JSON.stringify(file)}, "");
    Atomics.store(words, ${word.seen}, 2);
    Atomics.notify(words, ${word.seen});`;
  const watch = startWatch(process.pid, slow);
  watch.watches();
  watch.begin({ memoryMb: 32, cpuMs: 1, wallMs: 1, payloadBytes: 1, consoleBytes: 1 }, 0);
  watch.end();
  watch.watches();
  expect(existsSync(file)).toBe(true);
});

it("a worker that rests goes on when its watchdog watches again", () => {
  const file = join(folder, "rested");
  const slow = `
    const words = new Int32Array(require("node:worker_threads").workerData.shared);
    Atomics.store(words, ${word.watches}, 1);
    Atomics.notify(words, ${word.watches});
    while (Atomics.load(words, ${word.rests}) === 0) Atomics.wait(words, ${word.run}, 0);
    require("node:fs").writeFileSync(${JSON.stringify(file)}, "");
    Atomics.store(words, ${word.rested}, 1);
    Atomics.notify(words, ${word.rested});`;
  const watch = startWatch(process.pid, slow);
  watch.watches();
  let isMeanwhile = false;
  watch.rest(() => (isMeanwhile = true));
  expect([existsSync(file), isMeanwhile]).toEqual([true, true]);
});

it("the thread of the watchdog has started before the flags are taken back that it starts with", () => {
  const at = (name: string): string =>
    JSON.stringify(new URL(`../../../src/runtime/${name}`, import.meta.url));
  const program = `
    import { writeSync } from "node:fs";
    import { runInNewContext } from "node:vm";
    import { serve } from ${at("process/worker/serve.ts")};
    const say = (name) => writeSync(1, name + " " + runInNewContext("typeof gc") + "\\n");
    const watch = new Proxy({}, { get: (_, name) => () => name === "watches" && say("watched") });
    await serve(() => (say("isolate"), process.exit()), watch, null);`;
  const limits = { memoryMb: 8, cpuMs: 1, wallMs: 1, payloadBytes: 1, consoleBytes: 1 };
  const guest = { leaves: [], namespaces: [], limits };
  const sent = join(folder, "frames");
  writeFileSync(sent, ownFrame("setup", { guest, concurrency: 1, module: null, engine: findEngine() }));
  const descriptor = openSync(sent, "r");
  const flags = [
    ...engineFlags(process.versions.node),
    "--no-warnings",
    ...startFlags,
    "--input-type=module",
  ];
  const { stdout } = spawnSync(process.execPath, [...flags, "-e", program], {
    stdio: ["ignore", "pipe", "inherit", descriptor, "pipe"],
    encoding: "utf8",
  });
  closeSync(descriptor);
  expect(stdout).toBe("watched function\nisolate undefined\n");
});

it("no script finds the collector that a worker rests with", async () => {
  await using sandbox = await createSandbox({ registry: {}, workers: 1 });
  for (const _ of ["the first isolate", "one that is made later"])
    expect(await sandbox.run("export default typeof gc")).toMatchObject({
      exports: { default: "undefined" },
    });
});

it.runIf(Number.parseInt(process.versions.node, 10) >= 24)(
  "code is optimised again when a worker has started",
  () => {
    const file = join(folder, "hot.mjs");
    const engine = pathToFileURL(join(import.meta.dirname, "../../../src/runtime/engine/process.ts")).href;
    const hot = "function hot(n) { let x = 0; for (let i = 0; i < n; i++) x = (x * 31 + i) | 0; return x; }";
    writeFileSync(
      file,
      `import { setFlagsFromString } from "node:v8";
       import { startedFlags } from ${JSON.stringify(engine)};
       ${hot}
       if (process.argv[2] === "started") for (const flag of startedFlags) setFlagsFromString(flag);
       for (let i = 0; i < 3_000; i++) hot(10_000);`,
    );
    const optimized = (how: string): boolean => {
      const flags = ["--no-warnings", "--trace-opt", ...startFlags];
      const { stdout, status } = spawnSync(process.execPath, [...flags, file, how], { encoding: "utf8" });
      expect(status).toBe(0);
      return /JSFunction hot /.test(stdout);
    };
    expect(startedFlags).toHaveLength(startFlags.length);
    expect(optimized("starting")).toBe(false);
    expect(optimized("started")).toBe(true);
  },
);
