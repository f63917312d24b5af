/**
 * Cuts a stream of bytes into frames, in place where it can. Looks at lengths only.
 */
import { lengthBytes } from "./layout.ts";
import { MalformedFrame } from "./malformed.ts";
import type { SharedMemory } from "./shared-memory.ts";

const nothing = Buffer.alloc(0);

/** Memory for frames that come in pieces is kept for the next one, up to this size. */
const maxSpareBytes = 2 * 1024 * 1024;

export class FrameReader {
  readonly #maxFrameBytes: number;
  readonly #memory: SharedMemory | null;
  #chunk: Buffer = nothing;
  #at = 0;
  /** The frame that began in an earlier chunk: its length field first, then all of it. */
  #partial: Buffer | null = null;
  #filled = 0;
  #spare = nothing;

  /** `memory`: where frames may lie whose length alone is in the stream. */
  constructor(maxFrameBytes: number, memory: SharedMemory | null = null) {
    this.#maxFrameBytes = maxFrameBytes;
    this.#memory = memory;
  }

  /** Hands in the next bytes. */
  push(chunk: Buffer): void {
    // A caller that stops in the middle of a chunk comes back for the rest before it reads more.
    this.#chunk =
      this.#at < this.#chunk.length ? Buffer.concat([this.#chunk.subarray(this.#at), chunk]) : chunk;
    this.#at = 0;
  }

  /**
   * The next whole frame, length field included, or `null` when more bytes are needed. A frame is valid until the next call: it lies in the
   * caller's chunk or in memory that is used again.
   */
  next(): Buffer | null {
    if (this.#partial) return this.#fill(this.#partial);
    const left = this.#chunk.length - this.#at;
    if (left < lengthBytes) {
      if (left > 0) this.#begin(lengthBytes);
      return null;
    }
    const elsewhere = this.#elsewhere(this.#chunk, this.#at);
    if (elsewhere !== null) {
      this.#at += lengthBytes;
      return elsewhere;
    }
    const total = this.#total(this.#chunk, this.#at);
    if (left < total) {
      this.#begin(total);
      return null;
    }
    // Most chunks are one frame.
    const frame =
      left === total && this.#at === 0 ? this.#chunk : this.#chunk.subarray(this.#at, this.#at + total);
    this.#at += total;
    return frame;
  }

  /** The frame that `at` tells the length of, when it lies in the shared memory. */
  #elsewhere(bytes: Buffer, at: number): Buffer | null {
    const length = this.#memory?.lengthIn(bytes.readUInt32LE(at)) ?? null;
    if (length === null) return null;
    const frame = this.#allocate(this.#checked(length));
    this.#memory!.take(frame);
    return frame;
  }

  /** The length of the frame that starts at `at`, checked before anyone allocates it. */
  #total(bytes: Buffer, at: number): number {
    return this.#checked(lengthBytes + bytes.readUInt32LE(at));
  }

  #checked(total: number): number {
    if (total <= lengthBytes) throw new MalformedFrame("a frame of no bytes");
    if (total > this.#maxFrameBytes) throw new MalformedFrame(`a frame of ${total} bytes is over the limit`);
    return total;
  }

  #begin(total: number): void {
    this.#partial = this.#allocate(total);
    this.#filled = 0;
    this.#fill(this.#partial);
  }

  #fill(partial: Buffer): Buffer | null {
    const copied = this.#chunk.copy(partial, this.#filled, this.#at);
    this.#at += copied;
    this.#filled += copied;
    if (this.#filled < partial.length) return null;
    if (partial.length > lengthBytes) {
      this.#partial = null;
      return partial;
    }
    const elsewhere = this.#elsewhere(partial, 0);
    if (elsewhere !== null) {
      this.#partial = null;
      return elsewhere;
    }
    // Only the length field so far: now the size of the frame is known.
    const whole = this.#allocate(this.#total(partial, 0));
    partial.copy(whole);
    this.#partial = whole;
    return this.#fill(whole);
  }

  #allocate(bytes: number): Buffer {
    if (bytes > maxSpareBytes) return Buffer.allocUnsafeSlow(bytes);
    if (this.#spare.length < bytes) this.#spare = Buffer.allocUnsafeSlow(bytes);
    return this.#spare.subarray(0, bytes);
  }
}
