/**
 * Whoever waits for the end of a job hears of it, whenever the event comes: before the store is asked, while its answer is on its way, and never. What the store answers is held here until the
 * test says it, and the clock stands still: an end that has to wait for the next time it is asked would never come.
 */
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { endOfJob, type Asked } from "../../src/queue/end-of-job.ts";
import { keepOutcome } from "../../src/queue/outcome.ts";
import type { RunStats } from "../../src/runtime/index.ts";

const kept = keepOutcome({ status: "ok", exports: { default: 7n }, stats: {} as RunStats } as Parameters<
  typeof keepOutcome
>[0]);
const done = { state: "done", outcome: { status: "ok", exports: { default: 7n } } };

let events: EventEmitter;
let asked: PromiseWithResolvers<readonly [number, string?]>[];
const queue = {
  getBackend: () => ({
    isFinished: () => {
      const answer = Promise.withResolvers<readonly [number, string?]>();
      asked.push(answer);
      return answer.promise;
    },
  }),
} as unknown as Asked;

beforeEach(() => {
  // A turn of the event loop stays one.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  events = new EventEmitter();
  asked = [];
});
afterEach(() => {
  vi.useRealTimers();
  expect(events.eventNames()).toEqual([]);
});

it("takes the outcome from the event, and does not ask for it again", async () => {
  const end = endOfJob(queue, events, "one", 60_000);
  asked[0]!.resolve([0]);
  await vi.advanceTimersByTimeAsync(0);
  events.emit("completed:other", { returnvalue: kept });
  events.emit("completed:one", { returnvalue: kept });
  expect(await end).toMatchObject(done);
  expect(asked.length).toBe(1);
});

it("hears an end that comes while the answer is on its way, and does not wait for it", async () => {
  const end = endOfJob(queue, events, "one", 60_000);
  events.emit("completed:one", { returnvalue: kept });
  expect(await end).toMatchObject(done);
});

it("rejects with what is wrong with an outcome that cannot be read, and throws nothing at who tells of it", async () => {
  const end = endOfJob(queue, events, "one", 60_000);
  const rejected = expect(end).rejects.toThrow("it is cut short");
  for (const returnvalue of [{ ...kept, value: kept.value.slice(0, 8) }, null])
    expect(() => events.emit("completed:one", { returnvalue })).not.toThrow();
  await rejected;
});

it("asks again at once when it is parked while the answer is on its way, and while it waits", async () => {
  const end = endOfJob(queue, events, "one", 60_000);
  events.emit("failed:one", { failedReason: "an old one: somebody has tried it again" });
  asked[0]!.resolve([0]);
  await vi.advanceTimersByTimeAsync(0);
  asked[1]!.resolve([0]);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked.length).toBe(2);
  events.emit("failed:one", { failedReason: "in doubt" });
  await vi.advanceTimersByTimeAsync(0);
  asked[2]!.resolve([2, "in doubt"]);
  expect(await end).toEqual({ state: "parked", reason: "in doubt" });
});

it("asks now and then, for an event may be lost, and the store may be away", async () => {
  const end = endOfJob(queue, events, "one", 60_000);
  asked[0]!.resolve([0]);
  await vi.advanceTimersByTimeAsync(100);
  asked[1]!.resolve([-1, "there is none yet"]);
  await vi.advanceTimersByTimeAsync(200);
  asked[2]!.resolve([1, JSON.stringify(kept)]);
  expect(await end).toMatchObject(done);
});

it("gives up after its time, also when nothing is answered at all", async () => {
  const end = endOfJob(queue, events, "one", 5_000);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await end).toBeNull();
});
