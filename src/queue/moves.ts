/**
 * Moves jobs between the lists of the engine, where others may do so at the same time.
 */
import type { Job } from "./store.ts";

/** A job that waits for its time begins now; any other is left as it is. */
export async function promote(job: Job): Promise<void> {
  if ((await job.getState()) === "delayed") await job.promote().catch(() => {});
}

/** Another may do so at the same time. */
export async function unpark(job: Job): Promise<void> {
  await job.retry("failed").catch(async (error: unknown) => {
    if (await job.isFailed()) throw error;
  });
}
