/**
 * Records what becomes of jobs as OpenTelemetry metrics: how long they waited and ran, the calls they made, and how they ended.
 */
import { ifReadable, tenantOf } from "./job-data.ts";
import type { JobData, KeptOutcome } from "./job.ts";
import { load } from "./peer.ts";
import type { Job } from "./store.ts";

export interface QueueMetrics {
  began(job: Job): void;
  /** The store has its outcome. */
  ended(data: JobData, outcome: KeptOutcome): void;
  parked(data: JobData): void;
}

/** Loads `@opentelemetry/api`; throws `ERR_QUEUE_PACKAGE` without it. */
export async function measure(queue: string): Promise<QueueMetrics> {
  const { metrics } = await load("@opentelemetry/api", () => import("@opentelemetry/api"));
  const meter = metrics.getMeter("isobind.queue");
  const waited = meter.createHistogram("isobind.queue.wait", {
    unit: "ms",
    description: "From the time a job may begin until it begins for the first time.",
  });
  const ran = meter.createHistogram("isobind.queue.run", {
    unit: "ms",
    description: "Wall time of the script of a job.",
  });
  const calls = meter.createCounter("isobind.queue.calls", { description: "Calls of bindings." });
  const outcomes = meter.createCounter("isobind.queue.outcomes", {
    description: "Jobs that have ended, by how.",
  });
  const of = (data: JobData): { [name: string]: string } => {
    const tenant = ifReadable(tenantOf, data);
    return { "isobind.queue": queue, ...(tenant === undefined ? {} : { "isobind.tenant": tenant }) };
  };
  return {
    began({ data, timestamp, delay, processedOn, attemptsStarted }) {
      if (processedOn === undefined || attemptsStarted > 1) return;
      waited.record(Math.max(0, processedOn - timestamp - delay), of(data as JobData));
    },
    ended(data, { status, stats }) {
      outcomes.add(1, { ...of(data), "isobind.status": status });
      if (stats === undefined) return;
      ran.record(stats.wallMs, of(data));
      calls.add(stats.calls, of(data));
    },
    parked: (data) => outcomes.add(1, { ...of(data), "isobind.status": "parked" }),
  };
}
