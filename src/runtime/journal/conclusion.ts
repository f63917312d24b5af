/**
 * Says how a run with a journal has ended, from why it was stopped and what whoever has the isolate says, and what of it is written down. Pure.
 */
import { encodeOwn } from "../crossing/host-codec.ts";
import type { RunError } from "../result.ts";
import type { RunEnd } from "../runner.ts";
import type { NewEntry } from "./entry.ts";
import type { Unsafe } from "./safe.ts";
import type { Stop } from "./stopping.ts";
import { journalFailed, nothingWaits, waitsForAnswer } from "./words.ts";

export type Conclusion =
  /** The script came to its own end, which is written down. */
  | { readonly by: "script"; readonly end: RunEnd; readonly entry: NewEntry }
  /** Calls wait; others that are in flight are finished first. */
  | { readonly by: "waiting"; readonly end: RunEnd }
  /** The journal has stopped it. */
  | { readonly by: "journal"; readonly end: RunEnd }
  /** A limit, a crash or the caller has ended it: it can be gone on with. */
  | { readonly by: "outside"; readonly end: RunEnd };

/** `isWaiting`: a call waits. `missing`: that the script has not made all calls again, asked when it came to its own end. */
export function concluded(
  stop: Stop | null,
  end: RunEnd,
  isWaiting: boolean,
  missing: () => RunError | null,
): Conclusion {
  const { usage } = end;
  const byJournal = (error: RunError): Conclusion => ({
    by: "journal",
    end: { kind: "error", error, usage },
  });
  if (stop?.kind === "error") return byJournal(stop.error);
  if (stop !== null) return { by: "waiting", end: { kind: "suspended", error: waitsForAnswer, usage } };
  switch (end.kind) {
    case "suspended":
      if (isWaiting) return { by: "waiting", end };
      return { by: "outside", end: { kind: "crashed", error: nothingWaits, usage } };
    case "ok":
    case "error": {
      const error = missing();
      if (error !== null) return byJournal(error);
      const value = end.kind === "ok" ? end.exports : encodeOwn(end.error);
      return { by: "script", end, entry: ["end", end.kind, value] };
    }
    default:
      return { by: "outside", end };
  }
}

/** How a run has ended of which not all is safe. */
export function unsafely({ by, end }: Conclusion, failure: Unsafe): RunEnd {
  // Its own reason is the nearer one.
  if (by === "journal") return end;
  if (failure.isLate && (end.kind === "aborted" || end.kind === "timeout")) return end;
  // A wait that is not written down is one that nobody can answer.
  return { kind: "error", error: journalFailed(failure.error), usage: end.usage };
}
