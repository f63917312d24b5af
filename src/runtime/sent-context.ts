/**
 * Encodes the `context` of a run for host functions that are in the worker. They get a copy: what cannot be copied is refused, rather
 * than missing there.
 */
import { SandboxError } from "./errors.ts";
import { send } from "./host/crossing.ts";
import type { Parcel } from "./seam.ts";

/** Throws a `SandboxError` (code `ERR_SANDBOX_OPTION`) that names what of it cannot cross. */
export function sendContext(context: unknown, payloadBytes: number): Parcel {
  const sent = send(context, payloadBytes, "run", "context");
  if (sent.ok) return sent.parcel;
  throw new SandboxError(
    "ERR_SANDBOX_OPTION",
    `${sent.refusal.message} Host functions of placement: "worker" get a copy of it.`,
  );
}
