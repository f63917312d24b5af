/**
 * Sends and receives blocking frames over the two descriptors a worker is born with. No event loop, no streams: a read
 * blocks until the supervisor has written, and when the supervisor is gone there is nothing left to live for.
 */
import { readSync, writeSync } from "node:fs";
import { readSupervisorFrame, type SupervisorFrame } from "../wire/supervisor-frames.ts";
import { FrameReader } from "../wire/reader.ts";
import { sharedMark } from "../wire/mark.ts";
import { SharedMemory } from "../wire/shared-memory.ts";
import type { Wait } from "../wire/adaptive-wait.ts";
import { now } from "../../time.ts";
import { die } from "./die.ts";
import type { Watch } from "./watch.ts";

export const fromSupervisor = 3;
export const toSupervisor = 4;

/** The descriptor of shared memory, where there is some. */
export const shared = process.argv[3] === sharedMark ? 5 : null;

const readBytes = 64 * 1024;

/** A supervisor is trusted; this only keeps a length field a length field. */
export const maxSupervisorFrame = 2 ** 31;

export class Pipe {
  readonly #memory = shared === null ? null : new SharedMemory(shared, "worker");
  readonly #reader = new FrameReader(maxSupervisorFrame, this.#memory);
  readonly #wait: Wait | null;
  readonly #watch: Pick<Watch, "waits" | "goesOn" | "stayedAwake">;
  #readBytes = 0;
  readonly #chunk = Buffer.allocUnsafeSlow(readBytes);

  /** `wait`: whether to stay awake for an answer; `watch` is told when this thread waits. */
  constructor(wait: Wait | null, watch: Pick<Watch, "waits" | "goesOn" | "stayedAwake">) {
    this.#wait = this.#memory && wait;
    this.#watch = watch;
  }

  /** Whether the next `readSoon` begins awake. */
  get isAwake(): boolean {
    return this.#wait?.isAwake === true;
  }

  /** The next frame; blocks until there is one. */
  read(): SupervisorFrame {
    for (;;) {
      const frame = this.readBuffered();
      if (frame) return frame;
      this.#watch.waits();
      const bytes = readSome(this.#chunk);
      this.#watch.goesOn();
      this.#readBytes += bytes;
      this.#reader.push(this.#chunk.subarray(0, bytes));
    }
  }

  /** As `read`, of what may come within microseconds. */
  readSoon(): SupervisorFrame {
    const buffered = this.readBuffered();
    if (buffered) return buffered;
    const wait = this.#wait;
    if (wait === null) return this.read();
    const since = now();
    if (wait.isAwake) this.#stayAwake(since, wait.windowMs);
    const frame = this.read();
    const at = now();
    wait.took(at - since, at);
    return frame;
  }

  /** Returns when a read does not block, or it has taken too long. */
  #stayAwake(since: number, windowMs: number): void {
    let at = since;
    while (this.#memory?.hasWritten(this.#readBytes) === false && at - since < windowMs) at = now();
    // Whatever is beyond the window was no waiting of ours: the system had others run, and nobody's processor time went by.
    this.#watch.stayedAwake(Math.min(at - since, windowMs));
  }

  /** The next frame when its bytes are already here. */
  readBuffered(): SupervisorFrame | null {
    const bytes = this.#reader.next();
    return bytes && readSupervisorFrame(bytes);
  }

  /** Writes what nothing follows before its answer has been read: the run does not end, and the memory is not emptied, before. */
  ask(frame: Buffer): void {
    this.write(this.#memory === null ? frame : this.#memory.put(frame));
  }

  write(frame: Buffer): void {
    for (let at = 0; at < frame.length;) at += writeSome(frame, at);
  }
}

function readSome(chunk: Buffer): number {
  try {
    return readSync(fromSupervisor, chunk, 0, chunk.length, null) || die();
  } catch (error) {
    return retry(error);
  }
}

function writeSome(frame: Buffer, at: number): number {
  try {
    return writeSync(toSupervisor, frame, at, frame.length - at, null);
  } catch (error) {
    return retry(error);
  }
}

/** An interrupted call is repeated; a closed pipe means that the supervisor is gone. A full stack is the caller's. */
function retry(error: unknown): 0 {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EINTR") return 0;
  if (code === undefined) throw error;
  return die();
}
