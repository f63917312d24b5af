/**
 * Whether two values that are deeply equal are also put together the same way: what is one object in one of them is one
 * object in the other.
 */
export function isSameGraph(left: unknown, right: unknown): boolean {
  const there = new Map<object, object>();
  const back = new Map<object, object>();
  const visit = (a: unknown, b: unknown): boolean => {
    if (typeof a !== "object" || a === null) return true;
    if (typeof b !== "object" || b === null) return false;
    if (there.has(a) || back.has(b)) return there.get(a) === b && back.get(b) === a;
    there.set(a, b);
    back.set(b, a);
    const [mine, other] = [partsOf(a), partsOf(b)];
    return mine.length === other.length && mine.every((part, at) => visit(part, other[at]));
  };
  return visit(left, right);
}

/** Elements, entries and properties, in an order both sides have. */
function partsOf(value: object): unknown[] {
  if (value instanceof Map) return [...value].flat(1);
  if (value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value)) return [];
  const record = value as Record<string, unknown>;
  return Object.keys(value)
    .toSorted()
    .map((key) => record[key]);
}
