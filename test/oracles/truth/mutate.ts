/**
 * Turns a value into one that is a little different, anywhere inside it: another value in its place, a key or an element too
 * many or too few, a hole. Whether it is still of the type is for the judge to say.
 */
import fc from "fast-check";
import { anything } from "./values.ts";

interface Place {
  readonly read: () => unknown;
  readonly write: (value: unknown) => void;
  readonly remove: () => void;
}

/** A way inside a value that leads back into it: to something around it, or to something beside it. */
export interface Tie {
  readonly from: number;
  readonly to: number;
}

export const ties: fc.Arbitrary<readonly Tie[]> = fc.array(fc.record({ from: fc.nat(), to: fc.nat() }), {
  minLength: 1,
  maxLength: 3,
});

/** A copy of a value in which other places hold what one place holds: shared, or around itself. */
export function tie(value: unknown, knots: readonly Tie[]): unknown {
  const box = { value: copy(value) };
  for (const { from, to } of knots) {
    const places: Place[] = [];
    collect(box.value, places, new Set());
    const objects = [box.value, ...places.map((place) => place.read())].filter(
      (held) => typeof held === "object" && held !== null,
    );
    places[from % (places.length || 1)]?.write(objects[to % (objects.length || 1)]);
  }
  return box.value;
}

export interface Mutation {
  readonly at: number;
  readonly how: "replace" | "remove" | "add" | "hole" | "neighbour";
  readonly other: unknown;
}

export const mutations: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat(),
  how: fc.constantFrom("replace", "replace", "neighbour", "remove", "add", "hole"),
  other: anything,
});

/** A changed copy of a value; the value itself stays as it is. */
export function mutate(value: unknown, { at, how, other }: Mutation): unknown {
  const box = { value: copy(value) };
  const places: Place[] = [
    {
      read: () => box.value,
      write: (changed) => (box.value = changed),
      remove: () => (box.value = undefined),
    },
  ];
  collect(box.value, places, new Set());
  const place = places[at % places.length]!;
  const target = place.read();
  switch (how) {
    case "replace":
      place.write(other);
      break;
    case "neighbour":
      place.write(neighbour(target));
      break;
    case "remove":
      place.remove();
      break;
    case "add":
      if (!add(target, other)) place.write(other);
      break;
    case "hole":
      if (Array.isArray(target)) target.length += 1;
      else place.write([target]);
  }
  return box.value;
}

/** Almost the same: the kinds of values that are confused in practice. */
function neighbour(value: unknown): unknown {
  if (typeof value === "number") return String(value);
  if (typeof value === "bigint") return Number(BigInt.asIntN(50, value));
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "string") return value.length % 2 === 0 ? `${value} ` : [...value];
  if (value === null) return undefined;
  if (value === undefined) return null;
  if (Array.isArray(value)) return { ...value };
  if (value instanceof Map)
    return Object.fromEntries(
      [...value].map(([key, entry]) => [String(key).replace("__proto__", "_"), entry]),
    );
  if (value instanceof Set) return [...value];
  if (value instanceof Date) return value.getTime();
  if (value instanceof Uint8Array) return [...value];
  if (ArrayBuffer.isView(value)) return new Uint8Array(4);
  if (value instanceof Error) return { name: value.name, message: value.message };
  return typeof value === "object" ? Object.entries(value) : null;
}

function add(target: unknown, other: unknown): boolean {
  if (Array.isArray(target)) target.push(other);
  else if (target instanceof Map) target.set(other, other);
  else if (target instanceof Set) target.add(other);
  else if (isPlain(target)) target[`extra${Object.keys(target).length}`] = other;
  else return false;
  return true;
}

function collect(value: unknown, places: Place[], seen: Set<unknown>): void {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof Map) {
    for (const [key, entry] of [...value]) {
      places.push({
        read: () => entry,
        write: (changed) => value.set(key, changed),
        remove: () => value.delete(key),
      });
      places.push({
        read: () => key,
        write: (changed) => (value.delete(key), value.set(changed, entry)),
        remove: () => value.delete(key),
      });
      collect(entry, places, seen);
      collect(key, places, seen);
    }
    return;
  }
  if (value instanceof Set) {
    for (const entry of [...value]) {
      places.push({
        read: () => entry,
        write: (changed) => (value.delete(entry), value.add(changed)),
        remove: () => value.delete(entry),
      });
      collect(entry, places, seen);
    }
    return;
  }
  if (!Array.isArray(value) && !isPlain(value) && !(value instanceof Error)) return;
  const record = value as Record<string, unknown>;
  for (const key of Object.keys(value)) {
    places.push({
      read: () => record[key],
      write: (changed) => (record[key] = changed),
      remove: () => delete record[key],
    });
    collect(record[key], places, seen);
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === "[object Object]";
}

/**
 * Node's structured clone, and what it drops of errors put back: their own properties, and the class and the errors of an
 * `AggregateError`, which cross by promise.
 */
export function copy(value: unknown): unknown {
  if (!(value instanceof Error)) return structuredClone(value);
  if (value instanceof AggregateError) return new AggregateError(value.errors.map(copy), value.message);
  // In one go, so that what leads back to the error leads to its copy.
  const { error, own } = structuredClone({ error: value, own: { ...value } });
  return Object.assign(error, own);
}
