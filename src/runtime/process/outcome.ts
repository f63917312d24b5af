/**
 * Reads how a script ended from what its worker says. The parts are rebuilt from checked pieces: nothing of the message
 * itself is handed on but the exports, which are decoded like every other payload.
 */
import { decode } from "../crossing/host-codec.ts";
import { readGuestError } from "../guest-error.ts";
import type { GuestOutcome } from "../seam.ts";
import type { WorkerEnd } from "./wire/worker-frames.ts";
import { MalformedFrame } from "./wire/malformed.ts";

/** More than an error with all its texts, causes and errors at their longest. */
const maxErrorBytes = 8 * 1024 * 1024;

/** Throws `MalformedFrame`, and nothing else. */
export function readOutcome({ how, usage, value }: WorkerEnd): GuestOutcome {
  if (how === "ok") return { kind: how, exports: value, usage };
  const decoded = decode(value, maxErrorBytes);
  const error = decoded.ok ? readGuestError(decoded.value) : null;
  if (error === null) throw new MalformedFrame("an end whose error cannot be read");
  return { kind: how, error, usage };
}
