/**
 * Compares texts by UTF-16 code units, for `sort`: the same order in every locale, unlike `localeCompare`.
 *
 * @example
 * ["b", "a", "B"].sort(byText); // ["B", "a", "b"]
 */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
