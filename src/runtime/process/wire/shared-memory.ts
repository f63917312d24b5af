/**
 * The memory that a supervisor and its worker both have open, as a file without a name: a frame that is longer than a pipe lies there while the pipe carries
 * how long it is. A half belongs to each direction. What lies there is whatever the other side makes of it at any moment, so it is copied
 * before anyone looks at it.
 */
import { ftruncateSync, readSync, writeSync } from "node:fs";
import { MalformedFrame } from "./malformed.ts";

/** As much as a pipe holds: a longer frame goes through it in pieces, and both sides sleep and wake up for each. */
const pipeBytes = 64 * 1024;

const halfBytes = 4 * 1024 * 1024;

const wordBytes = 4;

/**
 * A half begins with two words: one that is 1 from when a frame is put there until it is taken, and, in the supervisor's, how many bytes it has written to its pipe so far,
 * modulo 2³², for a worker that looks there before it sleeps in a read.
 */
const headBytes = 2 * wordBytes;
const writtenAt = wordBytes;

/** The longest frame that lies there; longer ones go through the pipe, which gives everyone else a turn in between. */
const longestBytes = halfBytes - headBytes;

/** How long the file may become. */
export const sharedBytes = 2 * halfBytes;

/** Stands in the length of a frame that lies in the memory. */
const elsewhere = 0x8000_0000;

export class SharedMemory {
  readonly #descriptor: number;
  readonly #writeAt: number;
  readonly #readAt: number;
  readonly #word = Buffer.alloc(wordBytes);

  constructor(descriptor: number, side: "supervisor" | "worker") {
    this.#descriptor = descriptor;
    this.#writeAt = side === "supervisor" ? 0 : halfBytes;
    this.#readAt = side === "supervisor" ? halfBytes : 0;
  }

  /**
   * What goes through the pipe: how long the frame in the memory is, or the frame itself where it is short or too long, where no memory is left, or the last frame
   * was not taken: whoever does not read has to be found out by what waits in the pipe.
   */
  put(frame: Buffer): Buffer {
    if (frame.length <= pipeBytes || frame.length > longestBytes) return frame;
    const start = this.#writeAt + headBytes;
    try {
      if (this.#isFull()) return frame;
      for (let at = 0; at < frame.length;)
        at += writeSync(this.#descriptor, frame, at, frame.length - at, start + at);
      this.#mark(1, this.#writeAt);
    } catch {
      return frame;
    }
    const told = Buffer.allocUnsafe(4);
    told.writeUInt32LE(elsewhere + frame.length);
    return told;
  }

  /** The length of the frame that lies in the memory; `null` for the length of one that follows. */
  lengthIn(length: number): number | null {
    return length < elsewhere ? null : length - elsewhere;
  }

  /** Copies a frame out of it. Throws `MalformedFrame`, and nothing else: the other side may do to the file what it likes. */
  take(into: Buffer): void {
    const start = this.#readAt + headBytes;
    let taken = 0;
    try {
      for (let read = -1; taken < into.length && read !== 0; taken += read)
        read = readSync(this.#descriptor, into, taken, into.length - taken, start + taken);
      this.#mark(0, this.#readAt);
    } catch {
      taken = 0;
    }
    if (taken < into.length) throw new MalformedFrame("a frame that is not where it should be");
  }

  /** Tells a worker that may be awake how many bytes have been written to its pipe. */
  tellWritten(bytes: number): void {
    this.#word.writeUInt32LE(bytes >>> 0);
    try {
      writeSync(this.#descriptor, this.#word, 0, wordBytes, writtenAt);
    } catch {
      // Whoever is told nothing reads its pipe.
    }
  }

  /** Whether more bytes have been written to the pipe than the worker has read: then a read of it does not block. */
  hasWritten(readBytes: number): boolean {
    try {
      if (readSync(this.#descriptor, this.#word, 0, wordBytes, writtenAt) < wordBytes) return false;
    } catch {
      return false;
    }
    return ((this.#word.readUInt32LE() - readBytes) | 0) > 0;
  }

  /** Gives all of it back. False when it stays: a worker with the rights of an administrator can have its system refuse that. */
  empty(): boolean {
    try {
      ftruncateSync(this.#descriptor);
      return true;
    } catch {
      return false;
    }
  }

  /** A file that was emptied has no word. */
  #isFull(): boolean {
    const read = readSync(this.#descriptor, this.#word, 0, wordBytes, this.#writeAt);
    return read === wordBytes && this.#word.readUInt32LE() !== 0;
  }

  #mark(word: 0 | 1, at: number): void {
    this.#word.writeUInt32LE(word);
    writeSync(this.#descriptor, this.#word, 0, wordBytes, at);
  }
}
