/**
 * Feeds OpenTelemetry instruments for what many runs have in common, beside the spans of each: how long they wait and take,
 * how long calls take, how many workers are at work. Attributes are few and ours alone, because a script could fill a store
 * with those it chose.
 */
import type { Attributes, Meter, ObservableResult } from "@opentelemetry/api";
import { errorCodes } from "../errors.ts";
import type { RunnerStats } from "../runner.ts";

export interface Metrics {
  /** A run has ended; in seconds. A refused one was only waiting. */
  ran(run: {
    readonly status: string;
    readonly code: string | undefined;
    readonly seconds: number;
    readonly waited: number;
  }): void;
  /** A call has ended; in seconds. `error` is the name of what its function threw, or the code of what else it was answered with. */
  called(call: {
    readonly binding: string;
    readonly seconds: number;
    readonly error: string | undefined;
  }): void;
  /** Looks at the workers of a sandbox whenever somebody reads the metrics, until the returned function is called. */
  watch(stats: () => RunnerStats): () => void;
}

const seconds = {
  unit: "s",
  // A call may take a millisecond, a run an hour.
  advice: {
    explicitBucketBoundaries: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600],
  },
};
/** Codes that may name a series. */
export const ours: ReadonlySet<string> = new Set(errorCodes);

/** Sandboxes of one meter are counted together: two of them would overwrite each other's numbers. */
const watched = new WeakMap<Meter, Set<() => RunnerStats>>();

/** @internal so that our declarations name no package that may not be installed. */
export function createMetrics(meter: Meter): Metrics {
  const runs = meter.createHistogram("isobind.run.duration", {
    ...seconds,
    description: "Time from the start of a script to its end.",
  });
  const waits = meter.createHistogram("isobind.run.wait", {
    ...seconds,
    description: "Time a run waited for a worker.",
  });
  const calls = meter.createHistogram("isobind.call.duration", {
    ...seconds,
    description: "Time a call took to be answered.",
  });
  return {
    ran({ status, code, seconds: took, waited }) {
      const attributes: Attributes = { "isobind.status": status };
      if (code !== undefined && ours.has(code)) attributes["error.type"] = code;
      waits.record(waited, attributes);
      if (status !== "busy") runs.record(took, attributes);
    },
    called({ binding, seconds: took, error }) {
      calls.record(took, {
        "isobind.binding": binding,
        ...(error === undefined ? {} : { "error.type": error }),
      });
    },
    watch(stats) {
      const sandboxes = watched.get(meter) ?? observe(meter);
      sandboxes.add(stats);
      return () => void sandboxes.delete(stats);
    },
  };
}

function observe(meter: Meter): Set<() => RunnerStats> {
  const sandboxes = new Set<() => RunnerStats>();
  watched.set(meter, sandboxes);
  const sum = (name: keyof RunnerStats): number =>
    [...sandboxes].reduce((total, stats) => total + stats()[name], 0);
  meter
    .createObservableUpDownCounter("isobind.workers", {
      unit: "{worker}",
      description: "Workers, by what they do.",
    })
    .addCallback((result: ObservableResult) => {
      result.observe(sum("busy"), { "isobind.state": "busy" });
      result.observe(sum("idle"), { "isobind.state": "idle" });
    });
  meter
    .createObservableUpDownCounter("isobind.runs.waiting", {
      unit: "{run}",
      description: "Runs that wait for a worker.",
    })
    .addCallback((result: ObservableResult) => result.observe(sum("waiting")));
  return sandboxes;
}
