/**
 * Measure: what a text and a regular expression count for. Both sides count alike, so that neither accepts what the other would have
 * refused. Self-contained: part of the prelude.
 */
import type { Primordials } from "./primordials.ts";

export interface Measure {
  /** The bytes a string is counted with. */
  textBytes(text: string): number;
  /** What it costs to make a regular expression of this source; a payload may have `maxRegexpCost` of them together. */
  regexpCost(source: string): number;
  readonly maxRegexpCost: number;
}

export function makeMeasure(p: Primordials): Measure {
  /** V8 compiles the sets of an expression when it is made, so for the receiver a few kilobytes can be seconds. */
  const maxRegexpCost = 4096;

  // V8 sends strings of Latin-1 letters with one byte a letter and all others with two. Short strings are not looked at: what
  // could be gained by it is less than the 8 bytes every value is counted with.
  function textBytes(text: string): number {
    const { length } = text;
    return length > 24 && p.isWide(text) ? length * 2 : length;
  }

  // Letters; a property of letters is a table of some hundred ranges, one of sequences (`RGI_Emoji`) of some thousand texts.
  function regexpCost(source: string): number {
    let cost = source.length;
    for (let i = 0; i < source.length && cost <= maxRegexpCost; i++) {
      if (source[i] !== "\\") continue;
      i++;
      if (source[i] !== "p" && source[i] !== "P") continue;
      cost += (source[i + 2] === "R" && source[i + 3] === "G") || source[i + 2] === "B" ? 2000 : 64;
    }
    return cost;
  }

  return { textBytes, regexpCost, maxRegexpCost };
}
