/**
 * Sink: a string of JSON. JSON has no `\u{…}`, so a character beyond U+FFFF is written as its two surrogates.
 */
import { escapeSequence, replaceOdd } from "./odd.ts";

export function escapeJson(text: string): string {
  const escaped = text.replace(/[\\"]/gu, "\\$&");
  return `"${replaceOdd(escaped, (codePoint) =>
    Array.from({ length: codePoint > 0xffff ? 2 : 1 }, (_, at) =>
      escapeSequence(String.fromCodePoint(codePoint).charCodeAt(at)),
    ).join(""),
  )}"`;
}
