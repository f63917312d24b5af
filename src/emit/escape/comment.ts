/**
 * Sink: the lines of a block comment. Nothing in them ends the comment or speaks to a compiler, and a reader sees every
 * character that is there.
 */
import { replaceOdd } from "./odd.ts";

/** Joiners and selectors that make up one emoji, and joiners that spelling needs, are no disguise. */
const harmless =
  /(?<=\p{Extended_Pictographic}\ufe0f?)\u200d(?=\p{Extended_Pictographic})|(?<=\p{Extended_Pictographic})\ufe0f|(?<=\p{Emoji_Modifier})\u200d(?=\p{Extended_Pictographic})|(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Sinhala}])[\u200c\u200d]/gu;

/** The text as lines without odd characters, comment ends and trailing spaces. */
export function commentLines(text: string): string[] {
  return text
    .replace(/\r\n?|[\n\u2028\u2029\v\f\u0085]/gu, "\n")
    .split("\n")
    .map(commentLine);
}

/** One line of it; for texts that must not break a line. */
export function commentLine(text: string): string {
  const parts = text.replace(/\t/gu, "  ").split(harmless);
  const joiners = text.match(harmless) ?? [];
  const shown = parts.map((part, at) => replaceOdd(part, visibleEscape) + (joiners[at] ?? "")).join("");
  return shown
    .replaceAll("*/", "*\\/")
    .replace(/@ts-(?=ignore|expect-error|nocheck|check)/gu, "@ ts-")
    .trimEnd();
}

function visibleEscape(codePoint: number): string {
  return codePoint === 0x0a || codePoint === 0x0d ? " " : `\\u{${codePoint.toString(16)}}`;
}
