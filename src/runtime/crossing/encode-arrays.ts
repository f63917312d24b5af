/**
 * Encodes arrays, with their holes and with the named properties that some have. Self-contained: part of the prelude.
 */
import type { NamedPlans, Plan, Walk } from "./encode-walk.ts";

export function makeArrays({
  p,
  format,
  measure,
  notes,
  put,
  putMember,
  putMembers,
  charge,
  afford,
}: Walk): Pick<Walk, "putArray"> {
  const { tag, price } = format;
  const { arrayIndex } = measure;
  const { keys: keysOf } = p;

  // Every place costs, holes too: `a.length = 2 ** 32 - 1` is a few bytes here and a frozen loop over there.
  function putArray(
    value: readonly unknown[],
    depth: number,
    element: Plan,
    most = 4294967295,
    named?: NamedPlans,
  ): void {
    const claimed: unknown = value.length;
    // Only a proxy can say anything else.
    const all = typeof claimed === "number" && claimed >= 0 && claimed <= 4294967295 ? claimed >>> 0 : 0;
    const length = all < most ? all : most;
    charge(price.object, depth);
    afford(length * price.value, depth);
    const keys = keysOf(value);
    const isDense = length === 0 || keys[length - 1] === `${length - 1}`;
    const namedKeys = (isDense ? keys.length > length : hasNames(keys, length))
      ? namesOf(keys, named)
      : undefined;
    const hasMore = namedKeys !== undefined && namedKeys.length > 0;
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
      putMember(value[at], value, at, depth, element);
      at++;
      key++;
    }
    if (hasMore) putNamed(value, namedKeys, depth, named);
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

  /** Named properties of an array, as the result of a match has them: those with a plan, where there are plans. */
  function namesOf(keys: readonly string[], named: NamedPlans | undefined): readonly string[] {
    const names = p.list<string>();
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      if (arrayIndex(key) >= 0) continue;
      if (named === undefined || named(key) !== null) names[names.length] = key;
      else notes.drops = true;
    }
    return names;
  }

  function putNamed(
    value: object,
    names: readonly string[],
    depth: number,
    named: NamedPlans | undefined,
  ): void {
    if (named === undefined) return putMembers(value, names, depth);
    const plans = p.list<Plan>();
    for (let i = 0; i < names.length; i++) plans[i] = named(names[i] as string) as Plan;
    putMembers(value, names, depth, plans);
  }

  return { putArray };
}
