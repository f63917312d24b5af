/**
 * Gives what is known of a key, and makes it when the key is asked for the first time. `undefined` is not remembered.
 *
 * @example
 * const sizes = new Map<string, number>();
 * remembered(sizes, "a.ts", () => statSync("a.ts").size); // a second time without a look at the disk
 */
export function remembered<K, V>(memory: Memory<K, V>, key: K, make: () => V): V {
  let known = memory.get(key);
  if (known === undefined) memory.set(key, (known = make()));
  return known;
}

/** A `Map`, or a `WeakMap`, which forgets with the key. */
interface Memory<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}
