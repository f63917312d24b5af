/**
 * Workers that cannot be started: the runs concerned are told, the host lives, nothing is left behind, and when the system can start
 * processes again the pool does.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findEngine } from "../../../src/runtime/engine/find.ts";
import { launch, type Launch, unstarted } from "../../../src/runtime/process/launch.ts";
import { resolveOptions, type ProcessOptions } from "../../../src/runtime/process/options.ts";
import { Pool } from "../../../src/runtime/process/pool.ts";
import { createProcessRunner } from "../../../src/runtime/process/runner.ts";
import { WorkerProcess } from "../../../src/runtime/process/worker-process.ts";
import type { HostRun } from "../../../src/runtime/runner.ts";
import type { GuestSetup } from "../../../src/runtime/seam.ts";
import { scripted } from "./workers/scripted-program.ts";

const limits = { memoryMb: 32, cpuMs: 5_000, wallMs: 10_000, payloadBytes: 1 << 20, consoleBytes: 1 << 20 };
const setup: GuestSetup = { leaves: [], namespaces: [], limits };
const never = (): AbortSignal => new AbortController().signal;

let folder = "";
let usual: string | undefined;
beforeEach(() => {
  usual = process.env["TMPDIR"];
  folder = mkdtempSync(join(tmpdir(), "starting-"));
  process.env["TMPDIR"] = folder;
});
const owned: { dispose(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(owned.splice(0).map((one) => one.dispose()));
  if (usual === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = usual;
  rmSync(folder, { recursive: true, force: true });
});

function descriptors(): number {
  return process.platform === "linux" ? readdirSync("/proc/self/fd").length : 0;
}

describe("a program that is none", () => {
  /** What the system says at once, and what it says by an event. */
  const programs: readonly [how: string, execPath: () => string][] = [
    ["is not there", () => join(folder, "missing")],
    ["may not be run", () => file("forbidden", 0o600)],
    ["is a folder", () => folder],
    ["has a name no system takes", () => "no\0de"],
  ];
  function file(name: string, mode: number): string {
    writeFileSync(join(folder, name), "#!/bin/sh\n");
    chmodSync(join(folder, name), mode);
    return join(folder, name);
  }

  it.each(programs)("%s: every run is told, and nothing is left behind", async (_how, execPath) => {
    const options = { concurrency: 1, workers: 2, execPath: execPath() };
    const before = { names: readdirSync(folder), descriptors: descriptors() };
    const runner = createProcessRunner(setup, options, scripted);
    owned.push(runner);
    const script = {
      source: "ok(1)",
      filename: "a.js",
      language: "javascript",
      globals: null,
    } as const;
    const host = { id: "run", signal: never() } as unknown as HostRun;
    const ends = await Promise.all([1, 2, 3].map(() => runner.run(script, host)));
    for (const end of ends) {
      expect(end).toMatchObject({
        kind: "crashed",
        error: {
          code: "ERR_SANDBOX_CRASHED",
          message: expect.stringMatching(
            /^No worker process can be started\. It could not be started: .+\.$/,
          ),
        },
      });
    }
    await runner.dispose();
    expect({ names: readdirSync(folder), descriptors: descriptors() }).toEqual(before);
  });
});

/** A pool whose starts fail as long as the test says so. */
function failing(options: Partial<ProcessOptions> = {}): {
  pool: Pool;
  system: { down: boolean; starts: number };
} {
  const system = { down: true, starts: 0 };
  const start = (...args: Parameters<typeof launch>): Launch => {
    system.starts++;
    if (!system.down) return launch(...args);
    // Without pipes of ours: the double has none to close.
    args[1] = null;
    return { failed: Promise.resolve({ detail: "It could not be started: spawn EAGAIN." }) };
  };
  const resolved = resolveOptions({ concurrency: 1, workers: 2, minIdle: 0, ...options }, scripted);
  const engine = findEngine();
  const pool = new Pool(resolved, { guest: setup, concurrency: 1, module: null, engine }, start);
  owned.push(pool);
  return { pool, system };
}

it("no more workers start at once than there are processors, and all that are needed in the end", async () => {
  const atOnce = Math.max(2, availableParallelism());
  const needed = atOnce + 2;
  const { pool, system } = failing({ workers: needed });
  system.down = false;
  const workers = Array.from({ length: needed }, () => pool.acquire(never()));
  expect(system.starts).toBe(atOnce);
  for (const worker of await Promise.all(workers)) expect(worker).toBeInstanceOf(WorkerProcess);
  expect(system.starts).toBe(needed);
});

describe("a system that starts no process for a while", () => {
  it("is told in one sentence, also in words of the system that are one", () => {
    expect(unstarted("spawn EAGAIN")).toBe("It could not be started: spawn EAGAIN.");
    const restricted = "Access to this API has been restricted.";
    expect(unstarted(restricted)).toBe(`It could not be started: ${restricted}`);
  });

  it("is asked again, and the run never hears of it", async () => {
    const { pool, system } = failing();
    const worker = pool.acquire(never());
    expect(system.starts).toBe(1);
    system.down = false;
    expect(await worker).toBeInstanceOf(WorkerProcess);
    expect(system.starts).toBe(2);
  });

  it("for too long: all who wait are told after a few tries, and later runs try again", async () => {
    const { pool, system } = failing();
    const waiting = await Promise.all(Array.from({ length: 50 }, () => pool.acquire(never())));
    for (const reason of waiting) {
      expect(reason).toMatchObject({ kind: "unstarted", detail: "It could not be started: spawn EAGAIN." });
    }
    expect(system.starts).toBe(4);
    expect(pool.stats).toEqual({ busy: 0, idle: 0, waiting: 0 });
    expect(await pool.acquire(never())).toMatchObject({ kind: "unstarted" });
    expect(system.starts).toBe(5);
    system.down = false;
    expect(await pool.acquire(never())).toBeInstanceOf(WorkerProcess);
  });

  it("while a worker is at work: who waits gets that one", async () => {
    const { pool, system } = failing();
    system.down = false;
    const first = await pool.acquire(never());
    if (!(first instanceof WorkerProcess)) throw new Error(first.detail);
    system.down = true;
    const second = pool.acquire(never());
    // More tries than a run without hope would get.
    while (system.starts < 6) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(pool.stats).toEqual({ busy: 1, idle: 0, waiting: 1 });
    pool.release(first);
    expect(await second).toBe(first);
  });

  it("is not asked for ever when nobody waits", async () => {
    const { pool, system } = failing({ minIdle: 1 });
    const leaver = new AbortController();
    const waiting = pool.acquire(leaver.signal);
    leaver.abort();
    expect(await waiting).toMatchObject({ kind: "aborted" });
    const { starts } = system;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(system.starts).toBe(starts);
  });
});

it.runIf(process.platform === "linux")(
  "a host without a descriptor left lives on, and runs scripts when it has some",
  () => {
    const program = fileURLToPath(new URL("./workers/starved.ts", import.meta.url));
    const { stdout, stderr, status } = spawnSync(
      "/bin/sh",
      ["-c", 'ulimit -n 200 && exec "$0" "$@"', process.execPath, "--no-warnings", program],
      { encoding: "utf8", timeout: 60_000 },
    );
    expect(stderr).toBe("");
    const said = stdout.trim().split("\n");
    expect(said).toEqual(["ok", "crashed ERR_SANDBOX_CRASHED", "crashed ERR_SANDBOX_CRASHED", "ok", "lives"]);
    expect(status).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  },
);
