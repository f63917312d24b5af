/**
 * Frame: the messages supervisor and worker exchange, as bytes. Pure: buffers in, buffers out.
 *
 *     length u32 · kind u8 · run u32 · body          (little endian; `length` counts what follows it)
 *
 *     worker → supervisor                            supervisor → worker
 *     ready     resident KiB u32                     setup   value
 *     started                                        run     value
 *     callSync  id u32 · leaf u32 · parcel           reply   id u32 · status u8 · parcel
 *     callAsync id u32 · leaf u32 · parcel
 *     console   level u8 · UTF-8
 *     end       value
 *
 * `run` is the supervisor's own number of the run: the worker repeats it, so that what was meant for an earlier run
 * is recognised on either side.
 */
import type { HostSettings, HostUsage } from "../../runner.ts";
import type { ConsoleLevel, GuestOutcome, GuestScript, Parcel, Reply } from "../../seam.ts";
import { MalformedFrame } from "./malformed.ts";
import { packParcel, packValue, unpackParcel, unpackValue } from "./payload.ts";

export const lengthBytes = 4;
const headBytes = lengthBytes + 5;

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
} as const;

const levels: readonly ConsoleLevel[] = ["log", "info", "warn", "error", "debug"];
const statuses = ["value", "error", "pending"] as const;

/** What the supervisor reads. Shapes are checked to the depth shown here; values inside are for the bridge to judge. */
export type WorkerFrame =
  | { readonly kind: "ready"; readonly residentKib: number }
  | { readonly kind: "started"; readonly run: number }
  | {
      readonly kind: "callSync" | "callAsync";
      readonly run: number;
      readonly id: number;
      readonly leaf: number;
      readonly args: Parcel;
      /** Length of the frame. */
      readonly bytes: number;
    }
  | { readonly kind: "console"; readonly run: number; readonly level: ConsoleLevel; readonly text: string }
  | { readonly kind: "end"; readonly run: number; readonly outcome: unknown };

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
  | { readonly kind: "reply"; readonly run: number; readonly id: number; readonly reply: Reply };

function head(code: number, run: number, extra = 0): Buffer {
  const bytes = Buffer.allocUnsafe(headBytes + extra);
  bytes[lengthBytes] = code;
  bytes.writeUInt32LE(run, lengthBytes + 1);
  return bytes;
}

function sealed(frame: Buffer): Buffer {
  frame.writeUInt32LE(frame.length - lengthBytes, 0);
  return frame;
}

export function readyFrame(residentKib: number): Buffer {
  const frame = head(kind.ready, 0, 4);
  frame.writeUInt32LE(residentKib, headBytes);
  return sealed(frame);
}

export function startedFrame(run: number): Buffer {
  return sealed(head(kind.started, run));
}

export function callFrame(
  mode: "callSync" | "callAsync",
  run: number,
  id: number,
  leaf: number,
  args: Parcel,
): Buffer {
  const start = head(kind[mode], run, 8);
  start.writeUInt32LE(id, headBytes);
  start.writeUInt32LE(leaf, headBytes + 4);
  return sealed(packParcel(start, args));
}

export function consoleFrame(run: number, level: ConsoleLevel, text: string): Buffer {
  const start = head(kind.console, run, 1);
  start[headBytes] = levels.indexOf(level);
  return sealed(Buffer.concat([start, Buffer.from(text)]));
}

/** `usage`: what a worker counted that was the host side itself. */
export function endFrame(run: number, outcome: GuestOutcome, usage?: HostUsage): Buffer {
  return sealed(packValue(head(kind.end, run), usage ? { ...outcome, hostUsage: usage } : outcome));
}

export function setupFrame(setup: unknown): Buffer {
  return sealed(packValue(head(kind.setup, 0), setup));
}

export function runFrame(run: number, order: RunOrder): Buffer {
  return sealed(packValue(head(kind.run, run), order));
}

export function replyFrame(run: number, id: number, reply: Reply): Buffer {
  const start = head(kind.reply, run, 5);
  start.writeUInt32LE(id, headBytes);
  start[headBytes + 4] = statuses.indexOf(reply.kind);
  return sealed(reply.kind === "pending" ? start : packParcel(start, reply.parcel));
}

/**
 * Reads one frame of a worker, with a payload of at most `maxBytes` or a console line of at most `maxLineBytes`. Throws `MalformedFrame`, and
 * nothing else.
 */
export function readWorkerFrame(frame: Buffer, maxBytes = Infinity, maxLineBytes = Infinity): WorkerFrame {
  if (frame.length < headBytes) throw new MalformedFrame("a frame is shorter than its head");
  const run = frame.readUInt32LE(lengthBytes + 1);
  const code = frame[lengthBytes];
  switch (code) {
    case kind.ready:
      expectLength(frame, headBytes + 4);
      return { kind: "ready", residentKib: frame.readUInt32LE(headBytes) };
    case kind.started:
      expectLength(frame, headBytes);
      return { kind: "started", run };
    case kind.callSync:
    case kind.callAsync: {
      if (frame.length < headBytes + 9) throw new MalformedFrame("a call is cut short");
      const id = frame.readUInt32LE(headBytes);
      const leaf = frame.readUInt32LE(headBytes + 4);
      const args = unpackParcel(frame, headBytes + 8, maxBytes);
      const mode = code === kind.callSync ? "callSync" : "callAsync";
      return { kind: mode, run, id, leaf, args, bytes: frame.length };
    }
    case kind.console: {
      const level = levels[frame[headBytes] ?? levels.length];
      if (level === undefined) throw new MalformedFrame("an unknown console level");
      // Before it is text: bytes that are none cost V8 several times their number.
      if (frame.length - headBytes > maxLineBytes) throw new MalformedFrame("a line longer than its console");
      return { kind: "console", run, level, text: frame.toString("utf8", headBytes + 1) };
    }
    case kind.end:
      return { kind: "end", run, outcome: unpackValue(frame, headBytes, maxBytes) };
    default:
      throw new MalformedFrame("an unknown kind of frame");
  }
}

function expectLength(frame: Buffer, length: number): void {
  if (frame.length !== length) throw new MalformedFrame("a frame of the wrong length");
}

/** Reads one frame of the supervisor. */
export function readSupervisorFrame(frame: Buffer): SupervisorFrame {
  const run = frame.readUInt32LE(lengthBytes + 1);
  switch (frame[lengthBytes]) {
    case kind.setup:
      return { kind: "setup", setup: unpackValue(frame, headBytes) };
    case kind.run:
      return { kind: "run", run, ...(unpackValue(frame, headBytes) as RunOrder) };
    case kind.reply: {
      const status = statuses[frame[headBytes + 4] ?? statuses.length];
      if (status === undefined) throw new MalformedFrame("an unknown status");
      const reply: Reply =
        status === "pending"
          ? { kind: status }
          : { kind: status, parcel: unpackParcel(frame, headBytes + 5) };
      return { kind: "reply", run, id: frame.readUInt32LE(headBytes), reply };
    }
    default:
      throw new MalformedFrame("an unknown kind of frame");
  }
}
