/**
 * The characters that no emitted file shows as they are, because a reader would see something else than a compiler
 * does: controls, invisible and direction-changing characters, exotic spaces and line ends, lone surrogates, private use.
 */
const odd = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;

/** Replaces every odd character by what `write` makes of its code point. */
export function replaceOdd(text: string, write: (codePoint: number) => string): string {
  // Almost every text is ASCII, and the classes of Unicode are slow to ask.
  if (/^[\x20-\x7e]*$/u.test(text)) return text;
  return text.replace(odd, (character) => write(character.codePointAt(0) ?? 0));
}

/** `\n`, `\u200b`, `\u{e0001}`: as strings and templates of ECMAScript spell a character. */
export function escapeSequence(codePoint: number): string {
  const short = shortEscapes.get(codePoint);
  if (short !== undefined) return short;
  const hex = codePoint.toString(16);
  return codePoint > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
}

const shortEscapes = new Map([
  [0x08, "\\b"],
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0c, "\\f"],
  [0x0d, "\\r"],
]);
