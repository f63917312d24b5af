/**
 * Writes and reads what a worker says to its supervisor. The reader trusts nothing: whatever is not as it was written is a `MalformedFrame`.
 */
import { flatMessage, isFlat } from "../../crossing/flat.ts";
import { encodeOwn } from "../../crossing/host-codec.ts";
import { messageBytes, readMessage, writeMessage } from "../../crossing/message-bytes.ts";
import { keepMessage, MalformedValue, type Message } from "../../crossing/message.ts";
import type { HostUsage } from "../../runner.ts";
import {
  consoleLevels,
  digestLetters,
  type Arguments,
  type ConsoleLevel,
  type GuestOutcome,
  type GuestUsage,
} from "../../seam.ts";
import { frame, headBytes, kind, lengthBytes, numbered, scratch } from "./layout.ts";
import { MalformedFrame } from "./malformed.ts";

const ends = ["ok", "error", "timeout", "memory", "suspended", "crashed"] as const;

/** What the supervisor reads. Values inside are for the host run to judge. */
export type WorkerFrame =
  /** The first word of a worker: that it is one. */
  { readonly kind: "born" } | { readonly kind: "ready"; readonly residentKib: number } | RunFrame;

/** What is said of a run. */
export type RunFrame =
  | { readonly kind: "started"; readonly run: number }
  | {
      readonly kind: "callSync" | "callAsync";
      readonly run: number;
      readonly id: number;
      readonly leaf: number;
      /** The worker will look into the shared memory before it sleeps. */
      readonly isAwake: boolean;
      /** Valid until the next frame is read. */
      readonly args: Message;
      /** Length of the frame. */
      readonly bytes: number;
    }
  | { readonly kind: "console"; readonly run: number; readonly level: ConsoleLevel; readonly text: string }
  | { readonly kind: "saw"; readonly run: number; readonly looks: readonly number[] }
  /** The worker asks for the next piece. */
  | { readonly kind: "recorded"; readonly run: number }
  | {
      readonly kind: "replayed";
      readonly run: number;
      readonly leaves: readonly number[];
      readonly digests: string;
    }
  | { readonly kind: "load"; readonly run: number; readonly requests: Message }
  | { readonly kind: "end"; readonly run: number; readonly end: WorkerEnd };

/** How a script ended, and what it used. `value`: its exports, or a `GuestError`. */
export interface WorkerEnd {
  readonly how: (typeof ends)[number];
  readonly usage: GuestUsage;
  /** What a worker counted that was the host side itself, else zeros. */
  readonly hostUsage: HostUsage;
  readonly value: Message;
}

export function readyFrame(residentKib: number): Buffer {
  const bytes = frame(kind.ready, 0, 4);
  bytes.writeUInt32LE(residentKib, headBytes);
  return bytes;
}

export function callFrame(
  mode: "callSync" | "callAsync",
  run: number,
  id: number,
  leaf: number,
  args: Arguments,
  isAwake = false,
): Buffer {
  const told = isAwake ? leaf + awake : leaf;
  return numbered(kind[mode], run, id, told, isFlat(args) ? flatMessage(args) : args);
}

/** Stands in the leaf of a call by a worker that will look into the shared memory before it sleeps. */
const awake = 0x8000_0000;

export function consoleFrame(run: number, level: ConsoleLevel, text: string): Buffer {
  const bytes = frame(kind.console, run, 4 + Buffer.byteLength(text));
  bytes.writeUInt32LE(consoleLevels.indexOf(level), headBytes);
  bytes.write(text, headBytes + 4);
  return bytes;
}

/** `usage`: what a worker counted that was the host side itself. */
export function endFrame(run: number, outcome: GuestOutcome, usage?: HostUsage): Buffer {
  const value = outcome.kind === "ok" ? outcome.exports : encodeOwn(outcome.error);
  const bytes = frame(kind.end, run, 4 + amounts * 8 + messageBytes(value));
  bytes.writeUInt32LE(ends.indexOf(outcome.kind), headBytes);
  const { cpuMs, heapBytes, detached = 0 } = outcome.usage;
  const { calls = 0, argumentBytes = 0, resultBytes = 0, consoleBytes = 0 } = usage ?? {};
  let at = headBytes + 4;
  for (const amount of [cpuMs, heapBytes, detached, calls, argumentBytes, resultBytes, consoleBytes])
    at = bytes.writeDoubleLE(amount, at);
  writeMessage(bytes, at, value);
  return bytes;
}

export function sawFrame(run: number, looks: readonly number[]): Buffer {
  const bytes = frame(kind.saw, run, looks.length * 8);
  let at = headBytes;
  for (const look of looks) at = bytes.writeDoubleLE(look, at);
  return bytes;
}

export function replayedFrame(run: number, leaves: readonly number[], digests: string): Buffer {
  const bytes = frame(kind.replayed, run, 4 + leaves.length * 4 + digests.length);
  let at = bytes.writeUInt32LE(leaves.length, headBytes);
  for (const leaf of leaves) at = bytes.writeUInt32LE(leaf, at);
  bytes.write(digests, at, "latin1");
  return bytes;
}

/** The numbers in an end. */
const amounts = 7;

/**
 * Reads one frame of a worker, with a console line of at most `maxLineBytes`. Throws `MalformedFrame`, and nothing else.
 */
export function readWorkerFrame(bytes: Buffer, maxLineBytes = Infinity): WorkerFrame {
  if (bytes.length < headBytes) throw new MalformedFrame("a frame is shorter than its head");
  const run = bytes.readUInt32LE(lengthBytes + 4);
  const code = bytes.readUInt32LE(lengthBytes);
  switch (code) {
    case kind.born:
      expectLength(bytes, headBytes);
      return { kind: "born" };
    case kind.ready:
      expectLength(bytes, headBytes + 4);
      return { kind: "ready", residentKib: bytes.readUInt32LE(headBytes) };
    case kind.started:
      expectLength(bytes, headBytes);
      return { kind: "started", run };
    case kind.callSync:
    case kind.callAsync: {
      if (bytes.length < headBytes + 8) throw new MalformedFrame("a call is cut short");
      const id = bytes.readUInt32LE(headBytes);
      const told = bytes.readUInt32LE(headBytes + 4);
      const isAwake = told >= awake;
      const args = messageAt(bytes, headBytes + 8, bytes.length);
      return {
        kind: code === kind.callSync ? "callSync" : "callAsync",
        run,
        id,
        leaf: isAwake ? told - awake : told,
        isAwake,
        args,
        bytes: bytes.length,
      };
    }
    case kind.console: {
      if (bytes.length < headBytes + 4) throw new MalformedFrame("a line is cut short");
      const level = consoleLevels[bytes.readUInt32LE(headBytes)];
      if (level === undefined) throw new MalformedFrame("an unknown console level");
      // Before it is text: bytes that are none cost V8 several times their number.
      if (bytes.length - headBytes > maxLineBytes) throw new MalformedFrame("a line longer than its console");
      return { kind: "console", run, level, text: bytes.toString("utf8", headBytes + 4) };
    }
    case kind.saw: {
      const count = (bytes.length - headBytes) / 8;
      if (!Number.isInteger(count) || count % 2 !== 0) throw new MalformedFrame("looks that are cut short");
      const looks = Array.from({ length: count }, (_, at) => bytes.readDoubleLE(headBytes + at * 8));
      if (!looks.every(Number.isSafeInteger)) throw new MalformedFrame("a look that is no time");
      return { kind: "saw", run, looks };
    }
    case kind.recorded:
      expectLength(bytes, headBytes);
      return { kind: "recorded", run };
    case kind.replayed:
      return { kind: "replayed", run, ...readReplayed(bytes) };
    case kind.load:
      return { kind: "load", run, requests: messageAt(bytes, headBytes, bytes.length) };
    case kind.end:
      return { kind: "end", run, end: readEnd(bytes) };
    default:
      throw new MalformedFrame("an unknown kind of frame");
  }
}

function readReplayed(bytes: Buffer): { readonly leaves: readonly number[]; readonly digests: string } {
  const start = headBytes + 4;
  const count = bytes.length < start ? 0 : bytes.readUInt32LE(headBytes);
  const digestsAt = start + count * 4;
  if (count === 0) throw new MalformedFrame("calls that are none");
  expectLength(bytes, digestsAt + count * digestLetters);
  const leaves = Array.from({ length: count }, (_, at) => bytes.readUInt32LE(start + at * 4));
  return { leaves, digests: bytes.toString("latin1", digestsAt) };
}

function readEnd(bytes: Buffer): WorkerEnd {
  const start = headBytes + 4;
  const letters = start + amounts * 8;
  if (bytes.length < letters) throw new MalformedFrame("an end is cut short");
  const how = ends[bytes.readUInt32LE(headBytes)];
  if (how === undefined) throw new MalformedFrame("an end of an unknown kind");
  const amount = (index: number): number => {
    const value = bytes.readDoubleLE(start + index * 8);
    if (value >= 0 && Number.isFinite(value)) return value;
    throw new MalformedFrame("a usage that is no amount");
  };
  return {
    how,
    usage: { cpuMs: amount(0), heapBytes: amount(1), detached: amount(2) },
    hostUsage: {
      calls: amount(3),
      argumentBytes: amount(4),
      resultBytes: amount(5),
      consoleBytes: amount(6),
    },
    value: keepMessage(messageAt(bytes, letters, bytes.length)),
  };
}

function messageAt(bytes: Buffer, at: number, end: number): Message {
  try {
    return readMessage(bytes, at, end, scratch);
  } catch (error) {
    if (!(error instanceof MalformedValue)) throw error;
    throw new MalformedFrame(`a value that cannot be read: ${error.message}`);
  }
}

function expectLength(bytes: Buffer, length: number): void {
  if (bytes.length !== length) throw new MalformedFrame("a frame of the wrong length");
}
