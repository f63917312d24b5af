/**
 * `isobind/queue`: runs that outlive a process and a machine, on BullMQ. The engine and a client are optional peers, loaded when a queue is opened.
 */
export { enqueue, openQueue } from "./queue.ts";
export type { EnqueueOptions, JobEvent, QueueOptions, ScriptQueue, Unserved } from "./script-queue.ts";
export { createQueueWorker, type JobContext, type QueueWorker, type QueueWorkerOptions } from "./worker.ts";
export type { JobReport, OnJob } from "./job-reports.ts";
export type { JobOutcome, JobState } from "./job.ts";
export type { Store } from "./store.ts";
export { fileJournal, memoryJournal, type Journal } from "../runtime/index.ts";
