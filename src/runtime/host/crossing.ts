/**
 * Crossing: values over the boundary as the host side needs them, each with its size or a refusal. The one place of the
 * host side that knows the marshal.
 */
import { decode } from "../marshal/decode.ts";
import { encode, type EncodeRefusal } from "../marshal/encode.ts";
import type { ErrorRecord, Parcel } from "../seam.ts";
import type { Refusal } from "./refusal.ts";
import { scrub } from "./scrub.ts";

export type Received =
  | { readonly ok: true; readonly value: unknown; readonly bytes: number }
  | { readonly ok: false; readonly refusal: Refusal };

export type Sent =
  | { readonly ok: true; readonly parcel: Parcel; readonly bytes: number }
  | { readonly ok: false; readonly refusal: Refusal };

/** Reads what the guest side sent; uses the parcel up. `subject` names it in a refusal: `db.query, arguments`. */
export function receive(parcel: unknown, maxBytes: number, subject: string): Received {
  const decoded = decode(parcel, { maxBytes });
  if (decoded.ok) return decoded;
  return {
    ok: false,
    refusal:
      decoded.reason === "too-large"
        ? tooLarge(subject, maxBytes)
        : { class: "TypeError", code: "ERR_BINDING_NOT_CLONABLE", message: `${subject} arrived damaged.` },
  };
}

/**
 * Makes a host value ready to cross. Throws only what an accessor of the value threw. Errors in it lose the places of the
 * host, wherever they are.
 */
export function send(value: unknown, maxBytes: number, subject: string): Sent {
  const encoded = encode(value, { maxBytes });
  if (!encoded.ok) return { ok: false, refusal: refusalOf(encoded.refusal, maxBytes, subject) };
  for (const record of encoded.parcel.errors ?? []) clean(record);
  return encoded;
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

/** The record is part of a copy of ours, so it may be cleaned in place. */
function clean(record: ErrorRecord): void {
  (record as { message: string }).message = scrub(record.message);
  const data = record.data as Record<string, unknown> | undefined;
  if (!data) return;
  // Errors of Node name a file in `path` and `dest` too.
  for (const [key, value] of Object.entries(data)) if (typeof value === "string") data[key] = scrub(value);
}
