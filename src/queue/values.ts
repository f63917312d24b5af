/**
 * Carries values through a store that keeps JSON: as the bytes in which they cross everywhere else, in base64. JSON itself would lose `undefined`, dates,
 * bytes and big integers, and a database refuses some of its texts.
 */
import { decode, encode } from "../runtime/crossing/host-codec.ts";
import { bytesOf, messageOf } from "../runtime/crossing/message-bytes.ts";

/** Throws a `TypeError` with a code for a value that cannot cross. */
export function packed(value: unknown, what: string): string {
  const encoded = encode(value, Infinity);
  if (encoded.ok) return bytesOf(encoded.message).toString("base64");
  const { code, path, reason } = encoded.refusal;
  throw Object.assign(new TypeError(`${what}${path}: ${reason}.`), { code });
}

/** Throws an `Error` that says so for what is not as `packed` makes it: anybody may have written into the store. */
export function unpacked(text: string): unknown {
  try {
    const decoded = decode(messageOf(new Uint8Array(Buffer.from(text, "base64"))), Infinity);
    if (decoded.ok) return decoded.value;
  } catch (cause) {
    throw unreadable("A value", cause);
  }
  throw unreadable("A value");
}

function unreadable(what: string, cause?: unknown): Error {
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  return new Error(`${what} that the store of the queue has for this job cannot be read${why}.`, { cause });
}

const packedText = "base64:";

/** A text as every store takes it: as it is, or packed where a database would refuse it (U+0000, half of a surrogate pair). */
export function keptText(text: string): string {
  const isPlain = !text.includes("\0") && text.isWellFormed() && !text.startsWith(packedText);
  return isPlain ? text : packedText + packed(text, "text");
}

export function textOf(kept: string): string {
  if (typeof kept !== "string") throw unreadable("A text");
  return kept.startsWith(packedText) ? String(unpacked(kept.slice(packedText.length))) : kept;
}

/** A text for people that every store takes: what one would refuse is U+FFFD. */
export function readableText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}
