/**
 * Lays out the messages that supervisor and worker exchange, as bytes: what a worker says is in `worker-frames.ts`, what its supervisor says in
 * `supervisor-frames.ts`. All of it is pure: buffers in, buffers out.
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
 *     recorded                                       rest
 *     replayed  count u32 · leaves u32 … · digests
 *     end       how u32 · times and sizes f64 · value
 *
 * `run` is the supervisor's own number of the run: the worker repeats it, so that what was meant for an earlier run
 * is recognised on either side. The highest bit of a `leaf` says that the worker is awake. A value is a message (`crossing/message.ts`): frames carry it, and nobody here looks into it.
 */
import { encodeOwn } from "../../crossing/host-codec.ts";
import { fewWords, messageBytes, writeMessage } from "../../crossing/message-bytes.ts";
import type { Message } from "../../crossing/message.ts";
import type { ModuleAnswers, ModuleRequest, RecordedPiece } from "../../seam.ts";

/** The words of the last value that had few. */
export const scratch = new Int32Array(fewWords);

export const lengthBytes = 4;
// Whole words, so that the words of a value lie on a border of words when its frame does.
export const headBytes = lengthBytes + 8;

export const kind = {
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
  rest: 17,
} as const;

export function frame(code: number, run: number, bodyBytes: number): Buffer {
  // Small ones share memory, which is cheaper; a large one would hold its share for nothing.
  const length = headBytes + bodyBytes;
  const bytes = length < 2048 ? Buffer.allocUnsafe(length) : Buffer.allocUnsafeSlow(length);
  bytes.writeUInt32LE(bytes.length - lengthBytes, 0);
  bytes.writeUInt32LE(code, lengthBytes);
  bytes.writeUInt32LE(run, lengthBytes + 4);
  return bytes;
}

export function numbered(
  code: number,
  run: number,
  first: number,
  second: number,
  value: Message | null,
): Buffer {
  const bytes = frame(code, run, 8 + (value === null ? 0 : messageBytes(value)));
  bytes.writeUInt32LE(first, headBytes);
  bytes.writeUInt32LE(second, headBytes + 4);
  if (value !== null) writeMessage(bytes, headBytes + 8, value);
  return bytes;
}

/** Frames that say all by their kind. */
export function signalFrame(what: "born" | "started" | "recorded" | "rest", run = 0): Buffer {
  return frame(kind[what], run, 0);
}

/** Frames whose body is a value of ours. */
interface OwnValues {
  readonly setup: unknown;
  readonly modules: ModuleAnswers;
  readonly piece: RecordedPiece;
  readonly load: readonly ModuleRequest[];
}

export function ownFrame<What extends keyof OwnValues>(
  what: What,
  content: OwnValues[What],
  run = 0,
): Buffer {
  const value = encodeOwn(content);
  const bytes = frame(kind[what], run, messageBytes(value));
  writeMessage(bytes, headBytes, value);
  return bytes;
}
