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
