/**
 * Takes values over the boundary as the host side needs them, each with its size or a refusal.
 */
import type { Plan } from "../crossing/encode-walk.ts";
import { isFlat, isPrimitive } from "../crossing/flat.ts";
import { format } from "../crossing/format.ts";
import { decode, hostEncoder, type EncodeRefusal } from "../crossing/host-codec.ts";
import { ErrorDraft, hostRealm } from "../crossing/host-realm.ts";
import type { ErrorView } from "../crossing/kind.ts";
import { MalformedValue, type Message } from "../crossing/message.ts";
import type { Arguments, Primitive } from "../seam.ts";
import { buffersCame } from "../young-buffers.ts";
import type { Refusal } from "./refusal.ts";
import { scrub } from "./scrub.ts";

const { price } = format;

export type Received =
  | { readonly ok: true; readonly value: unknown; readonly bytes: number }
  | { readonly ok: false; readonly refusal: Refusal };

export type Sent =
  /** `fits` is false when an object stood where the plan has none of its kind: what it held is gone, and the value is wrong. */
  | { readonly ok: true; readonly value: Primitive | Message; readonly bytes: number; readonly fits: boolean }
  | { readonly ok: false; readonly refusal: Refusal; readonly fits: boolean };

/**
 * Reads what the guest side sent. `of` and `part` name it in a refusal: `db.query, arguments`. Throws `MalformedValue` for what no
 * isolate of ours has sent.
 */
export function receive(sent: Arguments, maxBytes: number, of: string, part: string): Received {
  if (isFlat(sent)) {
    const bytes = flatBytes(sent);
    if (bytes <= maxBytes) return { ok: true, value: sent, bytes };
    return { ok: false, refusal: tooLarge(`${of}, ${part}`, maxBytes) };
  }
  countBuffers(sent);
  const decoded = decode(sent, maxBytes);
  if (decoded.ok) return decoded;
  if (decoded.reason === "malformed") throw new MalformedValue(`${part} that make no sense`);
  return { ok: false, refusal: tooLarge(`${of}, ${part}`, maxBytes) };
}

/** What a list of these counts, as the codec would count it; a letter as one byte, since nobody looked at them. */
function flatBytes(args: readonly Primitive[]): number {
  let bytes = price.object;
  for (let at = 0; at < args.length; at++) bytes += simpleBytes(args[at]);
  return bytes;
}

/** Makes a host value ready to cross: all of it, or what a plan writes of it. Throws only what an accessor of the value threw. */
export function send(value: unknown, maxBytes: number, of: string, part: string, plan?: Plan): Sent {
  // Of a longer text the letters decide.
  if (isPrimitive(value) && (typeof value !== "string" || value.length <= shortText)) {
    const bytes = simpleBytes(value);
    if (bytes <= maxBytes) return { ok: true, value, bytes, fits: true };
  }
  return sendMessage(value, maxBytes, of, part, plan);
}

/** What a text may be wrong by, when each letter counts as one byte. */
const shortText = 24;

export type SentMessage = Exclude<Sent, { readonly ok: true }> | (Sent & { readonly value: Message });

export function sendMessage(
  value: unknown,
  maxBytes: number,
  of: string,
  part: string,
  plan?: Plan,
): SentMessage {
  const encoded = encode(value, maxBytes, plan);
  const { fits } = encoded;
  if (!encoded.ok)
    return { ok: false, refusal: refusalOf(encoded.refusal, maxBytes, `${of}, ${part}`), fits };
  countBuffers(encoded.message);
  return { ok: true, value: encoded.message, bytes: encoded.bytes, fits };
}

function countBuffers({ bytes }: Message): void {
  for (const piece of bytes) buffersCame(piece.length);
}

/** Errors in a value lose the places of the host, wherever they are. */
const encode = hostEncoder({
  ...hostRealm,
  readError(error, only) {
    const view = hostRealm.readError(error, only);
    return error instanceof ErrorDraft ? view : scrubbed(view);
  },
});

function scrubbed(view: ErrorView): ErrorView {
  const { message, keys, data } = view;
  // Errors of Node name a file in `path` and `dest` too.
  const read = keys.map((key): [string, unknown] => {
    const value = (data as Readonly<Record<string, unknown>>)[key];
    return [key, typeof value === "string" ? scrub(value) : value];
  });
  return {
    ...view,
    message: message === undefined ? undefined : scrub(message),
    data: Object.fromEntries(read),
  };
}

function simpleBytes(value: Primitive): number {
  return typeof value === "string" ? price.value + value.length : price.value;
}

function refusalOf({ code, path, reason }: EncodeRefusal, maxBytes: number, subject: string): Refusal {
  if (code === "ERR_SANDBOX_PAYLOAD_TOO_LARGE") return tooLarge(subject, maxBytes);
  const place = path === "" ? subject : `${subject} at ${path}`;
  return { class: "TypeError", code, message: `${place}: ${reason}.`, data: { path } };
}

function tooLarge(subject: string, maxBytes: number): Refusal {
  return {
    class: "RangeError",
    code: "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
    message: `${subject}: the payload is larger than the limit of ${maxBytes} bytes.`,
    data: { maxBytes },
  };
}
