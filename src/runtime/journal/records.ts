/**
 * Collects entries as bytes, and makes records of them, as `log.ts` describes them: one of several entries takes one hash, and that is most of what an entry costs.
 */
import { flatMessage, type FlatPart } from "../crossing/flat.ts";
import { encodeOwn } from "../crossing/host-codec.ts";
import { messageBytes, writeMessage } from "../crossing/message-bytes.ts";
import type { NewEntry } from "./entry.ts";
import { group, hashBytes, hashIn, lengthBytes, type Hash } from "./log.ts";

const firstBytes = 4096;
/** Memory for entries is kept for the next ones, up to this size. */
const mostKept = 256 * 1024;

/** Entries with more in them than a list of primitives and bytes. */
const nested: ReadonlySet<NewEntry[0]> = new Set(["run", "load", "saw", "answer"]);

export class Records {
  /** Whether entries that are sealed together become one record. */
  readonly #inGroups: boolean;
  #last: Hash;
  /** Room for the hash before, then entries as length and value. */
  #bytes = Buffer.allocUnsafeSlow(firstBytes);
  #used = hashBytes;
  #count = 0;

  constructor(last: Hash, inGroups: boolean) {
    this.#last = last;
    this.#inGroups = inGroups;
  }

  /** Bytes of the entries that are not sealed. */
  get waiting(): number {
    return this.#used - hashBytes;
  }

  add(entry: NewEntry): void {
    const from = this.#used + lengthBytes;
    const message = nested.has(entry[0]) ? encodeOwn(entry) : flatMessage(entry as readonly FlatPart[]);
    this.#reserve(from + messageBytes(message));
    const end = writeMessage(this.#bytes, from, message);
    this.#bytes.writeUInt32LE(end - from, this.#used);
    this.#used = end;
    this.#count++;
  }

  /** The entries since the last time, as records: bytes that are nobody else's. */
  seal(): Buffer<ArrayBuffer> {
    const entries = this.#bytes.subarray(hashBytes, this.#used);
    const sealed =
      this.#count > 1 && this.#inGroups ? this.#sealed([group, entries]) : this.#sealedOneByOne(entries);
    this.#used = hashBytes;
    this.#count = 0;
    if (this.#bytes.length > mostKept) this.#bytes = Buffer.allocUnsafeSlow(firstBytes);
    return sealed;
  }

  #sealed(parts: readonly FlatPart[]): Buffer<ArrayBuffer> {
    const from = hashBytes + lengthBytes;
    const message = flatMessage(parts);
    const bytes = Buffer.allocUnsafeSlow(from + messageBytes(message) + hashBytes);
    const to = writeMessage(bytes, from, message);
    bytes.writeUInt32LE(to - from, hashBytes);
    return this.#hashed(bytes, to);
  }

  #sealedOneByOne(entries: Buffer): Buffer<ArrayBuffer> {
    const records: Buffer<ArrayBuffer>[] = [];
    for (let at = 0; at < entries.length;) {
      const end = at + lengthBytes + entries.readUInt32LE(at);
      const bytes = Buffer.allocUnsafe(hashBytes + end - at + hashBytes);
      bytes.set(entries.subarray(at, end), hashBytes);
      records.push(this.#hashed(bytes, hashBytes + end - at));
      at = end;
    }
    return records.length === 1 ? records[0]! : Buffer.concat(records);
  }

  /** Puts the hash before in front of a record that ends at `end`, and its own behind it. */
  #hashed(bytes: Buffer<ArrayBuffer>, end: number): Buffer<ArrayBuffer> {
    bytes.write(this.#last, 0, "latin1");
    this.#last = hashIn(bytes, 0, end);
    bytes.write(this.#last, end, "latin1");
    return bytes.subarray(hashBytes, end + hashBytes);
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return;
    const more = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#bytes.length));
    more.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = more;
  }
}
