/**
 * Writes a text as bytes of UTF-8. Half of a pair counts as U+FFFD. Self-contained: part of the unit `web`.
 */
import type { Primordials } from "../../crossing/primordials.ts";

export type Utf8 = ReturnType<typeof makeUtf8>;

export function makeUtf8(p: Primordials) {
  /** The code point at `at`; from 0x10000 on it takes two units. */
  function pointAt(text: string, at: number): number {
    const unit = p.charCodeAt(text, at);
    if (unit < 0xd800 || unit > 0xdfff) return unit;
    if (unit > 0xdbff || at + 1 === text.length) return 0xfffd;
    const next = p.charCodeAt(text, at + 1);
    return next < 0xdc00 || next > 0xdfff ? 0xfffd : 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
  }

  function sizeOf(point: number): number {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }

  /** Writes whole letters into the first `room` bytes of `target`: how many units were read, and how many bytes written. */
  function into(
    text: string,
    target: Uint8Array<ArrayBuffer>,
    room: number,
  ): { read: number; written: number } {
    let read = 0;
    let written = 0;
    while (read < text.length) {
      const point = pointAt(text, read);
      const size = sizeOf(point);
      if (written + size > room) break;
      read += size === 4 ? 2 : 1;
      if (size === 1) {
        target[written++] = point;
        continue;
      }
      let shift = (size - 1) * 6;
      target[written++] = (size === 2 ? 0xc0 : size === 3 ? 0xe0 : 0xf0) | (point >> shift);
      while (shift > 0) {
        shift -= 6;
        target[written++] = 0x80 | ((point >> shift) & 0x3f);
      }
    }
    return { read, written };
  }

  return {
    encode(text: string): Uint8Array<ArrayBuffer> {
      let size = 0;
      for (let i = 0; i < text.length; i++) {
        const bytes = sizeOf(pointAt(text, i));
        size += bytes;
        if (bytes === 4) i++;
      }
      const bytes = new p.Uint8Array(size);
      into(text, bytes, size);
      return bytes;
    },
    into,
  };
}
