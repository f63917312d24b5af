/**
 * Death: why a worker process ended, read from its exit and its last words. Pure.
 */
import type { RunEnd } from "../runner.ts";
import type { GuestUsage } from "../seam.ts";
import { unknownUsage } from "./process-usage.ts";
import { lastWords, readLastUsage } from "./worker/last-words.ts";

export interface Death {
  readonly kind: "timeout" | "memory" | "aborted" | "crashed";
  /** One sentence more for the error's message; about the process, never about the host's data. */
  readonly detail: string;
  /** A reason that stays: every other worker would end the same way, and `detail` says all there is to say. */
  readonly lasting?: "ERR_ENGINE_MISSING";
  /** What the run had used by then, when anybody could say. */
  readonly usage?: GuestUsage;
}

/** What V8, isolated-vm and the C++ runtime print before they end a process that has no memory left. */
const outOfMemory =
  /out of memory|is_heap_oom = 1|Reached heap limit|Array buffer allocation failed|bad_alloc|Failed to reserve|Catastrophic out-of-memory/i;

/** Reads exit code, signal and the end of stderr. */
export function diagnose(code: number | null, signal: string | null, stderr: string): Death {
  for (const kind of ["memory", "timeout"] as const) {
    const at = stderr.indexOf(lastWords[kind]);
    if (at >= 0) return { kind, detail: "", usage: readLastUsage(stderr.slice(at)) };
  }
  if (outOfMemory.test(stderr)) return { kind: "memory", detail: "" };
  const how = signal ? `It was ended by ${signal}.` : `It ended with exit code ${code}.`;
  const error = /^\w*Error\b.*$/m.exec(stderr)?.[0];
  if (error && /^ {2}code: 'ERR_ENGINE_MISSING'/m.test(stderr)) {
    return {
      kind: "crashed",
      detail: error.replace(/^\w+: /, "").slice(0, 1_000),
      lasting: "ERR_ENGINE_MISSING",
    };
  }
  return { kind: "crashed", detail: error ? `${how} ${error.slice(0, 500)}` : how };
}

const endings = {
  timeout: { code: "ERR_SANDBOX_TIMEOUT", message: "The run took longer than it may." },
  memory: { code: "ERR_SANDBOX_MEMORY", message: "The run used more memory than it may." },
  aborted: { code: "ERR_SANDBOX_ABORTED", message: "The run was aborted." },
  crashed: { code: "ERR_SANDBOX_CRASHED", message: "The worker process of this run ended unexpectedly." },
} as const;

/** The end of a run whose worker is gone. */
export function endOfRun({ kind, detail, usage = unknownUsage }: Death): RunEnd {
  const { code, message } = endings[kind];
  return {
    kind,
    error: { name: "Error", message: detail ? `${message} ${detail}` : message, code, stack: "" },
    usage,
  };
}
