/**
 * Writes a list of primitives and bytes as the bytes of its message, and reads it back: what the codec would write and read, without what it does for
 * everything else. Most of what is written down of a run is such a list, and a message on the way would be most of what it costs.
 */
import { isWideText } from "./delivery.ts";
import { format } from "./format.ts";
import type { Message } from "./message.ts";
import { headBytes, messageBytes, writeMessage } from "./message-bytes.ts";
import { constants, primitiveWords, putPrimitive, type Primitive } from "./primitive-words.ts";

/** A message stands for its bytes. */
export type FlatPart = Primitive | Uint8Array | Message;

const { tag, views } = format;
const bytesView = (views.indexOf("Uint8Array") << 4) | tag.view;

const maxParts = 8;
const words = new Int32Array(1 + maxParts * primitiveWords);

/** How many bytes a list has at most. */
export function flatRoom(parts: readonly FlatPart[]): number {
  let room = headBytes + words.byteLength;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (typeof part === "string") room += part.length * 2;
    else if (typeof part === "object" && part !== null) room += bytesIn(part);
  }
  return room;
}

/** Writes a list of a few parts at `at`, where it has room; returns where it ends. */
export function writeFlat(into: Buffer, at: number, parts: readonly FlatPart[]): number {
  if (parts.length > maxParts) throw new Error("A list is too long to be written flat.");
  let text = "";
  let count = 0;
  words[count++] = (parts.length << 4) | tag.array;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (typeof part === "object" && part !== null) {
      const length = bytesIn(part);
      words[count++] = bytesView;
      words[count++] = length;
      words[count++] = (length << 4) | tag.buffer;
    } else {
      count = putPrimitive(words, count, part);
      if (typeof part === "string") text += part;
    }
  }
  const isWide = isWideText(text);
  let end = writeMessage(into, at, { words, from: 0, to: count, text, isWide, bytes: [], ownsBytes: true });
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (typeof part !== "object" || part === null) continue;
    if (part instanceof Uint8Array) {
      into.set(part, end);
      end += part.length;
    } else end = writeMessage(into, end, part);
  }
  return end;
}

function bytesIn(part: Uint8Array | Message): number {
  return part instanceof Uint8Array ? part.length : messageBytes(part);
}

/**
 * The list that is written from `at` to `end`; `null` for anything else, which is for the codec to read or to refuse. Bytes lie in `source`.
 */
export function readFlat(
  source: Buffer<ArrayBuffer>,
  at: number,
  end: number,
): (Primitive | Uint8Array<ArrayBuffer>)[] | null {
  if (end > source.length || end - at < headBytes) return null;
  const width = source[at + 1]!;
  if (source[at] !== format.version || (width !== 1 && width !== 2) || source.readUInt16LE(at + 2) !== 0)
    return null;
  const count = source.readUInt32LE(at + 4);
  const letters = source.readUInt32LE(at + 8);
  const from = at + headBytes;
  const textAt = from + count * 4;
  let bytesAt = textAt + letters * width;
  if (bytesAt > end || count < 1 || count > words.length) return null;
  const head = source.readInt32LE(from);
  const length = head >>> 4;
  if ((head & 15) !== tag.array || length > maxParts) return null;
  const text = source.toString(width === 1 ? "latin1" : "utf16le", textAt, bytesAt);
  const parts: (Primitive | Uint8Array<ArrayBuffer>)[] = [];
  let letter = 0;
  let word = from + 4;
  for (let i = 0; i < length; i++) {
    if (word >= textAt) return null;
    const first = source.readInt32LE(word);
    const number = first >>> 4;
    word += 4;
    switch (first & 15) {
      case tag.integer:
        parts.push(first >> 4);
        break;
      case tag.text:
        if (letter + number > letters) return null;
        parts.push(text.slice(letter, (letter += number)));
        break;
      case tag.constant:
        if (number >= constants.length) return null;
        parts.push(constants[number]);
        break;
      case tag.double:
        if (word + 8 > textAt) return null;
        parts.push(source.readDoubleLE(word));
        word += 8;
        break;
      case tag.view: {
        if (first !== bytesView || word + 8 > textAt) return null;
        const size = source.readUInt32LE(word);
        const isWhole = source.readUInt32LE(word + 4) === ((size << 4) | tag.buffer) >>> 0;
        if (!isWhole || size >= 2 ** 28 || bytesAt + size > end) return null;
        parts.push(source.subarray(bytesAt, (bytesAt += size)));
        word += 8;
        break;
      }
      default:
        return null;
    }
  }
  return word === textAt && letter === letters && bytesAt === end ? parts : null;
}
