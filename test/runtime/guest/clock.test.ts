/** What is left of a run's time, on a machine that has its processors elsewhere and on one that has not. */
import { describe, expect, it } from "vitest";
import { Clock, OutOfTime, type Timed } from "../../../src/runtime/guest/clock.ts";
import { threadCpuMs } from "../../../src/runtime/time.ts";

const limits = { cpuMs: 1_000, wallMs: 60_000 };

interface At extends Timed {
  busyTime: bigint;
}

const here = (): At => ({ busyTime: 5_000_000n, isOnThisThread: true });

describe("a script that waits for a processor", () => {
  it("has used what this thread has at most", () => {
    const isolate = here();
    const before = threadCpuMs();
    const clock = new Clock(isolate, limits, false);
    isolate.busyTime += 30_000_000_000n;
    expect(clock.cpuMs).toBeLessThanOrEqual(threadCpuMs() - before);
    const left = clock.timeLeft();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(limits.cpuMs);
  });

  it("has used what the isolate says where that has a thread of its own", () => {
    const isolate = { ...here(), isOnThisThread: false };
    const clock = new Clock(isolate, limits, false);
    isolate.busyTime += 400_000_000n;
    expect(clock.cpuMs).toBe(400);
    isolate.busyTime += 600_000_000n;
    expect(() => clock.timeLeft()).toThrow(expect.objectContaining({ limit: "cpu" }) as OutOfTime);
  });
});

it("a script of milliseconds has used them, although the system counts those of a thread in larger steps", () => {
  const isolate = here();
  const clock = new Clock(isolate, limits, true);
  isolate.busyTime += 5_000_000n;
  expect(clock.cpuMs).toBe(5);
});

it("what this thread does for others is not the script's", () => {
  const isolate = here();
  const clock = new Clock(isolate, { ...limits, cpuMs: 20 }, true);
  for (const until = threadCpuMs() + 30; threadCpuMs() < until;);
  isolate.busyTime += 15_000_000n;
  expect(clock.cpuMs).toBe(15);
  expect(clock.timeLeft()).toBeGreaterThan(0);
});

it("a script that has used its processor time has none left", () => {
  const isolate = here();
  const clock = new Clock(isolate, { ...limits, cpuMs: 20 }, true);
  for (const until = threadCpuMs() + 30; threadCpuMs() < until;);
  isolate.busyTime += 30_000_000n;
  expect(() => clock.timeLeft()).toThrow(expect.objectContaining({ limit: "cpu" }) as OutOfTime);
});

it("an engine is told the time by the wall alone where somebody watches the processor", () => {
  const isolate = here();
  expect(new Clock(isolate, limits, false).timeLeft()).toBe(limits.cpuMs);
  expect(new Clock(isolate, limits, true).timeLeft()).toBeGreaterThan(limits.cpuMs);
});
