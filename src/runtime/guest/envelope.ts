/**
 * Envelope: replies as the prelude reads them.
 */
import type { Reply } from "../seam.ts";

/** A reply as the prelude reads it: a primitive is sent as itself, which costs a third of an envelope. */
export function envelope(reply: Reply, id: number): unknown {
  if (reply.kind === "pending") return [2, id];
  const { parcel } = reply;
  const { value } = parcel;
  if (reply.kind === "error") return [1, parcel];
  return typeof value === "object" && value !== null ? [0, parcel] : value;
}
