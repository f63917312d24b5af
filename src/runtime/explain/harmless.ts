/**
 * Texts of a script, made harmless for a terminal: control sequences can move the cursor, recolour or hide what others have printed, and set the
 * clipboard. They are shown instead of obeyed, as `\u{1b}[2J`.
 */

/** Control characters but tab and line feed, what turns the direction of text, separators that break lines, halves of pairs. */
export const steering =
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;

export function harmless(text: string): string {
  // A carriage return before a line feed is an end of line like any other.
  return text.replaceAll("\r\n", "\n").replace(steering, escaped);
}

export function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
