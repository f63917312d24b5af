/**
 * Gives data in which every part that is equal to one of earlier data is that very part. A contract is read anew after each edit, and
 * all but one of its types are what they were: what has been made of a part is then found by the part itself, in a `WeakMap`.
 */
type Data = Readonly<Record<string, unknown>>;

/**
 * `now`, made of as much of `before` as is equal. What stands under the key `apart` is not compared, and may be that of before: places in
 * the definition, which no output holds, and which all move when a line is added above them.
 *
 * @example
 * const before = { tags: ["a"], page: { size: 10 } };
 * shared(before, { tags: ["b"], page: { size: 10 } }).page === before.page; // true
 */
export function shared<T>(before: unknown, now: T, apart?: "source"): T {
  if (typeof now !== "object" || now === null) return now;
  if (typeof before !== "object" || before === null || before === now) return now;
  if (isList(now)) return isList(before) ? (sharedList(before, now, apart) as T) : now;
  return isList(before) ? now : (sharedRecord(before as Data, now as Data, apart) as T);
}

function sharedList(
  before: readonly unknown[],
  now: readonly unknown[],
  apart: "source" | undefined,
): readonly unknown[] {
  const find = counterparts(before, now);
  const made = now.map((part, at) => shared(find(part, at), part, apart));
  const isSame = made.length === before.length && made.every((part, at) => Object.is(part, before[at]));
  return isSame ? before : made;
}

/** Members, properties and declarations are found by their names, so that one more of them does not part the others from what they were. */
function counterparts(
  before: readonly unknown[],
  now: readonly unknown[],
): (part: unknown, at: number) => unknown {
  // Nearly always they are where they were; names are looked at when one more or one less has moved the others.
  if (now.length === before.length) return (_, at) => before[at];
  const byName = new Map(before.map((part) => [nameOf(part), part]));
  // What has a new name may be the old thing under it.
  return (part, at) => byName.get(nameOf(part) ?? missing) ?? before[at];
}

const missing = Symbol("no name");

function nameOf(part: unknown): unknown {
  return typeof part === "object" && part !== null ? (part as { readonly name?: unknown }).name : undefined;
}

/** The order of keys counts: a policy is printed in the order of its tags. */
function sharedRecord(before: Data, now: Data, apart: "source" | undefined): Data {
  const keys = Object.keys(now);
  const made: Record<string, unknown> = {};
  const keysBefore = Object.keys(before);
  let isSame = keys.length === keysBefore.length;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as string;
    const part = key === apart ? now[key] : shared(before[key], now[key], apart);
    made[key] = part;
    isSame &&= key === keysBefore[at] && (key === apart || Object.is(part, before[key]));
  }
  return isSame ? before : made;
}

function isList(value: object): value is readonly unknown[] {
  return Array.isArray(value);
}
