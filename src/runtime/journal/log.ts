/**
 * Reads the bytes of a journal, and says how they are made:
 *
 *     length u32 · value · hash of 32 bytes          (little endian; `length` counts the value, which `docs/values.md` describes)
 *
 * A hash is the SHA-256 of the hash before it, at first 32 zeros, of the length and of the value: of what stands before it, in one piece. So a record can be neither
 * changed, left out nor put elsewhere without all that follows telling.
 *
 * A record is one entry, or several of a journal in memory: `["group", bytes]`, where bytes are entries as `length u32 · value`, one after another. Memory is not
 * cut off in the middle of an append, so that a group of which a part is missing is damage. An entry of which a part is missing is one that was never appended: its process was
 * killed meanwhile.
 */
import { crypto } from "../crypto.ts";
import { flatParts } from "../crossing/flat.ts";
import { format } from "../crossing/format.ts";
import { decode } from "../crossing/host-codec.ts";
import { MalformedValue } from "../crossing/message.ts";
import { fewWords, headBytes, readMessage } from "../crossing/message-bytes.ts";
import type { Entry } from "./entry.ts";
import { isEntry } from "./entry-form.ts";

export const lengthBytes = 4;
export const hashBytes = 32;

/** The name of a record that holds several entries. */
export const group = "group";

/** The bytes of a hash as letters of Latin-1: making a text of them is a quarter of what a buffer costs. */
export type Hash = string;

export const noHash: Hash = "\0".repeat(hashBytes);

/** The hash that stands at the end of a record. */
export function hashOf(record: Uint8Array): Hash {
  const { buffer, byteOffset, length } = record;
  return Buffer.from(buffer, byteOffset, length).toString("latin1", length - hashBytes);
}

/** The hash of the bytes from `from` to `to`. */
export function hashIn(bytes: Buffer, from: number, to: number): Hash {
  return crypto().hash("sha256", bytes.subarray(from, to), "binary");
}

export interface ReadLog {
  readonly entries: readonly Entry[];
  /** Where the last whole record ends: beyond is one that was cut short. */
  readonly length: number;
  readonly last: Hash;
}

/** Bytes that are no journal, or one in which something was changed. */
export class DamagedJournal extends Error {}

/** Reads entries behind a record whose hash was `before`, up to one that is cut short. Throws `DamagedJournal`. */
export function readLog(source: Uint8Array, before: Hash = noHash): ReadLog {
  // Most runs begin, and what follows is code that such a run has not called yet.
  if (source.length === 0) return { entries: [], length: 0, last: before };
  // With the hash before them in front, all that a hash is of lies in one piece.
  const bytes = Buffer.concat([Buffer.from(before, "latin1"), source]);
  const entries: Entry[] = [];
  let last = before;
  let at = hashBytes;
  while (at + lengthBytes <= bytes.length) {
    const from = at + lengthBytes;
    const to = from + bytes.readUInt32LE(at);
    const end = to + hashBytes;
    if (end > bytes.length && !isGroup(bytes, from)) {
      expectCutShort(bytes, at, entries.length);
      break;
    }
    const own = end > bytes.length ? null : hashIn(bytes, at - hashBytes, to);
    if (own === null || own !== bytes.toString("latin1", to, end)) {
      // Of the last one the disk may hold the length and not yet all that it is long.
      if (end === bytes.length && !isGroup(bytes, from)) {
        expectCutShort(bytes, at, entries.length);
        break;
      }
      throw new DamagedJournal(`entry ${entries.length} is not what was written`);
    }
    readRecord(bytes, from, to, entries);
    last = own;
    at = end;
  }
  if (entries.length === 0 && !couldBegin(source)) throw new DamagedJournal("it does not begin as one does");
  return { entries, length: at - hashBytes, last };
}

/** Throws `DamagedJournal` when the record at `at` is whole but for its length: what stands behind it would be cut off with it. */
function expectCutShort(bytes: Buffer, at: number, index: number): void {
  const from = at + lengthBytes;
  const said = bytes.readUInt32LE(at);
  let hashed = 0;
  for (const next of possibleEnds(bytes, from)) {
    const to = next - hashBytes;
    hashed += to - from;
    if (hashed > mostHashed) break;
    bytes.writeUInt32LE(to - from, at);
    const own = hashIn(bytes, at - hashBytes, to);
    bytes.writeUInt32LE(said, at);
    if (own === bytes.toString("latin1", to, next))
      throw new DamagedJournal(`entry ${index} has another length than was written`);
  }
}

/** Bytes that are hashed to find the end of one record. A text may look as if many began in it. */
const mostHashed = 16 * 1024 * 1024;

/** Where the record whose value begins at `from` may end: before each that seems to begin, and at the end. */
function* possibleEnds(bytes: Buffer, from: number): Generator<number> {
  const first = from + headBytes + hashBytes;
  const heads = [1, 2].map((width) => Buffer.from([format.version, width, 0, 0]));
  const found = heads.map((head) => bytes.indexOf(head, first + lengthBytes));
  for (;;) {
    const there = found.filter((at) => at !== -1);
    if (there.length === 0) break;
    const next = Math.min(...there);
    yield next - lengthBytes;
    const which = found.indexOf(next);
    found[which] = bytes.indexOf(heads[which]!, next + 1);
  }
  if (bytes.length >= first) yield bytes.length;
}

/** By the numbers of its words and letters, which no other record has: what follows may be missing. */
function isGroup(bytes: Buffer, from: number): boolean {
  if (from + headBytes > bytes.length) return false;
  return bytes.readUInt32LE(from + 4) === 5 && bytes.readUInt32LE(from + 8) === group.length;
}

/**
 * Whether bytes without a whole record may be the beginning of one. They would be cut off, and somebody may have named a file that is no journal. Behind its length a
 * record has its version, the width of its letters and two zeros; what has not reached the disk is zero.
 */
function couldBegin(source: Uint8Array): boolean {
  const head = [[0, format.version], [0, 1, 2], [0], [0]];
  return head.every((allowed, index) => {
    const byte = source[lengthBytes + index];
    return byte === undefined || allowed.includes(byte);
  });
}

function readRecord(bytes: Buffer<ArrayBuffer>, from: number, to: number, entries: Entry[]): void {
  const value = valueOf(bytes, from, to);
  if (!isEntry(value)) throw noEntry(entries);
  const [name]: readonly [string, ...unknown[]] = value;
  if (name !== group) return void entries.push(value);
  const several: unknown = value[1];
  if (!(several instanceof Uint8Array)) throw new DamagedJournal("a group of entries holds none");
  const { buffer, byteOffset, length } = several as Uint8Array<ArrayBuffer>;
  readGroup(Buffer.from(buffer, byteOffset, length), entries);
}

function readGroup(bytes: Buffer<ArrayBuffer>, entries: Entry[]): void {
  for (let at = 0; at < bytes.length;) {
    const from = at + lengthBytes;
    const to = from <= bytes.length ? from + bytes.readUInt32LE(at) : Infinity;
    if (to > bytes.length) throw new DamagedJournal("a group of entries is cut short");
    const value = valueOf(bytes, from, to);
    if (!isEntry(value) || (value[0] as string) === group) throw noEntry(entries);
    entries.push(value);
    at = to;
  }
}

function noEntry(before: readonly Entry[]): DamagedJournal {
  return new DamagedJournal(`entry ${before.length} is no entry`);
}

const scratch = new Int32Array(fewWords);

function valueOf(bytes: Buffer<ArrayBuffer>, from: number, to: number): unknown {
  try {
    const message = readMessage(bytes, from, to, scratch);
    const parts = flatParts(message);
    if (parts !== null) return parts;
    const decoded = decode(message, Infinity);
    return decoded.ok ? decoded.value : undefined;
  } catch (error) {
    if (!(error instanceof MalformedValue)) throw error;
    throw new DamagedJournal(error.message);
  }
}
