/**
 * Encodes arrays, with their holes and with the named properties that some have. Self-contained: part of the prelude.
 */
import type { Walk } from "./encode-walk.ts";

export interface ArraysPart {
  putArray(value: readonly unknown[], depth: number): void;
}

export function makeArrays({
  p,
  format,
  measure,
  put,
  putMember,
  putMembers,
  charge,
  afford,
}: Walk): ArraysPart {
  const { tag, price } = format;
  const { arrayIndex } = measure;
  const { keys: keysOf } = p;

  // Every place costs, holes too: `a.length = 2 ** 32 - 1` is a few bytes here and a frozen loop over there.
  function putArray(value: readonly unknown[], depth: number): void {
    const claimed: unknown = value.length;
    // Only a proxy can say anything else.
    const length = typeof claimed === "number" && claimed >= 0 && claimed <= 4294967295 ? claimed >>> 0 : 0;
    charge(price.object, depth);
    afford(length * price.value, depth);
    const keys = keysOf(value);
    const isDense = length === 0 || keys[length - 1] === `${length - 1}`;
    const hasMore = isDense ? keys.length > length : hasNames(keys, length);
    put((length << 4) | (hasMore ? tag.listed : tag.array));
    let at = 0;
    let key = 0;
    while (at < length) {
      const next = isDense ? at : indexAt(keys, key, at, length);
      if (next > at) {
        charge((next - at) * price.value, depth);
        put(((next - at) << 4) | tag.missing);
        at = next;
        continue;
      }
      putMember(value[at], value, at, depth);
      at++;
      key++;
    }
    if (hasMore) putNamed(value, keys, depth);
  }

  /** The first index from `key` on, at least `at` and below `length`; `length` when there is none. */
  function indexAt(keys: readonly string[], key: number, at: number, length: number): number {
    if (key >= keys.length) return length;
    const index = arrayIndex(keys[key] as string);
    return index >= at && index < length ? index : length;
  }

  function hasNames(keys: readonly string[], length: number): boolean {
    // Names come after all indices.
    if (keys.length === 0) return false;
    const index = arrayIndex(keys[keys.length - 1] as string);
    return index < 0 || index >= length;
  }

  /** Named properties of an array, as the result of a match has them. */
  function putNamed(value: object, keys: readonly string[], depth: number): void {
    const named = p.list<string>();
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      if (arrayIndex(key) < 0) named[named.length] = key;
    }
    putMembers(value, named, depth);
  }

  return { putArray };
}
