/**
 * Looks at the own keys of validated objects: when a count of keys did not match, and for the keys of records.
 */

/** The value under an own key: `undefined` for what an object merely inherits, such as `toString`. */
export function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

export function hasKey(value: object, key: string): boolean {
  return Object.hasOwn(value, key);
}

/**
 * True when every key is declared. `exact` are the optional properties that may be absent but not `undefined`; a value
 * is only asked for when it has an optional property that is `undefined`, or a key too many.
 */
export function onlyKeys(value: object, known: readonly string[], exact: readonly string[]): boolean {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) return false;
    if (exact.includes(key) && (value as Record<string, unknown>)[key] === undefined) return false;
  }
  return true;
}

/** The keys TypeScript counts as numbers: what `String` would print for one. */
export function isNumericKey(key: string): boolean {
  return String(Number(key)) === key;
}
