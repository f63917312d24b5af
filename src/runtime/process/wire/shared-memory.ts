/**
 * The memory that a supervisor and its worker both have open, as a file without a name: a frame that is longer than a pipe lies there while the pipe carries
 * how long it is. A half belongs to each direction. What lies there is whatever the other side makes of it at any moment, so it is copied
 * before anyone looks at it.
 */
import { readSync, writeSync } from "node:fs";
import { MalformedFrame } from "./malformed.ts";

/** As much as a pipe holds: a longer frame goes through it in pieces, and both sides sleep and wake up for each. */
const pipeBytes = 64 * 1024;

/** The longest frame that lies there; longer ones go through the pipe, which gives everyone else a turn in between. */
const halfBytes = 4 * 1024 * 1024;

/** How long the file may become. */
export const sharedBytes = 2 * halfBytes;

/** Stands in the length of a frame that lies in the memory. */
const elsewhere = 0x8000_0000;

export class SharedMemory {
  readonly #descriptor: number;
  readonly #writeAt: number;
  readonly #readAt: number;

  constructor(descriptor: number, side: "supervisor" | "worker") {
    this.#descriptor = descriptor;
    this.#writeAt = side === "supervisor" ? 0 : halfBytes;
    this.#readAt = side === "supervisor" ? halfBytes : 0;
  }

  /**
   * What goes through the pipe: how long the frame in the memory is, or the frame itself where it is short, too long, or no memory is left. The caller
   * has nothing there that is not read yet.
   */
  put(frame: Buffer): Buffer {
    if (frame.length <= pipeBytes || frame.length > halfBytes) return frame;
    try {
      for (let at = 0; at < frame.length;)
        at += writeSync(this.#descriptor, frame, at, frame.length - at, this.#writeAt + at);
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

  /** Copies a frame out of it. */
  take(into: Buffer): void {
    for (let at = 0; at < into.length;) {
      const read = readSync(this.#descriptor, into, at, into.length - at, this.#readAt + at);
      if (read === 0) throw new MalformedFrame("a frame that is not where it should be");
      at += read;
    }
  }
}
