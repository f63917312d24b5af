/**
 * The jobs that a worker is at work on: each is ended when it is cancelled, also one that the worker has taken a second time before it has noticed that it had lost it.
 */
import { expect, it } from "vitest";
import { ActiveJobs } from "../../src/queue/active-jobs.ts";
import type { Job } from "../../src/queue/store.ts";

const job = { id: "1" } as Job;

it("cancels a job that is taken a second time, also when the first run of it has left", async () => {
  const active = new ActiveJobs();
  const first = active.enter(job, undefined);
  const second = active.enter(job, undefined);
  const other = active.enter({ id: "2" } as Job, undefined);
  expect(active.size).toBe(3);
  first.leave();
  const asked: string[] = [];
  await active.look((id) => Promise.resolve(asked.push(id) === 1 ? "by its owner" : undefined));
  expect(asked).toEqual(["1", "2"]);
  expect(second.signal.reason).toMatchObject({ how: "cancelled", message: "by its owner" });
  expect([first.signal.aborted, other.signal.aborted]).toEqual([false, false]);
});

it("ends both runs of a job, and gives both back", () => {
  for (const end of ["cancel", "giveBack"] as const) {
    const active = new ActiveJobs();
    const runs = [active.enter(job, undefined), active.enter(job, undefined)];
    active[end]("1", "why");
    expect(runs.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  }
});
