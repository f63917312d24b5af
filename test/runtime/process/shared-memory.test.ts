/**
 * The memory that supervisor and worker share: what goes through it, what does not, who may write how much, and what is left of it.
 */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Channel } from "../../../src/runtime/process/channel.ts";
import type { PipePair } from "../../../src/runtime/process/kernel-pipes.ts";
import { launch } from "../../../src/runtime/process/launch.ts";
import { openShared } from "../../../src/runtime/process/open-shared.ts";
import { resolveOptions } from "../../../src/runtime/process/options.ts";
import type { ProcessRunner } from "../../../src/runtime/process/runner.ts";
import { MalformedFrame } from "../../../src/runtime/process/wire/malformed.ts";
import { FrameReader } from "../../../src/runtime/process/wire/reader.ts";
import { SharedMemory, sharedBytes } from "../../../src/runtime/process/wire/shared-memory.ts";
import type { HostRun } from "../../../src/runtime/runner.ts";
import { scripted } from "./workers/scripted-program.ts";
import { echo, run, scriptedRunner } from "./workers/scripted-runs.ts";

const probe = openShared();
if (probe !== null) closeSync(probe);
const isShared = probe !== null;

/** The descriptors of files without a name in memory that a process has open. */
function held(pid: number | "self"): number[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
    try {
      return /^\/dev\/shm\/.*\(deleted\)$/.test(readlinkSync(`/proc/${pid}/fd/${name}`))
        ? [Number(name)]
        : [];
    } catch {
      return []; // The descriptor of the listing itself.
    }
  });
}

/** A frame of `length` bytes, its length field included. */
function frameOf(length: number): Buffer {
  const frame = Buffer.alloc(length, 7);
  frame.writeUInt32LE(length - 4);
  return frame;
}

/** The length of a frame that lies in the memory. */
function told(length: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(0x8000_0000 + length);
  return bytes;
}

describe.runIf(isShared)("frames in shared memory", () => {
  let file: number;
  beforeEach(() => (file = openShared()!));
  afterEach(() => closeSync(file));
  const sides = (): readonly [SharedMemory, SharedMemory] => [
    new SharedMemory(file, "worker"),
    new SharedMemory(file, "supervisor"),
  ];

  it("are told by their length, and read in both directions at once", () => {
    const [worker, supervisor] = sides();
    const [up, down] = [frameOf(100_000), frameOf(300_000)];
    const [toldUp, toldDown] = [worker.put(up), supervisor.put(down)];
    expect([toldUp, toldDown]).toEqual([told(up.length), told(down.length)]);
    const atSupervisor = new FrameReader(1 << 20, supervisor);
    const atWorker = new FrameReader(1 << 20, worker);
    atSupervisor.push(Buffer.concat([toldUp, frameOf(50)]));
    atWorker.push(toldDown);
    expect(up.equals(atSupervisor.next()!)).toBe(true);
    expect(atSupervisor.next()).toEqual(frameOf(50));
    expect(atSupervisor.next()).toBeNull();
    expect(down.equals(atWorker.next()!)).toBe(true);
  });

  it("are found when their length comes in pieces", () => {
    const [worker, supervisor] = sides();
    const frame = frameOf(100_000);
    const reader = new FrameReader(1 << 20, supervisor);
    const bytes = Buffer.concat([worker.put(frame), frameOf(50)]);
    reader.push(bytes.subarray(0, 3));
    expect(reader.next()).toBeNull();
    reader.push(bytes.subarray(3));
    expect(frame.equals(reader.next()!)).toBe(true);
    expect(reader.next()).toEqual(frameOf(50));
  });

  it("are copied: what is changed there later changes no frame", () => {
    const [worker, supervisor] = sides();
    const reader = new FrameReader(1 << 20, supervisor);
    reader.push(worker.put(frameOf(100_000)));
    const frame = reader.next()!;
    expect(worker.put(Buffer.alloc(100_000, 9))).toEqual(told(100_000));
    expect(frame.equals(frameOf(100_000))).toBe(true);
  });

  it.each([
    ["is longer than it may be", 2000, /over the limit/],
    ["has no bytes", 0, /no bytes/],
    ["has no more than a length", 4, /no bytes/],
    ["is not there", 900, /not where it should be/],
  ])("are refused when one %s", (_how, length, reason) => {
    const [, supervisor] = sides();
    const reader = new FrameReader(1024, supervisor);
    reader.push(told(length));
    expect(() => reader.next()).toThrow(MalformedFrame);
    const again = new FrameReader(1024, supervisor);
    again.push(told(length));
    expect(() => again.next()).toThrow(reason);
  });

  it("are refused when the file cannot be used any more", () => {
    const [worker] = sides();
    const length = worker.put(frameOf(100_000));
    const readOnly = openSync(`/proc/self/fd/${file}`, constants.O_RDONLY);
    const reader = new FrameReader(1 << 20, new SharedMemory(readOnly, "supervisor"));
    reader.push(length);
    expect(() => reader.next()).toThrow(MalformedFrame);
    closeSync(readOnly);
  });

  it("are no frames for who shares no memory", () => {
    const reader = new FrameReader(1 << 20);
    reader.push(told(100_000));
    expect(() => reader.next()).toThrow(/over the limit/);
  });

  it("stay out of it while the last one was not taken", () => {
    const [worker, supervisor] = sides();
    const first = worker.put(frameOf(100_000));
    const second = frameOf(200_000);
    expect(worker.put(second)).toBe(second);
    const reader = new FrameReader(1 << 20, supervisor);
    reader.push(first);
    expect(reader.next()!.equals(frameOf(100_000))).toBe(true);
    expect(worker.put(second)).toEqual(told(second.length));
    reader.push(told(second.length));
    expect(reader.next()!.equals(second)).toBe(true);
  });

  it("stay out of it when they fit into a pipe, or not into their half", () => {
    const [worker] = sides();
    for (const frame of [frameOf(64 * 1024), frameOf(sharedBytes / 2 - 7)])
      expect(worker.put(frame)).toBe(frame);
    expect(fstatSync(file).size).toBe(0);
  });
});

it.runIf(process.platform === "linux")("a frame goes through the pipe when no memory is left", () => {
  const full = openSync("/dev/full", constants.O_RDWR);
  const frame = frameOf(100_000);
  expect(new SharedMemory(full, "worker").put(frame)).toBe(frame);
  closeSync(full);
});

describe.runIf(isShared)("memory that cannot be emptied", () => {
  it("ends the worker it is shared with, and throws nothing at who ends a run", () => {
    const file = openShared()!;
    const shared = openSync(`/proc/self/fd/${file}`, constants.O_RDONLY);
    closeSync(file);
    const said: string[] = [];
    const channel = new Channel({ fromWorker: new Socket(), toWorker: new Socket(), shared }, 1024, {
      frame: () => {},
      malformed: (reason) => {
        said.push(reason);
        channel.close();
      },
    });
    channel.forget();
    channel.forget();
    expect(said).toEqual(["shared memory that cannot be emptied"]);
    expect(() => fstatSync(shared)).toThrow("EBADF");
  });
});

it.runIf(isShared)("a file that gets the number of a descriptor which is closed is left alone", () => {
  const shared = openShared()!;
  const ways = { fromWorker: new Socket(), toWorker: new Socket(), shared };
  const channel = new Channel(ways, 1024, { frame: () => {}, malformed: () => {} });
  channel.close();
  const others: number[] = [];
  while (!others.includes(shared) && others.length < 1000) others.push(openShared()!);
  expect(others).toContain(shared);
  writeSync(shared, "of somebody else");
  channel.forget();
  expect(fstatSync(shared).size).toBeGreaterThan(0);
  others.forEach(closeSync);
});

describe.runIf(isShared)("the file of it", () => {
  it("has no name", () => {
    const before = readdirSync("/dev/shm");
    const file = openShared()!;
    expect(fstatSync(file).nlink).toBe(0);
    expect(readdirSync("/dev/shm").filter((name) => !before.includes(name) && name.startsWith("#"))).toEqual(
      [],
    );
    closeSync(file);
  });

  it("is none where files lie on a disk, or nowhere, or where nothing bounds it", () => {
    const onDisk = [import.meta.dirname, "/var/tmp", "/proc"].filter(
      (at) => statfsSync(at).type !== 0x01021994,
    );
    for (const at of onDisk) expect(openShared(at)).toBeNull();
    expect(openShared("/dev/shm", "/dev/shm/no-such-program")).toBeNull();
    const folder = mkdtempSync("/dev/shm/isobind-test-");
    rmSync(folder, { recursive: true });
    expect(openShared(folder)).toBeNull();
    expect(openShared(join(folder, "missing"))).toBeNull();
  });
});

describe.runIf(isShared)("a worker that is started", () => {
  const options = resolveOptions({ concurrency: 1, workers: 1 }, scripted);

  it("leaves no memory behind when it cannot be talked to", async () => {
    const before = held("self").length;
    // No pipe, and nothing else that a socket can be made of.
    const file = (): number => openSync("/dev/null", constants.O_RDWR);
    const ends = (): PipePair["toWorker"] => ({ read: file(), write: file() });
    const launched = launch(options, { toWorker: ends(), fromWorker: ends() });
    if (!("failed" in launched)) throw new Error("It was started.");
    await launched.failed;
    expect(held("self")).toHaveLength(before);
  });

  it("shares none when it has the host functions itself", () => {
    const launched = launch({ ...options, module: "file:///no-such-module.js" }, null);
    if ("failed" in launched) throw new Error("It was not started.");
    launched.child.kill("SIGKILL");
    expect(launched.shared).toBeNull();
  });
});

describe.runIf(isShared)("a worker with shared memory", () => {
  const runners: ProcessRunner[] = [];
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.dispose()));
  });
  const create = (): ProcessRunner => {
    const runner = scriptedRunner();
    runners.push(runner);
    return runner;
  };

  const bytesHeld = (): number => held("self").reduce((sum, file) => sum + fstatSync(file).size, 0);
  const pidOf = async (runner: ProcessRunner): Promise<number> => {
    const end = await run(runner, "ok(process.pid)");
    if (end.kind !== "ok") throw new Error(end.error.message);
    return end.exports as number;
  };

  it("sends and gets long values through it, and has given it back when its run ends", async () => {
    const runner = create();
    let during = 0;
    const call: HostRun["call"] = (...args) => {
      during = bytesHeld();
      return echo(...args);
    };
    const source = `
      const sent = "0123456789abcdef".repeat(65536);
      const first = port.callSync(1, 0, [sent]).value === sent;
      const second = port.callSync(2, 0, ["z" + sent]).value === "z" + sent;
      ok([first, second]);`;
    expect(await run(runner, source, call)).toMatchObject({ exports: [true, true] });
    expect(during).toBeGreaterThan(1 << 20);
    expect(bytesHeld()).toBe(0);
  });

  it("has it as its fifth descriptor, may make it no longer than it is meant to be, and leaves none behind", async () => {
    const before = held("self").length;
    const runner = create();
    const pid = await pidOf(runner);
    expect(held(pid)).toEqual([5]);
    expect(held("self")).toHaveLength(before + 1);
    // A program sets the limit beside the first run.
    const limit = (): string | undefined =>
      /^Max file size\s+(\S+)\s+(\S+)/m
        .exec(readFileSync(`/proc/${pid}/limits`, "utf8"))
        ?.slice(1)
        .join();
    while (limit() !== `${sharedBytes},${sharedBytes}`) await new Promise((done) => setTimeout(done, 10));
    await runner.dispose();
    expect(held("self")).toHaveLength(before);
  });

  it("that tells of a frame which is not there has ended its own run, and the next run gets a worker", async () => {
    const runner = create();
    const lie = `raw(new Uint8Array([${[...told(100_000)].join()}])); port.callSync(1, 0, [1]);`;
    expect(await run(runner, lie)).toMatchObject({
      kind: "crashed",
      error: { message: expect.stringContaining("not where it should be") as string },
    });
    expect(await run(runner, "ok(1)")).toMatchObject({ kind: "ok" });
  });

  it("that is killed while its memory is full leaves none behind", async () => {
    const before = held("self").length;
    const runner = create();
    const source = `
      port.callSync(1, 0, ["x".repeat(1 << 20)]);
      process.kill(process.pid, "SIGKILL");`;
    expect(await run(runner, source)).toMatchObject({ kind: "crashed" });
    await runner.dispose();
    expect(held("self")).toHaveLength(before);
  });
});
