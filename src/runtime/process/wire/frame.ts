/**
 * Writes and reads the messages that supervisor and worker exchange, as bytes. Pure: buffers in, buffers out.
 *
 *     length u32 · kind u32 · run u32 · body         (little endian; `length` counts what follows it)
 *
 *     worker → supervisor                            supervisor → worker
 *     born                                           setup   value
 *     ready     resident KiB u32
 *     started                                        run     lengths of two u32 · order value · globals value, context value, or nothing
 *     callSync  id u32 · leaf u32 · value            reply   id u32 · status u32 · value
 *     callAsync id u32 · leaf u32 · value
 *     console   level u32 · UTF-8                      modules value
 *     saw       f64 · f64 · …
 *     load      value                                piece   value
 *     recorded
 *     replayed  count u32 · leaves u32 … · digests
 *     end       how u32 · times and sizes f64 · value
 *
 * `run` is the supervisor's own number of the run: the worker repeats it, so that what was meant for an earlier run
 * is recognised on either side. A value is a message (`crossing/message.ts`): frames carry it, and nobody here looks into it.
 */
import { deliver } from "../../crossing/delivery.ts";
import { decode, encodeOwn, encodePrimitives } from "../../crossing/host-codec.ts";
import { fewWords, messageBytes, readMessage, writeMessage } from "../../crossing/message-bytes.ts";
import { keepMessage, MalformedValue, type Message } from "../../crossing/message.ts";
import type { Delivery } from "../../crossing/transfer.ts";
import type { HostSettings, HostUsage } from "../../runner.ts";
import {
  digestLetters,
  type Arguments,
  type ConsoleLevel,
  type GuestOutcome,
  type GuestScript,
  type GuestUsage,
  type ModuleAnswers,
  type ModuleRequest,
  type Primitive,
  type RecordedPiece,
  type Reply,
} from "../../seam.ts";
import { MalformedFrame } from "./malformed.ts";

/** The words of the last value that had few. */
const scratch = new Int32Array(fewWords);

export const lengthBytes = 4;
// Whole words, so that the words of a value lie on a border of words when its frame does.
const headBytes = lengthBytes + 8;

const kind = {
  ready: 1,
  started: 2,
  callSync: 3,
  callAsync: 4,
  console: 5,
  end: 6,
  setup: 7,
  run: 8,
  reply: 9,
  born: 10,
  load: 11,
  modules: 12,
  saw: 13,
  recorded: 14,
  piece: 15,
  replayed: 16,
} as const;

const levels: readonly ConsoleLevel[] = ["log", "info", "warn", "error", "debug"];
const statuses = ["value", "error", "pending", "wait"] as const;
const ends = ["ok", "error", "timeout", "memory", "suspended"] as const;

/** What the supervisor reads. Values inside are for the host run to judge. */
export type WorkerFrame =
  { readonly kind: "born" } | { readonly kind: "ready"; readonly residentKib: number } | RunFrame;

/** What is said of a run. */
export type RunFrame =
  | { readonly kind: "started"; readonly run: number }
  | {
      readonly kind: "callSync" | "callAsync";
      readonly run: number;
      readonly id: number;
      readonly leaf: number;
      /** Valid until the next frame is read. */
      readonly args: Message;
      /** Length of the frame. */
      readonly bytes: number;
    }
  | { readonly kind: "console"; readonly run: number; readonly level: ConsoleLevel; readonly text: string }
  | { readonly kind: "saw"; readonly run: number; readonly looks: readonly number[] }
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

/** A run as the worker gets it. */
export interface RunOrder {
  readonly script: GuestScript;
  /** The run's id and settings, for a worker that is the host side itself. */
  readonly host?: { readonly id: string; readonly settings: HostSettings };
}

/** What the worker reads. It trusts its supervisor. */
export type SupervisorFrame =
  | { readonly kind: "setup"; readonly setup: unknown }
  | ({ readonly kind: "run"; readonly run: number } & RunOrder)
  | { readonly kind: "modules"; readonly run: number; readonly answers: ModuleAnswers }
  | { readonly kind: "piece"; readonly run: number; readonly piece: RecordedPiece }
  | {
      readonly kind: "reply";
      readonly run: number;
      readonly id: number;
      readonly isPending: boolean;
      readonly answer: Delivery;
    };

function frame(code: number, run: number, bodyBytes: number): Buffer {
  // Small ones share memory, which is cheaper; a large one would hold its share for nothing.
  const length = headBytes + bodyBytes;
  const bytes = length < 2048 ? Buffer.allocUnsafe(length) : Buffer.allocUnsafeSlow(length);
  bytes.writeUInt32LE(bytes.length - lengthBytes, 0);
  bytes.writeUInt32LE(code, lengthBytes);
  bytes.writeUInt32LE(run, lengthBytes + 4);
  return bytes;
}

/** The first word of a worker: that it is one. */
export function bornFrame(): Buffer {
  return frame(kind.born, 0, 0);
}

export function readyFrame(residentKib: number): Buffer {
  const bytes = frame(kind.ready, 0, 4);
  bytes.writeUInt32LE(residentKib, headBytes);
  return bytes;
}

export function startedFrame(run: number): Buffer {
  return frame(kind.started, run, 0);
}

export function callFrame(
  mode: "callSync" | "callAsync",
  run: number,
  id: number,
  leaf: number,
  args: Arguments,
): Buffer {
  return numbered(kind[mode], run, id, leaf, isFlat(args) ? encodePrimitives(args) : args);
}

function isFlat(args: Arguments): args is readonly Primitive[] {
  return Array.isArray(args);
}

function numbered(code: number, run: number, first: number, second: number, value: Message | null): Buffer {
  const bytes = frame(code, run, 8 + (value === null ? 0 : messageBytes(value)));
  bytes.writeUInt32LE(first, headBytes);
  bytes.writeUInt32LE(second, headBytes + 4);
  if (value !== null) writeMessage(bytes, headBytes + 8, value);
  return bytes;
}

export function consoleFrame(run: number, level: ConsoleLevel, text: string): Buffer {
  const bytes = frame(kind.console, run, 4 + Buffer.byteLength(text));
  bytes.writeUInt32LE(levels.indexOf(level), headBytes);
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

/** The worker asks for the next piece. */
export function recordedFrame(run: number): Buffer {
  return frame(kind.recorded, run, 0);
}

export function replayedFrame(run: number, leaves: readonly number[], digests: string): Buffer {
  const bytes = frame(kind.replayed, run, 4 + leaves.length * 4 + digests.length);
  let at = bytes.writeUInt32LE(leaves.length, headBytes);
  for (const leaf of leaves) at = bytes.writeUInt32LE(leaf, at);
  bytes.write(digests, at, "latin1");
  return bytes;
}

export function pieceFrame(run: number, piece: RecordedPiece): Buffer {
  return ownFrame(kind.piece, run, piece);
}

/** The numbers in an end. */
const amounts = 7;

export function setupFrame(setup: unknown): Buffer {
  return ownFrame(kind.setup, 0, setup);
}

export function runFrame(run: number, order: RunOrder): Buffer {
  const { globals } = order.script;
  const context = order.host?.settings.context ?? null;
  const value = encodeOrder(order);
  const lengths = [messageBytes(value), globals === null ? 0 : messageBytes(globals)] as const;
  const bytes = frame(
    kind.run,
    run,
    8 + lengths[0] + lengths[1] + (context === null ? 0 : messageBytes(context)),
  );
  bytes.writeUInt32LE(lengths[0], headBytes);
  bytes.writeUInt32LE(lengths[1], headBytes + 4);
  let end = writeMessage(bytes, headBytes + 8, value);
  if (globals !== null) end = writeMessage(bytes, end, globals);
  if (context !== null) writeMessage(bytes, end, context);
  return bytes;
}

/** Most runs are four texts, and go without the names of these; all others as they are. */
function encodeOrder({ script, host }: RunOrder): Message {
  const { globals: _, ...rest } = script;
  const { source, filename, language, onDetached, ...more } = rest;
  if (host === undefined && Object.keys(more).length === 0)
    return encodePrimitives([source, filename, language, onDetached]);
  return encodeOwn({
    script: rest,
    ...(host && { host: { ...host, settings: { ...host.settings, context: undefined } } }),
  });
}

type Plain = [string, string, GuestScript["language"], GuestScript["onDetached"]];

function orderIn(value: unknown): RunOrder {
  if (!Array.isArray(value)) return value as RunOrder;
  const [source, filename, language, onDetached] = value as Plain;
  return { script: { source, filename, language, globals: null, ...(onDetached && { onDetached }) } };
}

export function loadFrame(run: number, requests: readonly ModuleRequest[]): Buffer {
  return ownFrame(kind.load, run, requests);
}

export function modulesFrame(run: number, answers: ModuleAnswers): Buffer {
  return ownFrame(kind.modules, run, answers);
}

function ownFrame(code: number, run: number, content: unknown): Buffer {
  const value = encodeOwn(content);
  const bytes = frame(code, run, messageBytes(value));
  writeMessage(bytes, headBytes, value);
  return bytes;
}

export function replyFrame(run: number, id: number, reply: Reply): Buffer {
  return numbered(kind.reply, run, id, statuses.indexOf(reply.kind), valueOf(reply));
}

function valueOf(reply: Reply): Message | null {
  if (reply.kind === "pending" || reply.kind === "wait") return null;
  if (reply.kind === "error") return reply.error;
  const { value } = reply;
  return typeof value === "object" && value !== null ? value : encodePrimitives(value);
}

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
      const leaf = bytes.readUInt32LE(headBytes + 4);
      const args = messageAt(bytes, headBytes + 8, bytes.length);
      return {
        kind: code === kind.callSync ? "callSync" : "callAsync",
        run,
        id,
        leaf,
        args,
        bytes: bytes.length,
      };
    }
    case kind.console: {
      if (bytes.length < headBytes + 4) throw new MalformedFrame("a line is cut short");
      const level = levels[bytes.readUInt32LE(headBytes)];
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

/** Reads one frame of the supervisor. Nothing in what it returns lies in the frame's own memory. */
export function readSupervisorFrame(bytes: Buffer): SupervisorFrame {
  const run = bytes.readUInt32LE(lengthBytes + 4);
  switch (bytes.readUInt32LE(lengthBytes)) {
    case kind.modules:
      return { kind: "modules", run, answers: valueIn(bytes, headBytes, bytes.length) as ModuleAnswers };
    case kind.piece:
      return { kind: "piece", run, piece: valueIn(bytes, headBytes, bytes.length) as RecordedPiece };
    case kind.setup:
      return { kind: "setup", setup: valueIn(bytes, headBytes, bytes.length) };
    case kind.run: {
      const orderEnd = headBytes + 8 + bytes.readUInt32LE(headBytes);
      const globalsEnd = orderEnd + bytes.readUInt32LE(headBytes + 4);
      const { script: rest, host } = orderIn(valueIn(bytes, headBytes + 8, orderEnd));
      const script = { ...rest, globals: keptIn(bytes, orderEnd, globalsEnd) };
      if (host === undefined) return { kind: "run", run, script };
      const context = keptIn(bytes, globalsEnd, bytes.length);
      const settings = { ...host.settings, ...(context !== null && { context }) };
      return { kind: "run", run, script, host: { ...host, settings } };
    }
    case kind.reply: {
      const id = bytes.readUInt32LE(headBytes);
      const status = statuses[bytes.readUInt32LE(headBytes + 4)];
      if (status === undefined) throw new MalformedFrame("an unknown status");
      const isPending = status === "pending";
      return { kind: "reply", run, id, isPending, answer: deliver(replyIn(bytes, status), id) };
    }
    default:
      throw new MalformedFrame("an unknown kind of frame");
  }
}

function keptIn(bytes: Buffer, at: number, end: number): Message | null {
  return at === end ? null : keepMessage(readMessage(bytes, at, end, scratch));
}

function valueIn(bytes: Buffer, at: number, end: number): unknown {
  const decoded = decode(readMessage(bytes, at, end, scratch), Infinity);
  if (decoded.ok) return decoded.value;
  throw new MalformedFrame("a value of the supervisor that cannot be read");
}

function replyIn(bytes: Buffer, status: (typeof statuses)[number]): Reply {
  if (status === "pending") return { kind: status };
  if (status === "wait") return { kind: status, reason: null };
  const message = readMessage(bytes, headBytes + 8, bytes.length, scratch);
  if (status === "error") return { kind: status, error: message };
  // A primitive enters the isolate as itself.
  if (message.to - message.from > 3 || message.bytes.length > 0) return { kind: status, value: message };
  const decoded = decode(message, Infinity);
  return { kind: status, value: decoded.ok && isPrimitive(decoded.value) ? decoded.value : message };
}

function isPrimitive(value: unknown): value is Primitive {
  return value === null || (typeof value !== "object" && typeof value !== "bigint");
}
