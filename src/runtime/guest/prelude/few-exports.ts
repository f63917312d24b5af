/**
 * Writes the exports of most scripts: none, or few primitives. They are the words that the encoder would write, without making it: that takes
 * as long as such a script itself, and most isolates encode nothing else. Self-contained: part of the prelude.
 *
 *     { default: 7 }   →   words  shape 1 · text 7 · integer 7      text  "default"
 */
import type { Format } from "../../crossing/format.ts";
import type { Primordials } from "../../crossing/primordials.ts";

/** Words as letters, as `Take` of `transfer.ts` takes them, and the letters of all texts. */
export interface FewExports {
  readonly words: string;
  readonly text: string;
}

/** `undefined` for anything that the encoder has to look at: it knows what is refused, and how. */
export type WriteFew = (
  names: readonly string[],
  values: { readonly [index: number]: unknown },
  maxCost: number,
) => FewExports | undefined;

export function makeFewExports(p: Primordials, format: Format): WriteFew {
  const { tag, constant, price } = format;
  const few = 8;
  const shortName = 64;
  const smallest = -134217728;
  const largest = 134217727;

  function letters(word: number): string {
    return p.fromCharCode(word & 65535, word >>> 16);
  }

  /** A name that costs what its letters say: no number, and not the one that cannot cross. */
  function isOrdinary(name: string): boolean {
    if (name === "" || name.length > shortName || name === "__proto__") return false;
    const first = p.charCodeAt(name, 0);
    return first < 48 || first > 57;
  }

  function wordOf(value: unknown): number | undefined {
    switch (typeof value) {
      case "number":
        return (value | 0) === value &&
          value >= smallest &&
          value <= largest &&
          (value !== 0 || 1 / value > 0)
          ? value << 4
          : undefined;
      case "string":
        return (value.length << 4) | tag.text;
      case "boolean":
        return ((value ? constant.true : constant.false) << 4) | tag.constant;
      case "undefined":
        return (constant.undefined << 4) | tag.constant;
      default:
        return value === null ? (constant.null << 4) | tag.constant : undefined;
    }
  }

  return (names, values, maxCost) => {
    const count = names.length;
    if (count > few) return undefined;
    let words = letters((count << 4) | tag.shape);
    let text = "";
    let cost: number = price.object;
    for (let i = 0; i < count; i++) {
      const name = names[i] as string;
      if (!isOrdinary(name)) return undefined;
      cost += price.newName;
      words += letters((name.length << 4) | tag.text);
      text += name;
    }
    for (let i = 0; i < count; i++) {
      const value = values[i];
      const word = wordOf(value);
      if (word === undefined) return undefined;
      cost += price.value;
      words += letters(word);
      if (typeof value === "string") text += value;
    }
    // A letter counts one or two; which, only matters close to the limit.
    return cost + 2 * text.length > maxCost ? undefined : { words, text };
  };
}
