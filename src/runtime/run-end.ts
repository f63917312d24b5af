/**
 * Says what the end of a run is to its caller and to its host functions. The runner's words go in; exports are decoded and held to
 * what the definition says of them here, on the host's side.
 */
import type { Registry, RegistryScript } from "../model/registry.ts";
import { decode } from "./crossing/host-codec.ts";
import type { OwnedHostRun } from "./host/host-run.ts";
import { scriptResult } from "./host/script-values.ts";
import { isOfJournal } from "./journal/words.ts";
import type { ResolvedLimits } from "./limits.ts";
import { abortedError, runError, runStats, type RunResult, type RunTimeStats, type Wait } from "./result.ts";
import type { RefusedRun, RunEnd } from "./runner.ts";
import { ownError } from "./seam.ts";

/** What the contexts of calls hear that are still open when the run ends. */
export function endReason(end: RunEnd): unknown {
  return end.kind === "ok" || end.kind === "error"
    ? new DOMException("The run has ended.", "AbortError")
    : new DOMException(end.error.message, end.kind === "timeout" ? "TimeoutError" : "AbortError");
}

/** What a run is held to. */
interface Expected {
  readonly limits: ResolvedLimits;
  readonly registry: Registry;
  readonly kind: RegistryScript | null;
  /** What a suspended run waits for. */
  readonly waits: readonly Wait[];
}

/** What `run` resolves to. */
export function toResult(
  end: Exclude<RunEnd, RefusedRun>,
  times: RunTimeStats,
  host: OwnedHostRun,
  { limits, registry, kind, waits }: Expected,
): RunResult {
  const stats = runStats(times, end.usage, host.usage);
  if (end.kind === "aborted") return { status: "aborted", error: abortedError(host.signal.reason), stats };
  if (end.kind === "suspended") return { status: end.kind, error: runError(end.error), waits, stats };
  if (end.kind !== "ok") {
    // What a journal says is ours, and known as such: a script may throw errors with the same code.
    const error = isOfJournal(end.error) ? end.error : runError(end.error);
    return { status: end.kind, error, stats };
  }
  const decoded = decode(end.exports, limits.payloadBytes);
  if (decoded.ok && typeof decoded.value === "object" && decoded.value !== null) {
    const exports = decoded.value as { readonly [name: string]: unknown };
    if (kind === null || kind.result === null) return { status: "ok", exports, stats };
    const result = scriptResult(kind, registry, exports["default"], decoded.bytes);
    if (!result.ok) return { status: "error", error: result.error, stats };
    // A script that exports nothing as default has nothing of that name.
    if (!Object.hasOwn(exports, "default")) return { status: "ok", exports, stats };
    return { status: "ok", exports: { ...exports, default: result.value }, stats };
  }
  if (!decoded.ok && decoded.reason === "too-large") {
    const message = `the exports: the payload is larger than the limit of ${limits.payloadBytes} bytes`;
    const error = ownError("ERR_SANDBOX_PAYLOAD_TOO_LARGE", message, "RangeError");
    return { status: "error", error, stats };
  }
  const error = ownError("ERR_SANDBOX_CRASHED", "The exports of the script arrived damaged.");
  return { status: "crashed", error, stats };
}
