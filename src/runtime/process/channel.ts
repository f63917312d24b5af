/**
 * Carries frames in both directions between the supervisor and one worker, and takes care that a worker can neither hold the
 * event loop nor fill the memory of its supervisor. Knows no kinds of frames.
 */
import { closeSync } from "node:fs";
import type { Socket } from "node:net";
import { AwakeLoop } from "./awake-loop.ts";
import { MalformedFrame } from "./wire/malformed.ts";
import { FrameReader } from "./wire/reader.ts";
import { SharedMemory } from "./wire/shared-memory.ts";
import { nextTick, now, setImmediate, setTimeout } from "../time.ts";

/** Frames are handled for this long, then everyone else gets a turn: a flood of calls must not stop the host's timers. */
const turnMs = 5;

/** Unsent bytes from which on no answer is serialised and no frame of the worker is read: it has to read first. */
const maxUnsentBytes = 8 * 1024 * 1024;

/**
 * How long a worker may be refused a hearing because it does not read. It may be stuck in a long write to us, so waiting for ever would
 * be a deadlock; with this pace a flood is slow, and the window of calls in flight still bounds it.
 */
const maxRefusalMs = 50;

/**
 * Frames of the longest kind that may wait beyond that: one that was asked for just before, and one that somebody waits for. More can
 * only be owed to a worker that asks and asks and never reads, which no honest one does: it waits for the answer to a synchronous call.
 */
const maxOwedFrames = 3;

/** Answers smaller than this together travel in one write. */
const batchBytes = 64 * 1024;

/**
 * Answers that may wait for the end of a turn. What waits is not yet counted as unsent, so without this a turn of large answers
 * would make as many of them as its time allows, whether the worker reads or not.
 */
const maxPosted = 16;

export interface ChannelHandlers {
  frame(frame: Buffer): void;
  /** The worker sent what is no frame, or does not read what it asked for. Called once; nothing is read after it. */
  malformed(reason: string): void;
}

/** What a channel goes through. */
export interface Ways {
  readonly fromWorker: Socket;
  readonly toWorker: Socket;
  /** The descriptor of shared memory; `null` where there is none. The channel closes it. */
  readonly shared: number | null;
}

export class Channel {
  readonly #input: Socket;
  readonly #output: Socket;
  #shared: number | null;
  readonly #memory: SharedMemory | null;
  readonly #handlers: ChannelHandlers;
  readonly #reader: FrameReader;
  readonly #maxOwedBytes: number;
  #posted: (() => Buffer)[] = [];
  #flushing = false;
  #refusedSince = 0;
  #closed = false;
  /** Frames that are here wait for a later turn. */
  #waiting = false;
  #ended = false;
  #writtenBytes = 0;
  readonly #loop = new AwakeLoop();
  /** Whether the worker looks into the shared memory before it sleeps. */
  isAwake = false;
  #resolveHeard: () => void = ignore;
  /** Resolves when the pipe from the worker is closed and all that came through it has been handled. */
  readonly heard = new Promise<void>((resolve) => (this.#resolveHeard = resolve));

  constructor(
    { fromWorker: input, toWorker: output, shared }: Ways,
    maxFrameBytes: number,
    handlers: ChannelHandlers,
  ) {
    this.#input = input;
    this.#output = output;
    this.#shared = shared;
    this.#memory = shared === null ? null : new SharedMemory(shared, "supervisor");
    this.#handlers = handlers;
    this.#reader = new FrameReader(maxFrameBytes, this.#memory);
    this.#maxOwedBytes = maxUnsentBytes + maxOwedFrames * maxFrameBytes;
    input.on("data", (chunk: Buffer) => {
      this.#loop.heard();
      this.#reader.push(chunk);
      this.#read();
    });
    input.once("close", () => {
      this.#ended = true;
      if (!this.#waiting) this.#resolveHeard();
    });
    // A worker that dies breaks its pipes; its exit says why.
    input.on("error", ignore);
    output.on("error", ignore);
    output.on("drain", () => this.#flush());
  }

  /** Sends at once: somebody waits for it. */
  send(frame: Buffer): void {
    if (this.#closed) return;
    if (this.#output.writableLength > this.#maxOwedBytes)
      return this.#malformed("calls without reading their answers");
    this.#write(frame);
  }

  #write(bytes: Buffer): void {
    this.#output.write(bytes);
    this.#writtenBytes += bytes.length;
    if (this.isAwake && this.#loop.hasRoom) this.#memory?.tellWritten(this.#writtenBytes);
  }

  /** Whether a run is under way, in which the worker says something again. */
  set running(running: boolean) {
    this.#loop.running = running;
    if (!running) this.isAwake = false;
  }

  /** Sends the answer to a worker that waits for nothing else, and so ends no run before it has read it. */
  answer(frame: Buffer): void {
    this.send(this.#closed || this.#memory === null ? frame : this.#memory.put(frame));
    this.#loop.answered();
  }

  /** Sends at the end of this turn, many in one write, as far as the pipe has room. The frame is made only then. */
  post(make: () => Buffer): void {
    this.#posted.push(make);
    if (this.#posted.length >= maxPosted && this.#output.writableLength <= maxUnsentBytes)
      return this.#flush();
    if (this.#flushing) return;
    this.#flushing = true;
    nextTick(() => this.#flush());
  }

  /** Forgets what was posted and not yet sent, and gives back the memory: the run it belongs to has ended. */
  forget(): void {
    this.#posted = [];
    if (this.#shared === null || this.#memory?.empty() !== false || this.#closed) return;
    // What one run has left there is for no other.
    this.#malformed("shared memory that cannot be emptied");
  }

  close(): void {
    this.#closed = true;
    this.running = false;
    this.forget();
    if (this.#shared !== null) closeSync(this.#shared);
    this.#shared = null;
    this.#input.destroy();
    this.#output.destroy();
  }

  #read(): void {
    this.#waiting = false;
    const until = now() + turnMs;
    while (!this.#closed) {
      if (this.#refuses()) return this.#later(() => setTimeout(() => this.#read(), 1));
      const frame = this.#next();
      if (frame === null) break;
      this.#handlers.frame(frame);
      if (now() > until) return this.#later(() => setImmediate(() => this.#read()));
    }
    if (this.#ended) this.#resolveHeard();
    else if (!this.#closed && this.#input.isPaused()) this.#input.resume();
  }

  #later(schedule: () => void): void {
    this.#waiting = true;
    this.#input.pause();
    schedule();
  }

  #next(): Buffer | null {
    try {
      return this.#reader.next();
    } catch (error) {
      if (!(error instanceof MalformedFrame)) throw error;
      this.#malformed(error.message);
      return null;
    }
  }

  #malformed(reason: string): void {
    this.#closed = true;
    this.#handlers.malformed(reason);
  }

  #refuses(): boolean {
    // A dead worker reads nothing any more, so what it left unread is no reason to refuse frames.
    if (this.#output.destroyed || this.#output.writableLength <= maxUnsentBytes) {
      this.#refusedSince = 0;
      return false;
    }
    const at = now();
    this.#refusedSince ||= at;
    if (at - this.#refusedSince < maxRefusalMs) return true;
    this.#refusedSince = 0;
    return false;
  }

  #flush(): void {
    this.#flushing = true;
    const posted = this.#posted;
    let sent = 0;
    while (sent < posted.length && !this.#closed && this.#output.writableLength <= maxUnsentBytes) {
      const batch: Buffer[] = [];
      for (let bytes = 0; sent < posted.length && bytes < batchBytes; sent++) {
        const frame = posted[sent]!();
        bytes += frame.length;
        batch.push(frame);
      }
      this.#write(batch.length === 1 ? batch[0]! : Buffer.concat(batch));
    }
    if (sent > 0) this.#loop.answered();
    // `drain` comes back for the rest.
    this.#posted = sent === posted.length ? [] : posted.slice(sent);
    this.#flushing = this.#posted.length > 0;
  }
}

function ignore(): void {}
