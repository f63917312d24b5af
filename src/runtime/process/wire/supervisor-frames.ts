/**
 * Writes and reads what a supervisor says to its worker, which trusts it.
 */
import { deliver, early, type Early } from "../../crossing/delivery.ts";
import { flatMessage, isPrimitive, primitiveMessage } from "../../crossing/flat.ts";
import { decode, encodeOwn } from "../../crossing/host-codec.ts";
import { messageBytes, readMessage, writeMessage } from "../../crossing/message-bytes.ts";
import { keepMessage, type Message } from "../../crossing/message.ts";
import type { Delivery } from "../../crossing/transfer.ts";
import type { HostSettings } from "../../runner.ts";
import type { GuestScript, ModuleAnswers, RecordedPiece, Reply } from "../../seam.ts";
import { frame, headBytes, kind, lengthBytes, numbered, scratch } from "./layout.ts";
import { MalformedFrame } from "./malformed.ts";

const statuses = ["value", "error", "pending", "wait"] as const;
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
  /** To a worker that has had nothing to do for a while, and has no run. */
  | { readonly kind: "rest" }
  | { readonly kind: "modules"; readonly run: number; readonly answers: ModuleAnswers }
  | { readonly kind: "piece"; readonly run: number; readonly piece: RecordedPiece }
  | {
      readonly kind: "reply";
      readonly run: number;
      readonly id: number;
      readonly isPending: boolean;
      readonly answer: Delivery;
    };

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
    return flatMessage([source, filename, language, onDetached]);
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

export function replyFrame(run: number, id: number, reply: Reply): Buffer {
  return numbered(kind.reply, run, id, statuses.indexOf(reply.kind), valueOf(reply));
}

function valueOf(reply: Reply): Message | null {
  if (reply.kind === "pending" || reply.kind === "wait") return null;
  if (reply.kind === "error") return reply.error;
  const { value } = reply;
  return typeof value === "object" && value !== null ? value : primitiveMessage(value);
}

/** Reads one frame of the supervisor. Nothing in what it returns lies in the frame's own memory. */
export function readSupervisorFrame(bytes: Buffer): SupervisorFrame {
  const run = bytes.readUInt32LE(lengthBytes + 4);
  switch (bytes.readUInt32LE(lengthBytes)) {
    case kind.modules:
      return { kind: "modules", run, answers: valueIn(bytes, headBytes, bytes.length) as ModuleAnswers };
    case kind.piece:
      return { kind: "piece", run, piece: valueIn(bytes, headBytes, bytes.length) as RecordedPiece };
    case kind.rest:
      return { kind: "rest" };
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
      return { kind: "reply", run, id, isPending, answer: deliver(replyIn(bytes, status), id, leftOf(run)) };
    }
    default:
      throw new MalformedFrame("an unknown kind of frame");
  }
}

/** A worker has one run at a time, each with an isolate of its own. */
let entered = { run: 0, left: early() };

function leftOf(run: number): Early {
  if (run !== entered.run) entered = { run, left: early() };
  return entered.left;
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
