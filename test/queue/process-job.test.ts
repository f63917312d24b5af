/**
 * What is left of a job whose processing fails beside its run. The store is a double that fails where the test says so.
 */
import { expect, it } from "vitest";
import { processJob, type JobWork } from "../../src/queue/process-job.ts";
import { ScriptInputError } from "../../src/runtime/index.ts";
import { Turns } from "../../src/queue/turns.ts";

it("gives its turn back when the store does not take that it runs alone", async () => {
  const turns = new Turns();
  const { signal } = new AbortController();
  const log = (): Promise<number> => Promise.reject(new Error("The store is away."));
  const work = {
    queue: { getJobLogs: () => Promise.resolve({ logs: [], count: 0 }) },
    job: { id: "1", data: {}, attemptsStarted: 3, stalledCounter: 2, log },
    turns,
    signal,
    maxLost: 3,
    lockMs: 30_000,
  } as unknown as JobWork;
  await expect(processJob(work)).rejects.toThrow("The store is away.");
  const next = turns.enter(false, signal).then(() => "has its turn");
  expect(await Promise.race([next, new Promise(setImmediate)])).toBe("has its turn");
});

it("parks a job whose input is not of its type, because another try would end in the same way", async () => {
  class UnrecoverableError extends Error {}
  const work = {
    bull: { UnrecoverableError },
    queue: { getJobLogs: () => Promise.resolve({ logs: [], count: 0 }) },
    job: {
      id: "1",
      data: { source: "" },
      attemptsStarted: 1,
      stalledCounter: 0,
      log: () => Promise.resolve(1),
    },
    sandbox: {
      run: () => Promise.reject(new ScriptInputError('input, at .month: expected number, got "May".', [])),
    },
    turns: new Turns(),
    signal: new AbortController().signal,
    maxLost: 3,
    lockMs: 30_000,
  } as unknown as JobWork;
  await expect(processJob(work)).rejects.toThrow(UnrecoverableError);
  await expect(processJob(work)).rejects.toThrow("ERR_SCRIPT_INPUT: input, at .month: expected number");
});
