/**
 * Reads how a script ended from what its worker says. The parts are rebuilt from checked pieces: nothing of the message
 * itself is handed on but the exports, which are decoded like every other payload.
 */
import { decode } from "../crossing/host-codec.ts";
import type { GuestError, GuestOutcome } from "../seam.ts";
import type { WorkerEnd } from "./wire/worker-frames.ts";
import { MalformedFrame } from "./wire/malformed.ts";

/** Causes that are followed; a longer chain is cut, because nobody reads it. */
const maxCauses = 16;

/** Errors of an `AggregateError` a guest side sends. */
const maxErrors = 10;

/** More than an error with all its texts, causes and errors at their longest. */
const maxErrorBytes = 8 * 1024 * 1024;

/** Throws `MalformedFrame`, and nothing else. */
export function readOutcome({ how, usage, value }: WorkerEnd): GuestOutcome {
  if (how === "ok") return { kind: how, exports: value, usage };
  const decoded = decode(value, maxErrorBytes);
  if (!decoded.ok) throw new MalformedFrame("an end whose error cannot be read");
  return { kind: how, error: readError(decoded.value, 0), usage };
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
