/**
 * Finds which element of a tuple, or which parameter, a position belongs to, and how many values the list takes.
 */
import type { CoreElement } from "./core.ts";

/** The element that position `at` of `length` values belongs to. */
export function elementAt(
  elements: readonly CoreElement[],
  at: number,
  length: number,
): CoreElement | undefined {
  const rest = elements.findIndex(({ quantity }) => quantity === "rest");
  if (rest < 0 || at < rest) return elements[at];
  const fromEnd = length - at;
  return fromEnd < elements.length - rest ? elements[elements.length - fromEnd] : elements[rest];
}

/** How many values a list of elements or parameters takes. */
export function lengths(elements: readonly Pick<CoreElement, "quantity">[]): { least: number; most: number } {
  let least = 0;
  let most = 0;
  elements.forEach(({ quantity }) => {
    if (quantity === "one") least++;
    most += quantity === "rest" ? Infinity : 1;
  });
  return { least, most };
}
