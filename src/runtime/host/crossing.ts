/**
 * Crossing: values over the boundary as the host side needs them, each with its size or a refusal. The one place of the
 * host side that knows the marshal.
 */
import { decode } from "../marshal/decode.ts";
import { encode, type EncodeRefusal } from "../marshal/encode.ts";
import { unread } from "../marshal/unread.ts";
import type { ErrorRecord, Parcel } from "../seam.ts";
import type { Refusal } from "./refusal.ts";
import { scrub } from "./scrub.ts";

export type Received =
  | { readonly ok: true; readonly value: unknown; readonly bytes: number }
  | { readonly ok: false; readonly refusal: Refusal };

export type Sent =
  | { readonly ok: true; readonly parcel: Parcel; readonly bytes: number }
  | { readonly ok: false; readonly refusal: Refusal };

/** Arguments beyond this take the general way. */
const fewArguments = 8;

/** Reads what the guest side sent; uses the parcel up. `of` and `part` name it in a refusal: `db.query, arguments`. */
export function receive(parcel: unknown, maxBytes: number, of: string, part: string): Received {
  if (parcel === unread) return { ok: false, refusal: tooCostly(`${of}, ${part}`, maxBytes) };
  const bytes = simpleArguments(parcel);
  if (bytes >= 0 && bytes <= maxBytes) return { ok: true, value: (parcel as Parcel).value, bytes };
  const decoded = decode(parcel, { maxBytes });
  if (decoded.ok) return decoded;
  return {
    ok: false,
    refusal:
      decoded.reason === "too-large"
        ? tooLarge(`${of}, ${part}`, maxBytes)
        : {
            class: "TypeError",
            code: "ERR_BINDING_NOT_CLONABLE",
            message: `${of}, ${part} arrived damaged.`,
          },
  };
}

/**
 * Makes a host value ready to cross. Throws only what an accessor of the value threw. Errors in it lose the places of the
 * host, wherever they are.
 */
export function send(value: unknown, maxBytes: number, of: string, part: string): Sent {
  const bytes = simpleBytes(value);
  if (bytes >= 0 && bytes <= maxBytes) return { ok: true, parcel: { value }, bytes };
  const encoded = encode(value, { maxBytes });
  if (!encoded.ok) return { ok: false, refusal: refusalOf(encoded.refusal, maxBytes, `${of}, ${part}`) };
  for (const record of encoded.parcel.errors ?? []) clean(record);
  return encoded;
}

/**
 * The bytes of an array of few simple values, -1 for everything else. Most calls are such; the general way costs as much
 * as the call itself.
 */
function simpleArguments(parcel: unknown): number {
  if (typeof parcel !== "object" || parcel === null || "errors" in parcel) return -1;
  const { value } = parcel as Parcel;
  if (!Array.isArray(value) || value.length > fewArguments) return -1;
  let bytes = 16 + value.length;
  for (let at = 0; at < value.length; at++) {
    const more = simpleBytes(value[at]);
    if (more < 0) return -1;
    bytes += more;
  }
  return bytes;
}

/** The bytes of a value that needs no copy, counted as the marshal counts; -1 for everything else. */
function simpleBytes(value: unknown): number {
  switch (typeof value) {
    case "undefined":
    case "boolean":
    case "number":
      return 8;
    case "string":
      // Long strings are left to the marshal, which looks at their letters.
      return value.length <= 8 ? 8 + value.length : -1;
    default:
      return value === null ? 8 : -1;
  }
}

function refusalOf({ code, path, reason }: EncodeRefusal, maxBytes: number, subject: string): Refusal {
  if (code === "ERR_SANDBOX_PAYLOAD_TOO_LARGE") return tooLarge(subject, maxBytes);
  const place = path === "" ? subject : `${subject} at ${path}`;
  return { class: "TypeError", code, message: `${place}: ${reason}.`, data: { path } };
}

/** For what is small enough, and made of so many parts that reading it would hold the host up. */
function tooCostly(subject: string, maxBytes: number): Refusal {
  return {
    ...tooLarge(subject, maxBytes),
    message: `${subject}: the payload has more values, names or colliding keys than its limit of ${maxBytes} bytes allows.`,
  };
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
