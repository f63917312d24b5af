/**
 * Outcome: reads how a script ended from what its worker says. The parts are rebuilt from checked pieces: nothing of the message itself is
 * handed on but the exports' value, which the bridge decodes like every other payload.
 */
import type { HostUsage } from "../runner.ts";
import type { GuestError, GuestOutcome, GuestUsage } from "../seam.ts";
import { MalformedFrame } from "./wire/malformed.ts";
import { checkParcel, isRecord } from "./wire/payload.ts";

/** Causes that are followed; a longer chain is cut, because nobody reads it. */
const maxCauses = 16;

/** Errors of an `AggregateError` a guest side sends. */
const maxErrors = 10;

/** Throws `MalformedFrame`, and nothing else. */
export function readOutcome(outcome: unknown): GuestOutcome {
  if (!isRecord(outcome)) throw new MalformedFrame("an end that is no outcome");
  const { kind } = outcome;
  const usage = readUsage(outcome["usage"]);
  switch (kind) {
    case "ok":
      return { kind, exports: checkParcel(outcome["exports"]), usage };
    case "error":
    case "timeout":
    case "memory":
      return { kind, error: readError(outcome["error"], 0), usage };
    default:
      throw new MalformedFrame("an end of an unknown kind");
  }
}

/** What a worker counted that was the host side itself. Throws `MalformedFrame`, and nothing else. */
export function readHostUsage(outcome: unknown): HostUsage {
  const usage = isRecord(outcome) ? outcome["hostUsage"] : undefined;
  if (!isRecord(usage)) throw new MalformedFrame("an end without the host's usage");
  return {
    calls: amount(usage["calls"]),
    argumentBytes: amount(usage["argumentBytes"]),
    resultBytes: amount(usage["resultBytes"]),
    consoleBytes: amount(usage["consoleBytes"]),
  };
}

function readUsage(usage: unknown): GuestUsage {
  if (!isRecord(usage)) throw new MalformedFrame("an end without usage");
  const { cpuMs, heapBytes, detached } = usage;
  return {
    cpuMs: amount(cpuMs),
    heapBytes: amount(heapBytes),
    ...(detached === undefined ? {} : { detached: amount(detached) }),
  };
}

function amount(value: unknown): number {
  if (typeof value === "number" && value >= 0 && Number.isFinite(value)) return value;
  throw new MalformedFrame("a usage that is no amount");
}

function readError(error: unknown, causes: number): GuestError {
  if (!isRecord(error)) throw new MalformedFrame("an end without its error");
  const { code, cause, errors } = error;
  return {
    name: text(error["name"]),
    message: text(error["message"]),
    stack: text(error["stack"]),
    ...(code === undefined ? {} : { code: text(code) }),
    ...(cause === undefined || causes === maxCauses ? {} : { cause: readError(cause, causes + 1) }),
    ...(errors === undefined || causes === maxCauses ? {} : { errors: readErrors(errors, causes) }),
  };
}

/** What each has inside is read as if it were the last of a chain but one: lists of lists grow fast. */
function readErrors(errors: unknown, causes: number): GuestError[] {
  if (!Array.isArray(errors) || errors.length > maxErrors)
    throw new MalformedFrame("errors that are no short list");
  return errors.map((error) => readError(error, Math.max(causes + 1, maxCauses - 2)));
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new MalformedFrame("an error whose parts are no text");
}
