/**
 * Words by hand: what no encoder writes can only be put together from its parts.
 */
import { format } from "../../../src/runtime/crossing/format.ts";
import type { Message } from "../../../src/runtime/crossing/message.ts";

type Tags = typeof format.tag;

/** A word by the name of its tag: `word.array(2)`. */
export const word = Object.fromEntries(
  Object.entries(format.tag).map(([name, tag]) => [name, (number = 0): number => (number << 4) | tag]),
) as { readonly [Name in keyof Tags]: (number?: number) => number };

/** A word of a rare kind: `rare.regexp`. */
export const rare = Object.fromEntries(
  Object.entries(format.rare).map(([name, kind]) => [name, word.rare(kind)]),
) as { readonly [Name in keyof typeof format.rare]: number };

/** A word of an error: its class and the names of its parts. */
export function errorWord(errorClass: number, ...parts: readonly (keyof typeof format.errorPart)[]): number {
  return word.error(parts.reduce((number, part) => number | format.errorPart[part], errorClass));
}

/** A message of these words, letters and pieces of bytes. */
export function written(
  words: readonly number[],
  text = "",
  ...bytes: readonly (readonly number[])[]
): Message {
  return {
    words: Int32Array.from(words),
    from: 0,
    to: words.length,
    text,
    isWide: /[^\0-\xff]/.test(text),
    bytes: bytes.map((piece) => Uint8Array.from(piece)),
    ownsBytes: false,
  };
}
