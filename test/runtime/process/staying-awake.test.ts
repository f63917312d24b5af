/**
 * Staying awake for what the other process is about to say: when it is tried, when it ends, what it may cost, and that no wait is ever missed by it.
 */
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { AwakeLoop } from "../../../src/runtime/process/awake-loop.ts";
import { Channel } from "../../../src/runtime/process/channel.ts";
import { openShared } from "../../../src/runtime/process/open-shared.ts";
import type { ProcessRunner } from "../../../src/runtime/process/runner.ts";
import { signalFrame } from "../../../src/runtime/process/wire/layout.ts";
import { AdaptiveWait, type Wait } from "../../../src/runtime/process/wire/adaptive-wait.ts";
import { sharedMark } from "../../../src/runtime/process/wire/mark.ts";
import { SharedMemory } from "../../../src/runtime/process/wire/shared-memory.ts";
import { Pipe } from "../../../src/runtime/process/worker/pipe.ts";
import { run, scriptedRunner } from "./workers/scripted-runs.ts";

const probe = openShared();
if (probe !== null) closeSync(probe);
const isShared = probe !== null;

interface Waited {
  /** How long a wait took, in its way. */
  readonly ms: number;
  /** From its end to the beginning of the next one. */
  readonly betweenMs: number;
}

/** So many waits, one after another; how many of them were awake. */
function waits(
  wait: AdaptiveWait,
  count: number,
  how: (isAwake: boolean, at: number) => Partial<Waited> | number,
): number {
  let awake = 0;
  let clock = 0;
  for (let at = 0; at < count; at++) {
    if (wait.isAwake) awake++;
    const one = how(wait.isAwake, at);
    const { ms = 0, betweenMs = 0.005 } = typeof one === "number" ? { ms: one } : one;
    clock += ms + betweenMs;
    wait.took(ms, clock);
  }
  return awake;
}

describe("an adaptive wait", () => {
  const dear = 0.04;

  it("sleeps at first, tries being awake where waking up is dear, and stays awake while that is faster", () => {
    const wait = new AdaptiveWait(0.02);
    expect(wait.isAwake).toBe(false);
    expect(waits(wait, 8, () => dear)).toBe(0);
    expect(waits(wait, 10_000, () => 0.01)).toBe(10_000);
  });

  it("never tries it where waits are as short as those of two that share a processor", () => {
    expect(waits(new AdaptiveWait(0.02), 10_000, () => 0.01)).toBe(0);
  });

  it("is not misled by a few waits that something else was in the way of", () => {
    expect(waits(new AdaptiveWait(0.02), 10_000, (_, at) => (at % 8 < 3 ? 5 : 0.01))).toBe(0);
  });

  it("sleeps again when calls are not much faster", () => {
    const wait = new AdaptiveWait(0.05);
    expect(waits(wait, 16, (isAwake) => (isAwake ? 0.9 * dear : dear))).toBe(8);
    expect(wait.isAwake).toBe(false);
  });

  it("sleeps again when what waits win is lost beside them", () => {
    const wait = new AdaptiveWait(0.05);
    const how = (isAwake: boolean): Waited =>
      isAwake ? { ms: 0.01, betweenMs: 0.04 } : { ms: dear, betweenMs: 0.01 };
    expect(waits(wait, 16, how)).toBe(8);
    expect(wait.isAwake).toBe(false);
  });

  it("sleeps again at the third wait of a block that is too long to be awake for", () => {
    const wait = new AdaptiveWait(0.02);
    waits(wait, 8, () => dear);
    expect(waits(wait, 8, () => 0.01)).toBe(8);
    expect(waits(wait, 3, () => 0.021)).toBe(3);
    expect(wait.isAwake).toBe(false);
  });

  it("is awake in vain for three waits in 259 at most, however long it goes on", () => {
    const wait = new AdaptiveWait(0.02);
    // A script that computes between its calls for a little longer than anybody stays awake.
    waits(wait, 100_000, () => 0.025);
    expect(waits(wait, 25_900, () => 0.025)).toBeLessThanOrEqual(303);
  });

  it("costs little of 200 waits from the first on", () => {
    expect(waits(new AdaptiveWait(0.02), 200, () => 0.025)).toBeLessThanOrEqual(12);
  });

  it("comes back within some hundred waits when it would pay again", () => {
    const wait = new AdaptiveWait(0.02);
    waits(wait, 100_000, () => 0.025);
    waits(wait, 280, (isAwake) => (isAwake ? 0.01 : dear));
    expect(wait.isAwake).toBe(true);
  });
});

describe("the event loop of a supervisor", () => {
  const loops: AwakeLoop[] = [];
  afterEach(() => {
    for (const loop of loops.splice(0)) loop.running = false;
  });

  /** A loop whose turns and clock are the test's own. */
  function opened(processors = 2, isAwake = true) {
    const turns = { at: 0, queue: [] as (() => void)[] };
    const took: number[] = [];
    const wait: Wait = { windowMs: 0.02, isAwake, took: (ms) => took.push(Math.round(ms * 1e6) / 1e6) };
    const loop = new AwakeLoop(wait, {
      now: () => turns.at,
      setImmediate: (turn) => turns.queue.push(turn),
      processors,
    });
    loop.running = true;
    loops.push(loop);
    /** Turns it until nothing of it is left, 1 µs each. */
    const turn = (most = 1_000): number => {
      let count = 0;
      for (; turns.queue.length > 0 && count < most; count++) {
        turns.at += 0.001;
        for (const one of turns.queue.splice(0)) one();
      }
      return count;
    };
    return { loop, took, turn, turns };
  }

  it("turns until the worker says something, and no longer than its window", () => {
    const { loop, took, turn } = opened();
    loop.answered();
    expect(turn(5)).toBe(5);
    loop.heard();
    expect(turn()).toBe(1);
    expect(took).toEqual([0.005]);
    loop.answered();
    expect(turn()).toBeLessThanOrEqual(21);
    expect(turn()).toBe(0);
  });

  it("does not turn before an answer, nor when there is no run", () => {
    const { loop, turn, turns } = opened();
    loop.heard();
    expect(turns.queue).toEqual([]);
    loop.answered();
    loop.running = false;
    expect(turn()).toBe(1);
    loop.answered();
    expect(turn()).toBe(0);
  });

  it("turns once for each turn, however often it answers", () => {
    const { loop, turns, turn } = opened();
    for (let at = 0; at < 10; at++) loop.answered();
    expect(turns.queue).toHaveLength(1);
    turn(1);
    loop.heard();
    loop.answered();
    expect(turns.queue).toHaveLength(1);
  });

  it("measures waits, and does not turn, while being awake does not pay", () => {
    const { loop, took, turns } = opened(2, false);
    loop.answered();
    turns.at = 7;
    loop.heard();
    expect(turns.queue).toEqual([]);
    expect(took).toEqual([7]);
  });

  it("does not turn where there is one processor", () => {
    const { loop, turns } = opened(1);
    expect(loop.hasRoom).toBe(false);
    loop.answered();
    expect(turns.queue).toEqual([]);
  });

  it("does not turn while more workers are at work than have processors, and stops when one more begins", () => {
    const first = opened();
    first.loop.answered();
    expect(first.turn(2)).toBe(2);
    const second = opened();
    expect(first.turn()).toBe(1);
    second.loop.answered();
    expect(second.turns.queue).toEqual([]);
    second.loop.running = false;
    second.loop.running = false;
    expect(first.loop.hasRoom).toBe(true);
  });
});

describe.runIf(isShared)("what was written to a pipe", () => {
  let file: number;
  beforeEach(() => (file = openShared()!));
  afterEach(() => closeSync(file));
  const sides = (): readonly [SharedMemory, SharedMemory] => [
    new SharedMemory(file, "worker"),
    new SharedMemory(file, "supervisor"),
  ];

  it("is told in bytes, also past 2³²", () => {
    const [worker, supervisor] = sides();
    expect(worker.hasWritten(0)).toBe(false);
    supervisor.tellWritten(2 ** 32 - 10);
    expect(worker.hasWritten(2 ** 32 - 20)).toBe(true);
    expect(worker.hasWritten(2 ** 32 - 10)).toBe(false);
    supervisor.tellWritten(2 ** 32 + 20);
    expect(worker.hasWritten(2 ** 32 - 10)).toBe(true);
    expect(worker.hasWritten(2 ** 32 + 20)).toBe(false);
  });

  it("is nothing new in a file that was emptied", () => {
    const [worker, supervisor] = sides();
    supervisor.tellWritten(100);
    expect(worker.hasWritten(50)).toBe(true);
    supervisor.empty();
    expect(worker.hasWritten(50)).toBe(false);
  });

  it("lies beside frames, which leave it alone", () => {
    const [worker, supervisor] = sides();
    const frame = Buffer.alloc(100_000, 255);
    supervisor.tellWritten(7);
    supervisor.put(frame);
    expect([worker.hasWritten(6), worker.hasWritten(7)]).toEqual([true, false]);
    const taken = Buffer.alloc(frame.length);
    worker.take(taken);
    expect(taken.equals(frame)).toBe(true);
    expect(worker.hasWritten(6)).toBe(true);
  });

  it("is not told, and not heard, when the file cannot be used", () => {
    const [worker, supervisor] = [new SharedMemory(-1, "worker"), new SharedMemory(-1, "supervisor")];
    supervisor.tellWritten(7);
    expect(worker.hasWritten(0)).toBe(false);
  });

  /**
   * Every order in which a supervisor can write three answers and tell of them, while a worker looks and reads, and somebody empties the file:
   * who was told to read finds something, so that no read waits for what has come already, and no answer is left behind.
   */
  it("is never told of what a read would have to wait for, in any order", () => {
    const answers = [20, 30, 40];
    let orders = 0;
    const go = (written: number, told: number, read: number, isEmptied: boolean): void => {
      orders++;
      const sum = (count: number): number => answers.slice(0, count).reduce((all, one) => all + one, 0);
      const [worker, supervisor] = sides();
      supervisor.empty();
      if (told > 0 && !isEmptied) supervisor.tellWritten(sum(told));
      if (worker.hasWritten(sum(read))) expect(written).toBeGreaterThan(read);
      // What the worker reads takes all that is there, whether it was told or has slept in the read.
      if (written > read) go(written, told, written, isEmptied);
      if (written < answers.length && told === written) go(written + 1, told, read, isEmptied);
      if (told < written) go(written, told + 1, read, false);
      if (!isEmptied && told > 0) go(written, told, read, true);
    };
    go(0, 0, 0, false);
    expect(orders).toBeGreaterThan(50);
  });
});

// On one processor nobody stays awake.
describe.runIf(isShared && availableParallelism() > 1)("a channel", () => {
  it("tells a worker that is awake, behind what it has written, and no other", () => {
    const shared = openShared()!;
    const heard: string[] = [];
    const worker = new SharedMemory(shared, "worker");
    let bytes = 0;
    const toWorker = new Writable({
      write(chunk: Buffer, _encoding, done) {
        // Not before the pipe has it.
        heard.push(worker.hasWritten(bytes) ? "told" : "untold");
        bytes += chunk.length;
        done();
      },
    });
    const ways = { fromWorker: new Socket(), toWorker: toWorker as Socket, shared };
    const channel = new Channel(ways, 1024, { frame: () => {}, malformed: () => {} });
    channel.running = true;
    channel.answer(Buffer.alloc(10));
    expect(worker.hasWritten(0)).toBe(false);
    channel.isAwake = true;
    channel.answer(Buffer.alloc(10));
    expect([worker.hasWritten(19), worker.hasWritten(20)]).toEqual([true, false]);
    channel.running = false;
    channel.running = true;
    channel.answer(Buffer.alloc(10));
    expect(worker.hasWritten(20)).toBe(false);
    expect(heard).toEqual(["untold", "untold", "untold"]);
    channel.close();
  });

  it("tells nobody while more workers are at work than have processors, and is no longer one of them when it is closed", () => {
    const others = Array.from({ length: availableParallelism() }, () => new AwakeLoop());
    const shared = openShared()!;
    const worker = new SharedMemory(shared, "worker");
    const toWorker = new Writable({ write: (_chunk, _encoding, done) => done() });
    const ways = { fromWorker: new Socket(), toWorker: toWorker as Socket, shared };
    const channel = new Channel(ways, 1024, { frame: () => {}, malformed: () => {} });
    const [first, ...rest] = others;
    for (const other of rest) other.running = true;
    channel.running = channel.isAwake = true;
    expect(first!.hasRoom).toBe(false);
    channel.answer(Buffer.alloc(10));
    expect(worker.hasWritten(0)).toBe(false);
    channel.close();
    expect(first!.hasRoom).toBe(true);
    for (const other of rest) other.running = false;
  });
});

describe("a pipe without shared memory", () => {
  it("is never awake: nothing would tell it that an answer has come", () => {
    const wait: Wait = { windowMs: 1, isAwake: true, took() {} };
    expect(new Pipe(wait, { waits() {}, goesOn() {}, stayedAwake() {} }).isAwake).toBe(false);
  });
});

describe("the watchdog of a worker", () => {
  const watch = pathToFileURL(join(import.meta.dirname, "../../../src/runtime/process/worker/watch.ts")).href;

  const folder = mkdtempSync(join(tmpdir(), "isobind-awake-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Uses 1,500 ms of processor time in a run that may have 300, and says how much of it was waiting. */
  function ended(waiting: boolean): string {
    const source = `
      import { startWatch } from ${JSON.stringify(watch)};
      const watch = startWatch(process.ppid);
      const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1_000; };
      watch.watches();
      // Its counter is about to start over.
      watch.stayedAwake((2 ** 31 - 1) / 1_000);
      watch.begin({ memoryMb: 1_000, wallMs: 600_000, cpuMs: 300 }, 0);
      for (let at = used(), until = at + 1_500; at < until;) {
        const before = at;
        while (at < before + 5) at = used();
        if (${waiting}) watch.stayedAwake(at - before);
      }
      console.log("went on");
      process.exit();`;
    const file = join(folder, `${waiting}.mjs`);
    writeFileSync(file, source);
    return spawnSync(process.execPath, ["--no-warnings", file], { encoding: "utf8" }).stdout.trim();
  }

  it("does not count what the main thread uses while it waits", () => {
    expect([ended(false), ended(true)]).toEqual(["", "went on"]);
  });

  it.runIf(isShared)(
    "is told of no more waiting than a wait may be awake, however long the system has others run meanwhile",
    () => {
      const pipe = pathToFileURL(
        join(import.meta.dirname, "../../../src/runtime/process/worker/pipe.ts"),
      ).href;
      // Between two looks at the clock ten milliseconds go by, in which this thread had no processor.
      const source = `
      let at = 0;
      process.hrtime.bigint = () => BigInt((at += 10) * 1e6);
      const { Pipe } = await import(${JSON.stringify(pipe)});
      const told = [];
      new Pipe({ windowMs: 0.05, isAwake: true, took() {} }, { waits() {}, goesOn() {}, stayedAwake: (ms) => told.push(ms) }).readSoon();
      console.log(JSON.stringify(told));`;
      const program = join(folder, "preempted.mjs");
      const answers = join(folder, "answers");
      writeFileSync(program, source);
      writeFileSync(answers, signalFrame("rest"));
      const [fromSupervisor, shared] = [openSync(answers, "r"), openShared()!];
      const { stdout } = spawnSync(
        process.execPath,
        ["--no-warnings", program, `${process.pid}`, sharedMark],
        {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "inherit", fromSupervisor, "ignore", shared],
        },
      );
      for (const one of [fromSupervisor, shared]) closeSync(one);
      expect(JSON.parse(stdout)).toEqual([0.05]);
    },
  );
});

describe("a worker that is awake in every wait", () => {
  const runners: ProcessRunner[] = [];
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.dispose()));
  });

  it("hears every answer, whatever calls follow one another", async () => {
    const runner = scriptedRunner();
    runners.push(runner);
    const source = `
      const long = "0123456789abcdef".repeat(8192);
      let id = 0, seen = 0;
      const all = 3000;
      const settled = new Set();
      onSettle((of, reply) => {
        settled.add(of);
        if (reply.value !== of) throw new Error("another answer");
        if (settled.size === 600) ok([seen, settled.size]);
      });
      for (let at = 0; at < all; at++) {
        const value = at % 100 === 0 ? long + at : at;
        if (port.callSync(++id, 0, [value]).value === value) seen++;
        if (at % 5 === 0) port.callAsync(++id, 0, [id]);
      }`;
    expect(await run(runner, source)).toMatchObject({ exports: [3000, 600] });
  });
});
