/**
 * Values on their way, for tests of the parts they pass: made ready to be sent, and opened again.
 */
import { decode, encode } from "../../../src/runtime/crossing/host-codec.ts";
import { hostPrimordials } from "../../../src/runtime/crossing/host-realm.ts";
import type { Message } from "../../../src/runtime/crossing/message.ts";
import { makeTransfer, type Delivery } from "../../../src/runtime/crossing/transfer.ts";
import type { Primitive, Reply } from "../../../src/runtime/seam.ts";

const transfer = makeTransfer(hostPrimordials);

/** The message of a value that can cross. */
export function messageOf(value: unknown): Message {
  const encoded = encode(value, Infinity);
  if (encoded.ok) return encoded.message;
  throw new TypeError(`${encoded.refusal.path}: ${encoded.refusal.reason}`);
}

/** What was sent: a list of primitives and a primitive as they are, a message as its value. */
export function opened(sent: Primitive | readonly Primitive[] | Message): unknown {
  if (typeof sent !== "object" || sent === null || !("words" in sent)) return sent;
  const decoded = decode(sent, Infinity);
  if (decoded.ok) return decoded.value;
  throw new Error(`A value cannot be read: it is ${decoded.reason}.`);
}

/** The answer of a call that returned `value`: primitives as they are, everything else as a message. */
export function answered(value: unknown): Reply {
  return { kind: "value", value: isPrimitive(value) ? value : messageOf(value) };
}

/** The answer of a call that threw. */
export function refused(error: Error): Reply {
  return { kind: "error", error: messageOf(error) };
}

export type OpenReply =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "error"; readonly value: unknown }
  | { readonly kind: "pending"; readonly id: number };

/** What an isolate would make of a delivery. */
export function openDelivery(delivery: Delivery): OpenReply {
  if (delivery === null || (typeof delivery !== "object" && typeof delivery !== "string")) {
    return { kind: "value", value: delivery };
  }
  const kind = delivery[0];
  if (kind === "p") return { kind: "pending", id: Number((delivery as string).slice(1)) };
  if (kind === "s") return { kind: "value", value: (delivery as string).slice(1) };
  if (kind === "j") return { kind: "value", value: JSON.parse((delivery as string).slice(1)) };
  const { text, letters, part: _, ...source } = transfer.unpack(delivery);
  const value = opened({ ...source, text: text.slice(letters) });
  return { kind: kind === "e" ? "error" : "value", value };
}

function isPrimitive(value: unknown): value is Primitive {
  return value === null || !["object", "function", "bigint", "symbol"].includes(typeof value);
}
