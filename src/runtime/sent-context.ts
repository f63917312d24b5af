/**
 * Encodes the `context` of a run for host functions that are in the worker. They get a copy: what cannot be copied is refused, rather
 * than missing there.
 */
import { option } from "./errors.ts";
import type { Message } from "./crossing/message.ts";
import { sendMessage } from "./host/crossing.ts";

/** Throws a `SandboxError` (code `ERR_SANDBOX_OPTION`) that names what of it cannot cross. */
export function sendContext(context: unknown, payloadBytes: number): Message {
  const sent = sendMessage(context, payloadBytes, "run", "context");
  if (sent.ok) return sent.value;
  throw option(`${sent.refusal.message} Host functions of placement: "worker" get a copy of it.`);
}
