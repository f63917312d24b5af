/**
 * Tells why a worker process ended, read from its exit and its last words. Pure.
 */
import { diedOfMemory } from "../engine/process.ts";
import type { ErrorCode } from "../errors.ts";
import type { RefusedRun, StoppedRun } from "../runner.ts";
import { noUsage, ownError, type GuestUsage } from "../seam.ts";
import { lineOf, readLastUsage } from "./wire/last-words.ts";

export interface Death {
  readonly kind: "timeout" | "memory" | "aborted" | "crashed";
  /** One sentence more for the error's message; about the process, never about the host's data. */
  readonly detail: string;
  /** A reason that stays: every other worker would end the same way, and `detail` says all there is to say. */
  readonly lasting?: "ERR_ENGINE_MISSING" | "ERR_ENGINE_HOST" | undefined;
  /** Whoever ended it knows which limit was passed; otherwise what was used tells. */
  readonly limit?: "wallMs";
  /** What the run had used by then, when anybody could say. */
  readonly usage?: GuestUsage;
}

/** Why a run got no worker: all are at work, none can be started, or nobody waits any more. */
export interface NoWorker {
  readonly kind: "busy" | "unstarted" | "aborted";
  readonly detail: string;
  /** As in `Death`. */
  readonly lasting?: Death["lasting"];
}

/** Reads exit code, signal and the end of stderr. */
export function diagnose(code: number | null, signal: string | null, stderr: string): Death {
  for (const kind of ["memory", "timeout"] as const) {
    const line = lineOf(kind, stderr);
    if (line !== null) return { kind, detail: "", usage: readLastUsage(line) };
  }
  const unwatched = lineOf("unwatched", stderr);
  if (unwatched !== null)
    return { kind: "crashed", detail: `Its watchdog failed${unwatched.replace("; ", ": ")}` };
  if (diedOfMemory.test(stderr)) return { kind: "memory", detail: "" };
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
  timeout: { end: "timeout", code: "ERR_SANDBOX_TIMEOUT", message: "The run took longer than it may." },
  memory: { end: "memory", code: "ERR_SANDBOX_MEMORY", message: "The run used more memory than it may." },
  aborted: { end: "aborted", code: "ERR_SANDBOX_ABORTED", message: "The run was aborted." },
  crashed: {
    end: "crashed",
    code: "ERR_SANDBOX_CRASHED",
    message: "The worker process of this run ended unexpectedly.",
  },
  busy: { end: "busy", code: "ERR_SANDBOX_BUSY", message: "The sandbox is busy." },
  unstarted: { end: "crashed", code: "ERR_SANDBOX_CRASHED", message: "No worker process can be started." },
} as const;

/** The end of a run whose worker is gone, or that got none. */
export function endOfRun(
  reason: Death | NoWorker,
): (StoppedRun | RefusedRun) & { readonly error: { readonly code: ErrorCode } } {
  const { kind, detail, lasting } = reason;
  const { end, code, message } = endings[kind];
  // What stays as it is has been said in full where it was found out.
  const said = lasting ? detail : detail ? `${message} ${detail}` : message;
  const usage = "usage" in reason && reason.usage ? reason.usage : noUsage;
  return { kind: end, error: ownError(lasting ?? code, said), usage };
}
