/**
 * A time limit is about who is asked, and not about who asks: an answer that is there when a process comes back to it, after it was blocked for longer than the limit, counts.
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { inTime } from "../../src/queue/in-time.ts";

it("takes an answer that came while the event loop was blocked, though the time is over", async () => {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const source = `const { parentPort, workerData } = require("node:worker_threads");
    parentPort.once("message", () => {
      parentPort.postMessage("answer");
      Atomics.store(workerData, 0, 1);
      Atomics.notify(workerData, 0);
    });
    parentPort.postMessage("ready");`;
  const other = new Worker(source, { eval: true, workerData: shared });
  await once(other, "message");
  const answer = once(other, "message").then(([said]) => said as unknown);
  // Timers come next, and what has arrived after them.
  await new Promise(setImmediate);
  const told = inTime(answer, 1, () => "late");
  other.postMessage("asked");
  Atomics.wait(shared, 0, 0);
  const before = performance.now();
  while (performance.now() - before < 5);
  expect(await told).toBe("answer");
  await other.terminate();
});

it("says that there is none, and hears of no error that comes later", async () => {
  let fail = (_: Error): void => {};
  const answer = new Promise<never>((_, reject) => (fail = reject));
  expect(await inTime(answer, 1, () => "late")).toBe("late");
  fail(new Error("too late"));
});
