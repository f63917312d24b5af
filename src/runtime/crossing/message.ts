/**
 * Declares a message: an encoded value on its way through one process. Between processes it goes as bytes:
 * `message-bytes.ts`.
 */

/** A value in words, a text and bytes. */
export interface Message {
  /** Its words are those from `from` to `to`. */
  readonly words: Int32Array<ArrayBuffer>;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** True when the text has letters beyond Latin-1. */
  readonly isWide: boolean;
  /** The bytes of all buffers, in pieces of which each buffer has one or a part of one. */
  readonly bytes: readonly Uint8Array<ArrayBuffer>[];
  /** Whether a piece that is one whole buffer may become the value's. */
  readonly ownsBytes: boolean;
  /** A part of the text that does not keep all of it in memory, as a slice does. */
  readonly part?: ((start: number, end: number) => string) | undefined;
}

/** Bytes that are no value of ours. */
export class MalformedValue extends Error {
  override get name(): string {
    return "MalformedValue";
  }
}

export const noBytes: Message["bytes"] = [];

/** Words of small messages share a slab: an array of its own for each would be most of what a small message costs. */
const slabWords = 16 * 1024;
let slab = new Int32Array(slabWords);
let slabUsed = 0;

/** A message of the first `count` words, which are copied. */
export function messageOfWords(
  words: Int32Array<ArrayBuffer>,
  count: number,
  text: string,
  bytes: Message["bytes"],
): Message {
  let kept = slab;
  let from = slabUsed;
  if (count > slabWords / 8) {
    kept = words.slice(0, count);
    from = 0;
  } else {
    if (slabUsed + count > slabWords) {
      kept = slab = new Int32Array(slabWords);
      from = slabUsed = 0;
    }
    for (let i = 0; i < count; i++) slab[slabUsed++] = words[i]!;
  }
  return { words: kept, from, to: from + count, text, isWide: isWideText(text), bytes, ownsBytes: true };
}

const wide = /[^\x00-\xff]/;

/** True for a text with letters beyond Latin-1. */
export function isWideText(text: string): boolean {
  // V8 reads no letter of a text that it keeps as Latin-1: no such letter matches.
  return text.length > 0 && wide.test(text);
}

/** A message that does not depend on the memory it was read from. */
export function keepMessage({ words, from, to, text, isWide, bytes }: Message): Message {
  return {
    words: words.slice(from, to),
    from: 0,
    to: to - from,
    text,
    isWide,
    bytes: bytes.map((piece) => new Uint8Array(piece)),
    ownsBytes: true,
  };
}
