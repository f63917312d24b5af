/**
 * Turns replies into what a journal keeps of them, and back, and answers that were given meanwhile into what a call is told.
 */
import { decode } from "../crossing/host-codec.ts";
import type { Message } from "../crossing/message.ts";
import { messageOf } from "../crossing/message-bytes.ts";
import type { CallAnswer } from "../runner.ts";
import type { Reply } from "../seam.ts";
import type { KeptAnswer, NewEntry } from "./entry.ts";

/** A reply that ends a call. */
export type EndingReply = Extract<Reply, { readonly kind: "value" | "error" }>;

/** That a call has been answered. */
export function doneWith(number: number, later: boolean, reply: EndingReply): NewEntry {
  if (reply.kind === "value") return ["done", number, later, "value", reply.value];
  return ["done", number, later, "error", reply.error, reply.refused === true];
}

/** What a kept message says. */
export function valueOf(message: Message): unknown {
  const decoded = decode(message, Infinity);
  return decoded.ok ? decoded.value : undefined;
}

/** What a call is told that has waited. */
export function said(answers: readonly KeptAnswer[]): CallAnswer | undefined {
  if (answers.length === 0) return undefined;
  const asked = answers.find(({ approved }) => approved !== undefined);
  return {
    ...(asked?.approved === undefined ? {} : { approved: asked.approved }),
    ...(asked?.reason === undefined ? {} : { reason: asked.reason }),
    values: answers.flatMap(({ approved, value }) =>
      approved !== undefined || value === undefined ? [] : [valueOf(messageOf(value))],
    ),
  };
}
