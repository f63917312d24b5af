/**
 * Reads what a text means that stands for more than its letters: an expression, a place in an array. Without regular
 * expressions: a match would be left in `RegExp.$1` of whoever made the call. Self-contained: part of the prelude.
 */
import type { Format } from "./format.ts";
import type { Primordials } from "./primordials.ts";

export type Measure = ReturnType<typeof makeMeasure>;

export function makeMeasure(p: Primordials, format: Format) {
  /** What it costs to make a regular expression of this source; a payload may have `maxRegexpCost` of them together. */
  // Letters; a property of letters is a table of some hundred ranges, one of sequences (`RGI_Emoji`) of some thousand texts.
  function regexpCost(source: string): number {
    let cost = source.length;
    for (let i = 0; i < source.length && cost <= format.maxRegexpCost; i++) {
      if (source[i] !== "\\") continue;
      i++;
      if (source[i] !== "p" && source[i] !== "P") continue;
      cost += (source[i + 2] === "R" && source[i + 3] === "G") || source[i + 2] === "B" ? 2000 : 64;
    }
    return cost;
  }

  /** The number a name stands for, when an object keeps it as one, else -1. */
  function arrayIndex(name: string): number {
    const { length } = name;
    if (length === 0 || length > 10) return -1;
    let index = 0;
    for (let i = 0; i < length; i++) {
      const digit = p.charCodeAt(name, i) - 48;
      if (digit < 0 || digit > 9 || (digit === 0 && i === 0 && length > 1)) return -1;
      index = index * 10 + digit;
    }
    return index < 4294967295 ? index : -1;
  }

  return { regexpCost, arrayIndex };
}
