/**
 * Turns replies into what a journal keeps of them, and back.
 */
import type { Reply } from "../seam.ts";
import type { KeptReply } from "./entry.ts";
import { bytesOf, messageOf } from "./log.ts";

/** A reply that ends a call. */
export type EndingReply = Extract<Reply, { readonly kind: "value" | "error" }>;

export function keepReply(reply: EndingReply): KeptReply {
  if (reply.kind === "error") return ["error", bytesOf(reply.error), reply.refused === true];
  const { value } = reply;
  return ["value", typeof value === "object" && value !== null ? bytesOf(value) : value];
}

export function replyOf(kept: KeptReply): EndingReply {
  if (kept[0] === "error") return { kind: "error", error: messageOf(kept[1]) };
  const [, value] = kept;
  if (!(value instanceof Uint8Array)) return { kind: "value", value };
  return { kind: "value", value: messageOf(value), bytes: value.length };
}
