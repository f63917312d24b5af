/** Whether a version is in a range with a caret, which is the only form that the optional peers have. */

export type CaretRange = `^${number}.${number}.${number}`;

/**
 * As npm reads it: nothing changes left of the first number that is not 0, and a pre-release is older than its release.
 *
 * @example
 * isWithin("7.3.1", "^7.0.0"); // true
 * isWithin("0.6.0", "^0.5.17"); // false
 */
export function isWithin(version: string, range: CaretRange): boolean {
  const is = numbersIn(version);
  const least = numbersIn(range.slice(1));
  if (is === null || least === null) return false;
  const fixed = least.findIndex((number) => number > 0);
  const isOfLine = least.slice(0, fixed + 1).every((number, at) => number === is[at]);
  if (!isOfLine || version.includes("-")) return false;
  const differs = least.findIndex((number, at) => number !== is[at]);
  return differs === -1 || (is[differs] ?? 0) > (least[differs] ?? 0);
}

function numbersIn(version: string): readonly number[] | null {
  const match = /^(\d+)\.(\d+)\.(\d+)/u.exec(version);
  return match === null ? null : match.slice(1).map(Number);
}
