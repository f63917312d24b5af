/**
 * Turns how a run has ended into what is kept of it, and back.
 */
import type { RunResult } from "../runtime/index.ts";
import type { JobOutcome, KeptOutcome } from "./job.ts";
import { packed, unpacked } from "./values.ts";

/** Results that belong to the script: everything else is a fault of what runs it. */
type Ended = Exclude<RunResult, { readonly status: "suspended" }>;

export function keepOutcome(result: Ended): KeptOutcome {
  const value = result.status === "ok" ? { ...result.exports } : result.error;
  const status = result.status as KeptOutcome["status"];
  return { status, value: packed(value, "result"), stats: result.stats };
}

export function cancelledOutcome(reason: string): KeptOutcome {
  return { status: "cancelled", value: packed(reason, "reason") };
}

export function outcomeOf({ status, value, stats }: KeptOutcome): JobOutcome {
  const known = unpacked(value);
  if (status === "cancelled") return { status, reason: String(known) };
  if (status === "ok") return { status, exports: known, stats } as JobOutcome;
  return { status, error: known, stats } as JobOutcome;
}
