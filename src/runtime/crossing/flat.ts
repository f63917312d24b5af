/**
 * Makes the message of a list of primitives and bytes, and lists what is in one: what the codec would write and read, without what it does for everything
 * else. Most calls and most of what is written down of a run are such lists.
 */
import { format } from "./format.ts";
import { messageBytes, writeMessage } from "./message-bytes.ts";
import { isWideText, noBytes, type Message } from "./message.ts";

export type Primitive = string | number | boolean | null | undefined;

export function isPrimitive(value: unknown): value is Primitive {
  switch (typeof value) {
    case "object":
      return value === null;
    case "function":
    case "bigint":
    case "symbol":
      return false;
    default:
      return true;
  }
}

/** A message stands for its bytes. */
export type FlatPart = Primitive | Uint8Array<ArrayBuffer> | Message;

const { tag, views } = format;
const bytesView = (views.indexOf("Uint8Array") << 4) | tag.view;

/** By their numbers in `format.constant`. */
const constants: readonly Primitive[] = [undefined, null, true, false];

/** Longer lists are read by the codec. */
const maxParts = 8;
/** Most words that a part has. */
const partWords = 3;

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);
let words = new Int32Array(1 + partWords * maxParts);

export function isFlat(sent: readonly Primitive[] | Message): sent is readonly Primitive[] {
  return Array.isArray(sent);
}

/** Valid until the next one. */
export function primitiveMessage(value: Primitive): Message {
  return messageOf(putPrimitive(0, value), typeof value === "string" ? value : "", noBytes);
}

/** Valid until the next one. */
export function flatMessage(parts: readonly FlatPart[]): Message {
  const most = 1 + partWords * parts.length;
  if (most > words.length) words = new Int32Array(most);
  let text = "";
  let bytes = noBytes;
  let count = 0;
  words[count++] = (parts.length << 4) | tag.array;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    if (typeof part === "object" && part !== null) {
      const piece = part instanceof Uint8Array ? part : written(part);
      bytes = [...bytes, piece];
      words[count++] = bytesView;
      words[count++] = piece.length;
      words[count++] = (piece.length << 4) | tag.buffer;
    } else {
      count = putPrimitive(count, part);
      if (typeof part === "string") text += part;
    }
  }
  return messageOf(count, text, bytes);
}

function written(message: Message): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.allocUnsafe(messageBytes(message));
  writeMessage(bytes, 0, message);
  return bytes;
}

function messageOf(to: number, text: string, bytes: Message["bytes"]): Message {
  return { words, from: 0, to, text, isWide: isWideText(text), bytes, ownsBytes: true };
}

/** Writes the words of a primitive at `at`; returns where they end. */
function putPrimitive(at: number, value: Primitive): number {
  if (typeof value === "number") {
    if ((value | 0) === value && value >= -(2 ** 27) && value < 2 ** 27 && !Object.is(value, -0)) {
      words[at] = value << 4;
      return at + 1;
    }
    words[at] = tag.double;
    double[0] = value;
    words[at + 1] = halves[0]!;
    words[at + 2] = halves[1]!;
    return at + 3;
  }
  words[at] =
    typeof value === "string"
      ? (value.length << 4) | tag.text
      : (constants.indexOf(value) << 4) | tag.constant;
  return at + 1;
}

/** What is in the message of such a list, where bytes lie in those of the message; `null` for anything else, which is for the codec to read or to refuse. */
export function flatParts(message: Message): (Primitive | Uint8Array<ArrayBuffer>)[] | null {
  const { words, text, to } = message;
  const bytes = message.bytes[0] ?? none;
  let at = message.from;
  const head = words[at++]!;
  const length = head >>> 4;
  if (at > to || (head & 15) !== tag.array || length > maxParts || message.bytes.length > 1) return null;
  // As long as it will be: one that grows has room for three times as many.
  const parts = new Array<Primitive | Uint8Array<ArrayBuffer>>(length);
  let letter = 0;
  let byte = 0;
  for (let i = 0; i < length; i++) {
    const first = words[at++]!;
    const number = first >>> 4;
    switch (first & 15) {
      case tag.integer:
        parts[i] = first >> 4;
        break;
      case tag.text:
        parts[i] = text.slice(letter, (letter += number));
        break;
      case tag.constant:
        if (number >= constants.length) return null;
        parts[i] = constants[number];
        break;
      case tag.double:
        if (number !== 0) return null;
        halves[0] = words[at++]!;
        halves[1] = words[at++]!;
        parts[i] = double[0];
        break;
      case tag.view: {
        const size = words[at++]!;
        if (first !== bytesView || size >>> 28 !== 0 || words[at++] !== ((size << 4) | tag.buffer))
          return null;
        parts[i] = bytes.subarray(byte, (byte += size));
        break;
      }
      default:
        return null;
    }
    if (at > to) return null;
  }
  return at === to && letter === text.length && byte === bytes.length ? parts : null;
}

const none = new Uint8Array(0);
