/**
 * Strips undeclared properties, for `excessProperties: "strip"`: copies what a type declares and leaves the rest behind.
 *
 * A copy, never a deletion: a guest may send one object in two places of different types, and what is excess in one is
 * demanded in the other. A value without excess stays the very value it is.
 */
import { errorNames } from "../shape.ts";
import { isError } from "./brand.ts";
import type { Core, CoreObject } from "./core.ts";
import { elementAt } from "./elements.ts";
import { match, takesKey } from "./match.ts";
import { startWalk } from "./walk.ts";
import type { Type, Types } from "./types.ts";

/** The value, which must match `type`, without the properties that `type` does not declare. */
export function strip(types: Types, type: Type, value: unknown): unknown {
  if (match(startWalk(types, "refuse", "guest"), type, value) === null) return value;
  return copy({ types, copies: new Map() }, type, value);
}

interface Stripping {
  readonly types: Types;
  /** A value that is reached twice with one type stays one value, and one that contains itself still does. */
  readonly copies: Map<object, Map<Type, unknown>>;
}

function copy(state: Stripping, type: Type, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const copies = state.copies.get(value) ?? new Map<Type, unknown>();
  if (copies.has(type)) return copies.get(type);
  state.copies.set(value, copies);
  return copyCore(state, state.types.core(type), value, (made) => copies.set(type, made));
}

/** `announce` makes the copy known before it is filled, so that a way back into the value ends there. */
function copyCore(state: Stripping, core: Core, value: object, announce: (made: unknown) => void): unknown {
  switch (core.kind) {
    case "array": {
      const made: unknown[] = [];
      announce(made);
      for (const element of value as unknown[]) made.push(copy(state, core.element, element));
      return made;
    }
    case "tuple": {
      const made: unknown[] = [];
      announce(made);
      const all = value as unknown[];
      for (let at = 0; at < all.length; at++) {
        const part = elementAt(core.elements, at, all.length);
        made.push(part === undefined ? all[at] : copy(state, part.type, all[at]));
      }
      return made;
    }
    case "map": {
      const made = new Map<unknown, unknown>();
      announce(made);
      for (const [key, entry] of value as Map<unknown, unknown>)
        made.set(copy(state, core.key, key), copy(state, core.value, entry));
      return made;
    }
    case "set": {
      const made = new Set<unknown>();
      announce(made);
      for (const entry of value as Set<unknown>) made.add(copy(state, core.element, entry));
      return made;
    }
    case "object":
      return copyObject(state, core, value, announce);
    case "error":
      return copyError(state, core, value as Error, announce);
    case "union": {
      const member = closestMember(state, core, value);
      if (member === null) return value;
      const made = copy(state, member, value);
      announce(made);
      return made;
    }
    default:
      return value;
  }
}

function copyObject(
  state: Stripping,
  core: CoreObject,
  value: object,
  announce: (made: unknown) => void,
): object {
  const made: Record<string, unknown> = {};
  announce(made);
  const properties = new Map(core.properties.map((property) => [property.name, property.type]));
  for (const key of Object.keys(value)) {
    const type = properties.get(key) ?? typeOfKey(state.types, core, key);
    if (type !== null) made[key] = copy(state, type, (value as Record<string, unknown>)[key]);
  }
  return made;
}

/** What all index signatures that speak of a key demand together; `null` when none does. */
function typeOfKey(types: Types, core: CoreObject, key: string): Type | null {
  const found = core.index.filter((signature) => takesKey({ types }, signature, key));
  return found.length === 0 ? null : types.all(found.flatMap(({ type }) => type.bounds));
}

/** An error has no excess of its own: its type says what it has besides. Inside that, there may be some. */
function copyError(
  state: Stripping,
  { properties }: Extract<Core, { kind: "error" }>,
  value: Error,
  announce: (made: unknown) => void,
): Error {
  if (properties.length === 0) return value;
  const name = errorNames.find((standard) => standard !== "Error" && isError(value, standard)) ?? "Error";
  const made = name === "AggregateError" ? new AggregateError([]) : new globalThis[name]();
  announce(made);
  Object.defineProperties(made, Object.getOwnPropertyDescriptors(value));
  // What the engine's accessor tells belongs to the error it was made with.
  if (typeof value.stack === "string") made.stack = value.stack;
  for (const { name: key, type } of properties) {
    const own = Object.getOwnPropertyDescriptor(value, key);
    if (own) Object.defineProperty(made, key, { ...own, value: copy(state, type, own.value) });
  }
  return made;
}

/**
 * The member of a union that knows most of a value's own properties; the first of equals. `{ a, b, c }` is an `{ a, b }`
 * where that or an `{ a }` may stand.
 */
function closestMember(
  { types }: Stripping,
  { members }: Extract<Core, { kind: "union" }>,
  value: object,
): Type | null {
  const walk = startWalk(types, "allow", "guest");
  const keys = Object.keys(value);
  let closest: { readonly member: Type; readonly known: number } | null = null;
  for (const member of members) {
    if (match(walk, member, value) !== null) continue;
    if (match(startWalk(types, "refuse", "guest"), member, value) === null) return member;
    const core = types.core(member);
    const known =
      core.kind === "object" ? keys.filter((key) => knowsKey(types, core, key)).length : keys.length;
    if (closest === null || known > closest.known) closest = { member, known };
  }
  return closest?.member ?? null;
}

function knowsKey(types: Types, core: CoreObject, key: string): boolean {
  return core.properties.some(({ name }) => name === key) || typeOfKey(types, core, key) !== null;
}
