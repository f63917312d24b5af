/**
 * Sink: a string literal of TypeScript. Quotes as prettier chooses them: double, unless that means more escapes.
 */
import { escapeSequence, replaceOdd } from "./odd.ts";

export function quoted(text: string): string {
  const doubles = text.split('"').length;
  const singles = text.split("'").length;
  const quote = doubles > singles ? "'" : '"';
  const escaped = text.replace(/\\/gu, "\\\\").replaceAll(quote, `\\${quote}`);
  return `${quote}${replaceOdd(escaped, escapeSequence)}${quote}`;
}
