/**
 * Sink: the fixed text of a template literal. A raw line end would be read as `\n` whatever it was, so all are escaped.
 */
import { escapeSequence, replaceOdd } from "./odd.ts";

export function templateText(text: string): string {
  return replaceOdd(text.replace(/[\\`]|\$(?=\{)/gu, "\\$&"), escapeSequence);
}
