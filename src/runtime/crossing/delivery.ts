/**
 * Holds the host's half of `transfer.ts`: replies as the prelude takes them, and messages of what it sends.
 */
import { jsonText } from "./json-text.ts";
import { isWideText, noBytes, type Message } from "./message.ts";
import type { Delivery } from "./transfer.ts";

/** From here on bytes are cheaper than letters. Not more than `transfer.ts` has room for. */
const manyWords = 512;

/** Room for the letters of that many words and of their number. */
const letters = Buffer.allocUnsafeSlow((manyWords + 1) * 5);

/** What is delivered: a `Reply` of the seam. */
type Answer =
  | { readonly kind: "value"; readonly value: string | number | boolean | null | undefined | Message }
  | { readonly kind: "error"; readonly error: Message }
  | { readonly kind: "pending" }
  | { readonly kind: "wait" };

/**
 * What may still enter an isolate as JSON, in words. Until its decoder has read about so many, the engine makes it faster all the time; the reader
 * of JSON needs no such time, and is slower than that in the end.
 */
export interface Early {
  words: number;
}

/** Of an isolate that nothing has entered yet. */
export function early(): Early {
  return { words: 8192 };
}

/** For the guest side alone: the call is not answered in this process. */
export const waits: Delivery = "w";

/** A reply to the call `id`. `left`: of the isolate it enters; without it nothing goes as JSON. */
export function deliver(reply: Answer, id: number, left?: Early): Delivery {
  if (reply.kind === "pending") return `p${id}`;
  if (reply.kind === "wait") return waits;
  if (reply.kind === "error") return deliverMessage("e", reply.error);
  const { value } = reply;
  if (typeof value === "string") return `s${value}`;
  return typeof value === "object" && value !== null ? deliverMessage("v", value, left) : value;
}

export function deliverMessage(kind: "v" | "e", message: Message, left?: Early): Delivery {
  const { words, from, to, text, bytes } = message;
  if (kind === "v" && left !== undefined && left.words > 0) {
    left.words -= to - from;
    const json = jsonText(message);
    if (json !== null) return `j${json}`;
  }
  if (to - from > manyWords || bytes.length > 0) {
    return [kind, exact(words.subarray(from, to)), text, ...bytes.map(exact)];
  }
  let at = writeNumber(to - from, 0);
  for (let i = from; i < to; i++) at = writeNumber(words[i]!, at);
  return kind + letters.toString("latin1", 0, at) + text;
}

function writeNumber(word: number, at: number): number {
  let rest = word >>> 0;
  while (rest > 127) {
    letters[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  letters[at] = rest;
  return at + 1;
}

/** The bytes of a view, and nothing else. */
function exact({
  buffer,
  byteOffset,
  byteLength,
}: Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>): ArrayBuffer {
  if (byteLength === buffer.byteLength) return buffer;
  return buffer.slice(byteOffset, byteOffset + byteLength);
}

/** The words of the last message that was collected as letters. */
let scratch = Buffer.allocUnsafeSlow(manyWords * 4);
let scratchWords = new Int32Array(scratch.buffer as ArrayBuffer);

/** The message of what a prelude has sent; valid until the next one. */
export function collect(words: string | ArrayBuffer, text: string, bytes: readonly ArrayBuffer[]): Message {
  const rest = {
    from: 0,
    text,
    isWide: isWideText(text),
    bytes: bytes.length === 0 ? noBytes : bytes.map((piece) => new Uint8Array(piece)),
    ownsBytes: true,
  };
  if (typeof words !== "string") {
    const all = new Int32Array(words);
    return { words: all, to: all.length, ...rest };
  }
  const length = words.length * 2;
  if (length > scratch.length) {
    scratch = Buffer.allocUnsafeSlow(length);
    scratchWords = new Int32Array(scratch.buffer as ArrayBuffer);
  }
  scratch.write(words, 0, "utf16le");
  return { words: scratchWords, to: length / 4, ...rest };
}
