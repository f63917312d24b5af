/**
 * Writes and reads a message as it goes through a pipe, into a file or into a queue, which `docs/values.md` describes:
 *
 *     version u8 · letters u8 (1: Latin-1, 2: UTF-16) · 0 u16 · words u32 · letters u32 · words · letters · bytes      (little endian)
 */
import { format } from "./format.ts";
import { MalformedValue, noBytes, type Message } from "./message.ts";

/** What stands before the words. */
export const headBytes = 12;

/** Slices of a text that is no longer may keep it alive: it is no more than what a string costs anyway. */
const shortText = 1024;

export function messageBytes({ from, to, text, isWide, bytes }: Message): number {
  let length = headBytes + (to - from) * 4 + (isWide ? text.length * 2 : text.length);
  for (const piece of bytes) length += piece.length;
  return length;
}

/** Writes a message at `at`, where `messageBytes` have room; returns where it ends. */
export function writeMessage(into: Buffer, at: number, message: Message): number {
  const { words, from, to, text, isWide, bytes } = message;
  into[at] = format.version;
  into[at + 1] = isWide ? 2 : 1;
  into.writeUInt16LE(0, at + 2);
  into.writeUInt32LE(to - from, at + 4);
  into.writeUInt32LE(text.length, at + 8);
  let end = at + headBytes;
  if (to - from <= fewWords) for (let i = from; i < to; i++) end = into.writeInt32LE(words[i]!, end);
  else {
    into.set(new Uint8Array(words.buffer, words.byteOffset + from * 4, (to - from) * 4), end);
    end += (to - from) * 4;
  }
  end += into.write(text, end, isWide ? "utf16le" : "latin1");
  for (const piece of bytes) {
    into.set(piece, end);
    end += piece.length;
  }
  return end;
}

/** Up to here a loop is faster than a view. */
export const fewWords = 32;

/**
 * Reads the message whose bytes are `source` from `at` to `end`. Its words and bytes lie in those where they can, so that it is valid as
 * long as they are; few words are copied to `scratch`, if there is one, which takes less than a view of them. Throws `MalformedValue` for bytes that are none, before anything is allocated.
 */
export function readMessage(
  source: Buffer,
  at: number,
  end: number,
  scratch?: Int32Array<ArrayBuffer>,
): Message {
  if (end > source.length || end - at < headBytes) throw new MalformedValue("it is cut short");
  const version = source[at];
  if (version !== format.version) {
    throw new MalformedValue(`its version is ${version}, and ${format.version} is the one known here`);
  }
  const width = source[at + 1];
  const count = source.readUInt32LE(at + 4);
  const letters = source.readUInt32LE(at + 8);
  const start = at + headBytes;
  const textAt = start + count * 4;
  if ((width !== 1 && width !== 2) || source.readUInt16LE(at + 2) !== 0) {
    throw new MalformedValue("its head makes no sense");
  }
  const bytesAt = textAt + letters * width;
  if (bytesAt > end) throw new MalformedValue("it is cut short");
  const encoding = width === 1 ? "latin1" : "utf16le";
  return {
    words:
      scratch !== undefined && count <= scratch.length
        ? copied(source, start, count, scratch)
        : wordsAt(source, start, count),
    from: 0,
    to: count,
    text: letters === 0 ? "" : source.toString(encoding, textAt, bytesAt),
    isWide: width === 2,
    bytes: bytesAt === end ? noBytes : [source.subarray(bytesAt, end) as Buffer<ArrayBuffer>],
    ownsBytes: false,
    part:
      letters > shortText
        ? partsOf(letters, (from, to) =>
            source.toString(encoding, textAt + from * width, textAt + to * width),
          )
        : undefined,
  };
}

/**
 * Parts of a text that `copy` reads, as slices of short texts: a copy of each would take ten times as long. It is asked for nothing behind the text: what
 * lies there is not ours, and may be half a letter.
 */
function partsOf(letters: number, copy: (from: number, to: number) => string): Message["part"] {
  let short = "";
  let from = 0;
  return (start, end) => {
    if (end - start > shortText) return copy(start, end);
    if (start < from || end > from + short.length) {
      from = start;
      short = copy(from, Math.min(from + shortText, letters));
    }
    return short.slice(start - from, end - from);
  };
}

function copied(
  source: Buffer,
  start: number,
  count: number,
  into: Int32Array<ArrayBuffer>,
): Int32Array<ArrayBuffer> {
  for (let i = 0; i < count; i++) into[i] = source.readInt32LE(start + i * 4);
  return into;
}

/** Words are read in place where they lie on a border of words. */
function wordsAt(source: Buffer, start: number, count: number): Int32Array<ArrayBuffer> {
  const offset = source.byteOffset + start;
  if (offset % 4 === 0) return new Int32Array(source.buffer as ArrayBuffer, offset, count);
  const words = new Int32Array(count);
  new Uint8Array(words.buffer).set(source.subarray(start, start + count * 4));
  return words;
}

/** A message as one piece of bytes that is nobody else's. */
export function bytesOf(message: Message): Buffer<ArrayBuffer> {
  const bytes = Buffer.allocUnsafeSlow(messageBytes(message));
  writeMessage(bytes, 0, message);
  return bytes;
}

/** A message of bytes that were kept. Throws `MalformedValue`. */
export function messageOf(kept: Uint8Array<ArrayBuffer>): Message {
  const bytes = Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength);
  return readMessage(bytes, 0, bytes.length);
}
