/**
 * The pipes between supervisor and worker: who holds which end, what is left behind, and the sockets in their place.
 */
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KernelPipes, type PipePair } from "../../../src/runtime/process/kernel-pipes.ts";
import type { ProcessRunner } from "../../../src/runtime/process/runner.ts";
import { endFrame } from "../../../src/runtime/process/wire/worker-frames.ts";
import type { HostRun } from "../../../src/runtime/runner.ts";
import { answered, messageOf, opened } from "../support/values.ts";
import { echo, run, scriptedRunner } from "./workers/scripted-runs.ts";

const makesPipes = process.platform === "linux" && existsSync("/usr/bin/mkfifo");
/** Where this test's pipes are made: the temporary folder of everyone else is nobody's business. */
let folder: string;
let usual: string | undefined;
beforeEach(() => {
  usual = process.env["TMPDIR"];
  folder = mkdtempSync(join(tmpdir(), "pipes-"));
  process.env["TMPDIR"] = folder;
});
const runners: ProcessRunner[] = [];
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.dispose()));
  if (usual === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = usual;
  rmSync(folder, { recursive: true, force: true });
});

const openMode = (flags: number): "read" | "write" | "both" =>
  (["read", "write", "both"] as const)[flags & 3]!;
const nonBlocking = 0o4000;

interface Held {
  readonly descriptor: number;
  readonly inode: number;
  readonly mode: "read" | "write" | "both";
  readonly blocks: boolean;
}

/** The pipes of this test that a process has open. */
function held(pid: number | "self" = "self"): Held[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
    try {
      if (!readlinkSync(`/proc/${pid}/fd/${name}`).startsWith(folder)) return [];
      const info = readFileSync(`/proc/${pid}/fdinfo/${name}`, "utf8");
      const flags = Number.parseInt(/^flags:\s*(\d+)/m.exec(info)![1]!, 8);
      const inode = statSync(`/proc/${pid}/fd/${name}`).ino;
      return [{ descriptor: Number(name), inode, mode: openMode(flags), blocks: !(flags & nonBlocking) }];
    } catch {
      return []; // The descriptor of the listing itself.
    }
  });
}

function create(): ProcessRunner {
  const runner = scriptedRunner();
  runners.push(runner);
  return runner;
}

describe.runIf(makesPipes)("a pair of pipes", () => {
  const closeAll = ({ toWorker, fromWorker }: PipePair): void => {
    for (const end of [toWorker.read, toWorker.write, fromWorker.read, fromWorker.write]) closeSync(end);
  };

  it("carries bytes, ends when its writer is closed, and blocks on the worker's side alone", () => {
    const pipes = new KernelPipes();
    const pair = pipes.take();
    if (!pair) throw new Error("no pipes");
    const of = (descriptor: number): Held | undefined => held().find((one) => one.descriptor === descriptor);
    expect(of(pair.toWorker.read)).toMatchObject({ mode: "read", blocks: true });
    expect(of(pair.toWorker.write)).toMatchObject({ mode: "write", blocks: false });
    expect(of(pair.fromWorker.read)).toMatchObject({ mode: "read", blocks: false });
    expect(of(pair.fromWorker.write)).toMatchObject({ mode: "write", blocks: true });
    const chunk = Buffer.alloc(10);
    for (const { read, write } of [pair.toWorker, pair.fromWorker]) {
      writeSync(write, "hello");
      expect(readSync(read, chunk)).toBe(5);
      closeSync(write);
      expect(readSync(read, chunk)).toBe(0);
      closeSync(read);
    }
    pipes.dispose();
  });

  it("has no name any more, is nobody else's, and those nobody took are closed", () => {
    const pipes = new KernelPipes();
    const pairs = Array.from({ length: 6 }, () => pipes.take()!);
    expect(readdirSync(folder)).toEqual([]);
    expect(new Set(held().map(({ inode }) => inode)).size).toBe(held().length / 2);
    expect(new Set(pairs.flatMap(({ toWorker, fromWorker }) => [toWorker.read, fromWorker.read])).size).toBe(
      12,
    );
    for (const { inode } of held()) expect(held().filter((one) => one.inode === inode)).toHaveLength(2);
    pairs.forEach(closeAll);
    pipes.dispose();
    expect(held()).toEqual([]);
  });

  it.each([
    ["the program is missing", () => "/usr/bin/no-such-program"],
    ["the program fails", () => "/bin/false"],
    ["the program makes fewer than it should", () => partial()],
    [
      "there is no temporary folder",
      () => {
        process.env["TMPDIR"] = join(folder, "missing");
        return undefined;
      },
    ],
  ])("is none when %s, and nothing is left behind", (_how, arrange) => {
    const program = arrange();
    const before = readdirSync(folder);
    expect(new KernelPipes(program).take()).toBeNull();
    expect(readdirSync(folder)).toEqual(before);
    expect(held()).toEqual([]);
  });

  /** Says that it did, and made only the first three. */
  function partial(): string {
    const program = join(folder, "mkfifo");
    writeFileSync(program, `#!/bin/sh\nexec /usr/bin/mkfifo "$1" "$2" "$3" "$4" "$5"\n`);
    chmodSync(program, 0o700);
    return program;
  }
});

describe.runIf(makesPipes)("a worker with pipes", () => {
  it("holds its two ends and no other, and its supervisor the other two", async () => {
    const runner = create();
    const end = await run(runner, "ok(process.pid)");
    if (end.kind !== "ok") throw new Error(end.error.message);
    const theirs = held(end.exports as number);
    expect(theirs.map(({ descriptor, mode, blocks }) => [descriptor, mode, blocks])).toEqual([
      [3, "read", true],
      [4, "write", true],
    ]);
    const ours = theirs.map(({ inode }) => held().filter((one) => one.inode === inode));
    expect(ours.map((ends) => ends.map(({ mode, blocks }) => [mode, blocks]))).toEqual([
      [["write", false]],
      [["read", false]],
    ]);
    expect(readdirSync(folder)).toEqual([]);
    await runner.dispose();
    expect(held()).toEqual([]);
  });

  it("that is killed leaves no end open, and the next one gets pipes of its own", async () => {
    const runner = create();
    const killed = "process.kill(process.pid, 'SIGKILL')";
    for (let i = 0; i < 6; i++) expect(await run(runner, killed)).toMatchObject({ kind: "crashed" });
    await run(runner, "ok(1)");
    // One worker's two ends, and pairs of which both ends wait for the next ones.
    const counts = Object.values(Object.groupBy(held(), ({ inode }) => inode)).map((ends) => ends?.length);
    expect(counts.filter((count) => count === 1)).toHaveLength(2);
    expect(counts.every((count) => count === 1 || count === 2)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.each([
  ["pipes", makesPipes],
  ["sockets", true],
])("frames through %s", (kind, possible) => {
  beforeEach(() => {
    if (kind === "sockets") process.env["TMPDIR"] = join(folder, "missing");
  });

  it.runIf(possible && process.platform === "linux")("is what the worker has", async () => {
    const both = `ok([3, 4].map((end) => process.getBuiltinModule("node:fs").fstatSync(end).isFIFO()))`;
    const fifo = kind === "pipes";
    expect(await run(create(), both)).toMatchObject({ exports: [fifo, fifo] });
  });

  it.runIf(possible)("cross whole when they are larger than any pipe, in both directions", async () => {
    const source = `
      const sent = "0123456789abcdef".repeat(5 * 65536);
      const echoed = port.callSync(1, 0, [sent]).value;
      ok([echoed.length, echoed === sent, echoed]);`;
    const end = await run(create(), source);
    expect(end).toMatchObject({ exports: [5 << 20, true, "0123456789abcdef".repeat(5 * 65536)] });
  });

  it.runIf(possible)("cross while both sides send more than a pipe holds", async () => {
    const source = `
      const text = "y".repeat(300_000);
      let left = 20, right = 0;
      onSettle((id, reply) => { if (reply.value === text + id) right++; if (--left === 0) ok(right); });
      for (let id = 1; id <= 20; id++) port.callAsync(id, 0, [text, id]);`;
    const later: HostRun["call"] = async (_id, _leaf, args) => {
      const [text, id] = opened(args) as [string, number];
      return answered(text + String(id));
    };
    expect(await run(create(), source, later)).toMatchObject({ exports: 20 });
  });

  it.runIf(possible)("are heard although the worker died right after them", async () => {
    const runner = create();
    const frame = endFrame(1, { kind: "ok", exports: messageOf(1), usage: { cpuMs: 0, heapBytes: 0 } });
    const source = `
      for (let i = 0; i < 4; i++) port.console("log", "x".repeat(10_000));
      raw(new Uint8Array([${[...frame].join()}]));
      process.kill(process.pid, "SIGKILL");`;
    // Slow enough that its end is known while most of its words are still to be handled.
    const slowly = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    expect(await run(runner, source, echo, slowly)).toMatchObject({ kind: "ok", exports: 1 });
  });

  it.runIf(possible)("end at once when the worker is killed in the middle of one", async () => {
    const runner = create();
    const source = `
      const start = new Uint8Array(100_000);
      new DataView(start.buffer).setUint32(0, 2_000_000, true);
      raw(start);
      process.kill(process.pid, "SIGKILL");`;
    expect(await run(runner, source)).toMatchObject({
      kind: "crashed",
      error: { message: expect.stringContaining("SIGKILL") as string },
    });
    expect(await run(runner, "ok(1)")).toMatchObject({ kind: "ok" });
  });
});
