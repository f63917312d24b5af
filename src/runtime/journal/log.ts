/**
 * Writes entries as the bytes of a journal and reads them back:
 *
 *     length u32 · value · hash of 32 bytes          (little endian; `length` counts the value, which `docs/values.md` describes)
 *
 * A hash is the SHA-256 of the hash before it, at first 32 zeros, of the length and of the value: of what stands before it, in one piece. So an entry can be neither
 * changed, left out nor put elsewhere without all that follows telling.
 */
import { hash } from "node:crypto";
import { decode, encodeOwn, encodePrimitives } from "../crossing/host-codec.ts";
import { MalformedValue, type Message } from "../crossing/message.ts";
import { messageBytes, readMessage, writeMessage } from "../crossing/message-bytes.ts";
import type { Primitive } from "../seam.ts";
import type { Entry } from "./entry.ts";

const lengthBytes = 4;
const hashBytes = 32;

/** The bytes of a hash as letters of Latin-1: making a text of them is a quarter of what a buffer costs. */
export type Hash = string;

export const noHash: Hash = "\0".repeat(hashBytes);

/** One entry as bytes, behind one whose hash was `before`. The last 32 bytes are its own hash. */
export function writeEntry(entry: Entry, before: Hash): Buffer {
  // Most are few primitives, and what the encoder does for everything else is most of what they cost.
  const message = isFlat(entry) ? encodePrimitives(entry) : encodeOwn(entry);
  const length = messageBytes(message);
  const from = hashBytes + lengthBytes;
  const bytes = Buffer.allocUnsafe(from + length + hashBytes);
  bytes.write(before, 0, "latin1");
  bytes.writeUInt32LE(length, hashBytes);
  writeMessage(bytes, from, message);
  bytes.write(hash("sha256", bytes.subarray(0, from + length), "binary"), from + length, "latin1");
  return bytes.subarray(hashBytes);
}

function isFlat(entry: readonly unknown[]): entry is readonly Primitive[] {
  for (let at = 0; at < entry.length; at++) {
    const value = entry[at];
    if ((typeof value === "object" && value !== null) || typeof value === "bigint") return false;
  }
  return true;
}

/** The hash that stands at the end of an entry. */
export function hashOf(entry: Buffer): Hash {
  return entry.toString("latin1", entry.length - hashBytes);
}

export interface ReadLog {
  readonly entries: readonly Entry[];
  /** Where the last whole entry ends: beyond is one that was cut short. */
  readonly length: number;
  readonly last: Hash;
}

/** Bytes that are no journal, or one in which something was changed. */
export class DamagedJournal extends Error {}

/** Reads entries behind one whose hash was `before`. Throws `DamagedJournal`. An end that is cut short is none: the process that wrote it was killed. */
export function readLog(source: Uint8Array, before: Hash = noHash): ReadLog {
  // With the hash before them in front, all that a hash is of lies in one piece.
  const bytes = Buffer.concat([Buffer.from(before, "latin1"), source]);
  const entries: Entry[] = [];
  let last = before;
  let at = hashBytes;
  while (at + lengthBytes <= bytes.length) {
    const from = at + lengthBytes;
    const to = from + bytes.readUInt32LE(at);
    const end = to + hashBytes;
    if (end > bytes.length) break;
    const own = hash("sha256", bytes.subarray(at - hashBytes, to), "binary");
    if (own !== bytes.toString("latin1", to, end)) {
      // Of the last one the disk may hold the length and not yet all that it is long.
      if (end === bytes.length) break;
      throw new DamagedJournal(`entry ${entries.length} is not what was written`);
    }
    entries.push(readEntry(bytes, from, to, entries.length));
    last = own;
    at = end;
  }
  return { entries, length: at - hashBytes, last };
}

function readEntry(bytes: Buffer, from: number, to: number, number: number): Entry {
  const value = valueOf(bytes, from, to);
  if (Array.isArray(value) && typeof value[0] === "string") return value as unknown as Entry;
  throw new DamagedJournal(`entry ${number} is no entry`);
}

function valueOf(bytes: Buffer, from: number, to: number): unknown {
  try {
    const decoded = decode(readMessage(bytes, from, to), Infinity);
    return decoded.ok ? decoded.value : undefined;
  } catch (error) {
    if (!(error instanceof MalformedValue)) throw error;
    throw new DamagedJournal(error.message);
  }
}

/** A message as one piece of bytes that is nobody else's. */
export function bytesOf(message: Message): Buffer<ArrayBuffer> {
  const bytes = Buffer.allocUnsafeSlow(messageBytes(message));
  writeMessage(bytes, 0, message);
  return bytes;
}

/** A message of bytes that were kept. Throws `MalformedValue`. */
export function messageOf(kept: Uint8Array<ArrayBuffer>): Message {
  const bytes = Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength);
  return readMessage(bytes, 0, bytes.length);
}

const scratch = Buffer.allocUnsafeSlow(4096);

/** The digest of a message's bytes. */
export function digestOfMessage(message: Message): string {
  const length = messageBytes(message);
  if (length > scratch.length) return digestOf(bytesOf(message));
  writeMessage(scratch, 0, message);
  return digestOf(scratch.subarray(0, length));
}

/** A SHA-256 as hexadecimal digits: all of it, because who writes a script chooses what is told apart, and what a person has approved. */
export function digestOf(bytes: string | Buffer): string {
  return hash("sha256", bytes, "hex");
}
