/**
 * What may have become of a value whose undeclared properties were stripped: less keys, nothing else, and no key too few.
 */
import { isDeepStrictEqual } from "node:util";

/** True when `part` is `whole` with keys left out, at any depth. */
export function isPartOf(part: unknown, whole: unknown): boolean {
  const compared = new Map<object, Set<object>>();
  const visit = (a: unknown, b: unknown): boolean => {
    if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return Object.is(a, b);
    const known = compared.get(a) ?? new Set();
    if (known.has(b)) return true;
    compared.set(a, known.add(b));
    const pairs = (mine: readonly unknown[], other: readonly unknown[]): boolean =>
      mine.length === other.length && mine.every((value, at) => visit(value, other[at]));
    if (Array.isArray(a) && Array.isArray(b)) return pairs(a, b);
    if (a instanceof Map && b instanceof Map) return pairs([...a].flat(1), [...b].flat(1));
    if (a instanceof Set && b instanceof Set) return pairs([...a], [...b]);
    if (a instanceof Error && b instanceof Error) {
      const [mine, other] = [{ ...a }, { ...b }];
      return a.name === b.name && a.message === b.message && visit(mine, other) && visit(a.cause, b.cause);
    }
    if (!isPlain(a) || !isPlain(b)) return isDeepStrictEqual(a, b);
    return Object.keys(a).every((key) => Object.hasOwn(b, key) && visit(a[key], b[key]));
  };
  return visit(part, whole);
}

/** True when one of the missing outermost keys could have stayed as it is. */
export function hasLostDeclared(part: unknown, whole: unknown, fits: (value: unknown) => boolean): boolean {
  if (!isPlain(part) || !isPlain(whole)) return false;
  return Object.keys(whole)
    .filter((key) => !Object.hasOwn(part, key))
    .some((key) => fits({ ...part, [key]: whole[key] }));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === "[object Object]";
}
