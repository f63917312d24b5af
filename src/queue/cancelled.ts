/**
 * Tells workers that a job is cancelled, on a stream on which nothing else is told: one that heard of all that becomes of jobs would be woken several times by each.
 * An event may be lost, and so a worker looks by itself now and then.
 */
import type { JobEvents, JobQueue } from "./store.ts";
import { keptText, textOf } from "./values.ts";

export interface Cancelled {
  /** The engine's queue that has the job. */
  readonly queue: string;
  readonly id: string;
  readonly reason: string;
}

const event = "isobind-cancelled";
/** It is for those at work now. */
const keptEvents = 1_000;

/** `directory` is the queue that lists the contracts. */
export async function tellCancelled(directory: JobQueue, { queue, id, reason }: Cancelled): Promise<void> {
  await directory.getBackend().publishEvent({ event, queue, id, reason: keptText(reason) }, keptEvents);
}

/** `events` are those of the directory. */
export function hearCancelled(events: JobEvents, hear: (cancelled: Cancelled) => void): void {
  const heard = ({ reason, ...job }: Cancelled): void => hear({ ...job, reason: textOf(reason) });
  // A listener of an event that is not the engine's own.
  (events as { on(name: string, listener: (told: Cancelled) => void): unknown }).on(event, heard);
}
