/**
 * Gets words, texts and bytes through the wall of an isolate. A primitive is the cheapest thing that does, and of those a
 * text can be anything: few words go as letters, many as bytes. This is the isolate's half; `delivery.ts` is the other.
 * Self-contained: part of the prelude.
 */
import type { Encoded } from "./encode.ts";
import type { Source } from "./decode.ts";
import type { Primordials } from "./primordials.ts";

/**
 * What enters an isolate: a number, a boolean, `null` and `undefined` as themselves, and everything else as a text whose first letter
 * says what follows. `s`: a string. `j`: a value as JSON. `v`, `e`: a value or an error: the number of its words, the words, the letters. `p`: the number of a
 * call whose answer follows. What is large, or has bytes, is a list of the same parts.
 *
 * A number is written in letters of 7 bits, the lowest first, each but the last with 128 added.
 */
export type Delivery = number | boolean | null | undefined | string | LargeDelivery;

export type LargeDelivery = readonly [
  kind: string,
  words: ArrayBuffer,
  text: string,
  ...bytes: ArrayBuffer[],
];

/** What leaves an isolate: words as letters, two for each, or as their bytes. */
export type Take = (words: string | ArrayBuffer, text: string, ...bytes: ArrayBuffer[]) => unknown;

export type Transfer = ReturnType<typeof makeTransfer>;

export function makeTransfer(p: Primordials) {
  /** From here on bytes are cheaper. The letters of fewer are arguments, which lie on the stack. */
  const manyWords = 512;
  const scratch = new p.Int32Array(manyWords + 1);
  const noBytes = p.list<Uint8Array<ArrayBuffer>>();

  function pack({ words, count }: Encoded): string | ArrayBuffer {
    const bytes = p.typedArrayBuffer(words);
    if (count <= manyWords) {
      const letters = new p.Uint16Array(bytes, 0, count * 2);
      return p.apply(p.fromCharCode, undefined, letters as never) as string;
    }
    const out = new p.Int32Array(count);
    p.typedArraySet(out, new p.Int32Array(bytes, 0, count), 0);
    return p.typedArrayBuffer(out);
  }

  function source(words: Int32Array<ArrayBuffer>, to: number, text: string, letters: number): Source {
    return {
      words,
      from: 0,
      to,
      text,
      letters,
      isWide: false,
      bytes: noBytes,
      ownsBytes: true,
      part: undefined,
    };
  }

  return {
    /** Calls `take` with `first` and an encoded value. */
    send(
      take: (first: never, ...parts: Parameters<Take>) => unknown,
      first: unknown,
      encoded: Encoded,
    ): unknown {
      const words = pack(encoded);
      const { text, bytes } = encoded;
      if (bytes === undefined) return take(first as never, words, text);
      const args = p.list<unknown>();
      args[0] = first;
      args[1] = words;
      args[2] = text;
      for (let i = 0; i < bytes.length; i++) args[3 + i] = bytes[i];
      return p.apply(take as never, undefined, args);
    },
    /** The value or error in a delivery that is a text of the kind `v` or `e`, or a list. */
    unpack(delivery: string | LargeDelivery): Source {
      if (typeof delivery !== "string") {
        const words = new p.Int32Array(delivery[1]);
        const bytes = p.list<Uint8Array<ArrayBuffer>>();
        for (let i = 3; i < delivery.length; i++) bytes[i - 3] = new p.Uint8Array(delivery[i] as ArrayBuffer);
        return { ...source(words, p.typedArrayLength(words), delivery[2], 0), bytes };
      }
      let at = 1;
      let count = 1;
      for (let i = -1; i < count; i++) {
        let letter = p.charCodeAt(delivery, at++);
        let word = letter & 127;
        for (let shift = 7; letter > 127; shift += 7) {
          letter = p.charCodeAt(delivery, at++);
          word |= (letter & 127) << shift;
        }
        if (i < 0) count = word;
        else scratch[i] = word;
      }
      return source(scratch, count, delivery, at);
    },
  };
}
