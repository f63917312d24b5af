/**
 * Payload: the part of a frame that carries values. One byte says which of two encodings follows: ours for parcels of
 * primitives, V8's for everything else. Knows nothing of frames but where their head ends.
 *
 *     form u8 · V8 bytes | one compact value | count u8, compact values
 */
import { Deserializer, Serializer } from "node:v8";
import type { ErrorRecord, Parcel } from "../../seam.ts";
import { CompactReader, maxCompactBytes, writeCompact } from "./compact.ts";
import { unread } from "../../marshal/unread.ts";
import { MalformedFrame } from "./malformed.ts";
import { scan } from "./scan.ts";

const form = { v8: 0, value: 1, list: 2 } as const;

const maxListLength = 16;

/** Bytes a compact payload may take; scratch space of this size behind a head is always enough. */
const maxCompactPayload = 2 + maxListLength * maxCompactBytes;

const scratch = Buffer.allocUnsafeSlow(64 + maxCompactPayload);

/** A frame with this head and the parcel behind it. The head's length field is not filled in yet. */
export function packParcel(head: Buffer, parcel: Parcel): Buffer {
  if (parcel.errors === undefined) {
    const end = writeParcel(scratch, head.length, parcel.value);
    if (end > 0) {
      head.copy(scratch);
      return Buffer.from(scratch.subarray(0, end));
    }
  }
  return packValue(head, parcel);
}

/** A frame with this head and any value behind it, V8 encoded. */
export function packValue(head: Buffer, value: unknown): Buffer {
  // The base class, not `v8.serialize`: Node's default subclasses write every view on its own, so that shared buffers fall
  // apart, and read views as windows into the frame, so that the rest of the frame leaks.
  const serializer = new Serializer();
  serializer.writeRawBytes(head);
  serializer.writeRawBytes(v8Form);
  serializer.writeHeader();
  serializer.writeValue(value);
  return serializer.releaseBuffer();
}

const v8Form = Buffer.from([form.v8]);

function writeParcel(to: Buffer, at: number, value: unknown): number {
  if (!Array.isArray(value)) {
    to[at] = form.value;
    return writeCompact(to, at + 1, value);
  }
  const list: readonly unknown[] = value;
  // Holes and properties beside the elements (`/a/.exec("a")` has three) are for V8's encoding.
  if (list.length > maxListLength || Object.keys(list).length !== list.length) return -1;
  to[at] = form.list;
  to[at + 1] = list.length;
  let end = at + 2;
  for (let i = 0; i < list.length; i++) {
    end = writeCompact(to, end, list[i]);
    if (end < 0) return -1;
  }
  return end;
}

/**
 * Reads the parcel that starts at `at`; `unread` for one that costs too much. Throws `MalformedFrame`, and nothing else, for bytes that
 * are none.
 */
export function unpackParcel(frame: Buffer, at: number, maxBytes?: number): Parcel {
  if (frame[at] === form.v8) {
    const value = unpackValue(frame, at, maxBytes);
    return value === unread ? unread : checkParcel(value);
  }
  try {
    const reader = new CompactReader(frame, at + 1);
    const value = frame[at] === form.value ? reader.next() : readList(frame, at);
    if (frame[at] === form.value && !reader.done) throw new RangeError("Bytes behind a value.");
    return { value };
  } catch (error) {
    throw new MalformedFrame("a parcel cannot be read", { cause: error });
  }
}

function readList(frame: Buffer, at: number): unknown[] {
  if (frame[at] !== form.list) throw new RangeError("An unknown form.");
  const length = frame.readUInt8(at + 1);
  const reader = new CompactReader(frame, at + 2);
  const list: unknown[] = [];
  for (let i = 0; i < length; i++) list.push(reader.next());
  if (!reader.done) throw new RangeError("Bytes behind a list.");
  return list;
}

/**
 * Reads the V8 encoded value that starts at `at`. Hostile bytes construct plain data at worst: the base `Deserializer` knows no
 * host objects, shared memory or WebAssembly modules, checks every length against the bytes that are left, and answers
 * endless nesting with a RangeError. `maxBytes` bounds what that may cost, and `unread` is the answer when it would cost more;
 * without it the sender is trusted.
 */
export function unpackValue(frame: Buffer, at: number, maxBytes?: number): unknown {
  try {
    if (frame[at] !== form.v8) throw new RangeError("An unknown form.");
    if (maxBytes !== undefined && !scan(frame, at + 1, maxBytes)) return unread;
    const deserializer = new Deserializer(frame.subarray(at + 1));
    deserializer.readHeader();
    return deserializer.readValue();
  } catch (error) {
    if (error instanceof MalformedFrame) throw error;
    throw new MalformedFrame("a value cannot be read", { cause: error });
  }
}

/** The parcel in `value`, rebuilt from its own properties; throws `MalformedFrame` when it is none. */
export function checkParcel(value: unknown): Parcel {
  if (!isRecord(value) || !Object.hasOwn(value, "value")) throw new MalformedFrame("a parcel has no value");
  const errors = Object.hasOwn(value, "errors") ? value["errors"] : undefined;
  if (errors === undefined) return { value: value["value"] };
  // Sparse claims (`length: 2 ** 32 - 1`) must not be walked: the number of own keys is real, a length is not.
  if (
    !Array.isArray(errors) ||
    Object.keys(errors).length !== errors.length ||
    !errors.every(isErrorRecord)
  ) {
    throw new MalformedFrame("a parcel's list of errors is none");
  }
  return { value: value["value"], errors };
}

function isErrorRecord(value: unknown): value is ErrorRecord {
  return isRecord(value) && typeof value["class"] === "string" && typeof value["message"] === "string";
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
