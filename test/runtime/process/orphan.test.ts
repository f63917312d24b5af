/**
 * No worker outlives its supervisor, however that one ends.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";

const parent = new URL("./workers/parent.ts", import.meta.url);

/** Starts a supervisor whose one worker runs `source`, and waits until it does. */
async function supervisor(
  how: string,
  source: string,
): Promise<{ parent: ChildProcess; worker: number; exited: Promise<unknown[]> }> {
  const child = spawn(process.execPath, ["--no-warnings", parent.pathname, how, source], {
    stdio: ["ignore", "pipe", how === "throw" ? "ignore" : "inherit"],
  });
  // Listened for from the beginning: on a busy machine it may come before what was printed is read.
  const exited = once(child, "exit");
  const [text] = (await once(child.stdout!, "data")) as [Buffer];
  return { parent: child, worker: Number(text.toString()), exited };
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let waited = 0; waited < 60_000 && alive(pid); waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return !alive(pid);
}

/** `S+`, `Z`. */
function stateOf(pid: number): string {
  if (process.platform !== "linux")
    return execFileSync("ps", ["-o", "stat=", "-p", `${pid}`], { encoding: "utf8" });
  return / ([A-Z]) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1] ?? "";
}

/** Dead, buried or not. */
async function ended(pid: number): Promise<boolean> {
  const isDead = (): boolean => !alive(pid) || stateOf(pid).startsWith("Z");
  for (let waited = 0; waited < 60_000 && !isDead(); waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return isDead();
}

it.runIf(process.platform === "linux")(
  "a worker closes what its supervisor passed on without knowing",
  async () => {
    const listed = `
    const fs = process.getBuiltinModule("node:fs");
    const names = fs.readdirSync("/proc/self/fd").filter((name) => Number(name) > 4);
    const inherited = names.filter((name) => {
      try { return !(Number.parseInt(/flags:\\s*(\\d+)/.exec(fs.readFileSync("/proc/self/fdinfo/" + name, "utf8"))[1], 8) & 0o2000000); } catch { return false; }
    });
    port.callSync(1, 0, [" inherited: " + inherited.join()]);
    ok(1);`;
    // Descriptors a process is started with are not marked as private: 7 is passed on to every grandchild.
    const child = spawn(process.execPath, ["--no-warnings", parent.pathname, "idle", listed], {
      stdio: ["ignore", "pipe", "inherit", "ignore", "ignore", "ignore", "ignore", "pipe"],
    });
    let text = "";
    child.stdout!.on("data", (chunk: Buffer) => (text += chunk.toString()));
    await once(child, "close");
    expect(text).toMatch(/ inherited: $/);
  },
);

describe("a worker ends with its supervisor", () => {
  for (const [state, source] of [
    ["waiting for an answer", "port.callAsync(2, 1, [])"],
    ["in an endless loop", "for (;;);"],
    ["blocked where nothing interrupts it", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"],
  ] as const) {
    it(`that is killed, ${state}`, async () => {
      const { parent, worker } = await supervisor("wait", source);
      expect(alive(worker)).toBe(true);
      parent.kill("SIGKILL");
      expect(await gone(worker)).toBe(true);
    });
  }

  it("that is killed, with nothing to do", async () => {
    const { parent, worker } = await supervisor("stay", "ok(1)");
    // Before it rests, while it does, or behind it.
    await new Promise((resolve) => setTimeout(resolve, 600));
    parent.kill("SIGKILL");
    expect(await gone(worker)).toBe(true);
  });

  it("that exits without disposing anything", async () => {
    const { worker, exited } = await supervisor("exit", "for (;;);");
    await exited;
    expect(await gone(worker)).toBe(true);
  });

  it("that dies of an exception", async () => {
    const { worker, exited } = await supervisor("throw", "for (;;);");
    await exited;
    expect(await gone(worker)).toBe(true);
  });

  it.runIf(process.platform === "linux")("that is stuck itself, when its time is up", async () => {
    const { parent, worker } = await supervisor("stuck", "for (;;);");
    // The supervisor cannot even take note of the death: the process stays as a zombie until it can.
    try {
      expect(await ended(worker)).toBe(true);
    } finally {
      parent.kill("SIGKILL");
    }
  });

  for (const [state, source] of [
    ["waiting for an answer", "port.callAsync(2, 1, { value: [] })"],
    ["in an endless loop", "for (;;);"],
  ] as const) {
    it(`that is a thread and is terminated, ${state}`, async () => {
      const thread = new Worker(parent, { argv: ["wait", source], stdout: true, env: { NO_COLOR: "1" } });
      const [text] = (await once(thread.stdout, "data")) as [Buffer];
      const worker = Number(text.toString());
      expect(alive(worker)).toBe(true);
      await thread.terminate();
      // Nobody is left in this process who would take note of the death: a zombie holds neither memory nor a processor.
      expect(await ended(worker)).toBe(true);
    });
  }

  it("and does not keep it alive when nothing runs", async () => {
    const { worker, exited } = await supervisor("idle", "ok(1)");
    expect(await exited).toEqual([0, null]);
    expect(await gone(worker)).toBe(true);
  });
});

it("a worker with another parent than its supervisor ends, whoever still holds the pipes", () => {
  const folder = mkdtempSync(join(tmpdir(), "orphan-"));
  const file = join(folder, "worker.mjs");
  const watch = new URL("../../../src/runtime/process/worker/watch.ts", import.meta.url).href;
  // Its pipes are those of this test, and none of them ends.
  const source = `import { startWatch } from ${JSON.stringify(watch)}; startWatch(0).watches(); for (;;);`;
  writeFileSync(file, source);
  const { signal } = spawnSync(process.execPath, ["--no-warnings", file], { timeout: 60_000 });
  rmSync(folder, { recursive: true });
  expect(signal).toBe("SIGKILL");
});
