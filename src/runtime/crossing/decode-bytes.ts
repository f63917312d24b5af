/**
 * Decodes buffers and views from the pieces of a message. Self-contained: part of the prelude.
 */
import type { Reading } from "./decode-reading.ts";

/** The bytes of a message. */
export interface Pieces {
  readonly bytes: readonly Uint8Array<ArrayBuffer>[];
  /** Whether a piece that is one whole buffer may become the value's: it is nobody else's. */
  readonly ownsBytes: boolean;
}

export type BytesPart = ReturnType<typeof makeBytesReader>;

export function makeBytesReader(reading: Reading) {
  const { p, format, objects, charge, next, malformed } = reading;
  const { tag, price } = format;

  const none = p.list<Uint8Array<ArrayBuffer>>();
  let pieces: Pieces["bytes"] = none;
  let ownsBytes = false;
  let piece = 0;
  /** How much of the piece is taken. */
  let taken = 0;

  function buffer(length: number): ArrayBuffer {
    charge(price.buffer + length);
    const out = length === 0 ? new p.ArrayBuffer(0) : takeBytes(length);
    objects[objects.length] = out;
    return out;
  }

  function takeBytes(length: number): ArrayBuffer {
    const from = piece < pieces.length ? pieces[piece] : undefined;
    if (from === undefined) throw malformed;
    const all = p.typedArrayByteLength(from);
    const start = taken;
    taken += length;
    if (taken > all) throw malformed;
    if (taken === all) {
      piece++;
      taken = 0;
    }
    const bytes = p.typedArrayBuffer(from);
    const offset = p.typedArrayOffset(from) + start;
    if (ownsBytes && offset === 0 && length === p.bufferByteLength(bytes)) return bytes;
    const copy = new p.Uint8Array(length);
    p.typedArraySet(copy, new p.Uint8Array(bytes, offset, length), 0);
    return p.typedArrayBuffer(copy);
  }

  function view(number: number): object {
    const name = format.views[number];
    const View = name === undefined ? undefined : p.views[name];
    if (name === undefined || View === undefined) throw malformed;
    charge(price.view);
    const length = next();
    const place = objects.length;
    objects[place] = undefined;
    const word = next();
    let bytes: object | undefined;
    if ((word & 15) === tag.buffer) bytes = buffer(word >>> 4);
    else if ((word & 15) === tag.again) bytes = objects[word >>> 4];
    if (bytes === undefined || !p.isBuffer(bytes)) throw malformed;
    const width = number === 0 ? 1 : (View as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
    // Of its whole buffer, always: a view of a part came with a buffer of its own.
    if (length < 0 || length * width !== p.bufferByteLength(bytes)) throw malformed;
    const out = new View(bytes);
    objects[place] = out;
    return out;
  }

  return {
    /** From here on the bytes of this message are read. */
    begin(source: Pieces): void {
      pieces = source.bytes;
      ownsBytes = source.ownsBytes;
      piece = 0;
      taken = 0;
    },
    buffer,
    view,
    /** Whether all bytes have been read. */
    isRead: () => piece === pieces.length,
    release: () => void (pieces = none),
  };
}
