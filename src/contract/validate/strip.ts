/**
 * Strips undeclared properties, for `excessProperties: "strip"`: copies what a type declares and leaves the rest behind.
 *
 * A copy, never a deletion: a guest may send one object in two places of different types, and what is excess in one is
 * demanded in the other.
 */
import type { CoreObject } from "./core.ts";
import { elementAt, match, startWalk, takesKey } from "./match.ts";
import type { Type, Types } from "./types.ts";

/** A copy of `value`, which must match `type`, without the properties that `type` does not declare. */
export function strip(types: Types, type: Type, value: unknown): unknown {
  return copy({ types, copies: new Map() }, type, value);
}

interface Stripping {
  readonly types: Types;
  /** A value that is reached twice with one type stays one value. */
  readonly copies: Map<object, Map<Type, unknown>>;
}

function copy(state: Stripping, type: Type, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const known = state.copies.get(value)?.get(type);
  if (known !== undefined) return known;
  const made = copyCore(state, type, value);
  const copies = state.copies.get(value) ?? new Map<Type, unknown>();
  state.copies.set(value, copies.set(type, made));
  return made;
}

function copyCore(state: Stripping, type: Type, value: object): unknown {
  const core = state.types.core(type);
  switch (core.kind) {
    case "array":
      return (value as unknown[]).map((element) => copy(state, core.element, element));
    case "tuple":
      return (value as unknown[]).map((element, at, all) => {
        const part = elementAt(core.elements, at, all.length);
        return part === undefined ? element : copy(state, part.type, element);
      });
    case "map":
      return new Map(
        Array.from(value as Map<unknown, unknown>, ([key, entry]) => [
          copy(state, core.key, key),
          copy(state, core.value, entry),
        ]),
      );
    case "set":
      return new Set(Array.from(value as Set<unknown>, (entry) => copy(state, core.element, entry)));
    case "object":
      return copyObject(state, core, value);
    case "union": {
      const walk = startWalk(state.types, "allow", "guest");
      const member = core.members.find((candidate) => match(walk, candidate, value) === null);
      return member === undefined ? value : copy(state, member, value);
    }
    default:
      return value;
  }
}

function copyObject({ types, copies }: Stripping, core: CoreObject, value: object): object {
  const copied: Record<string, unknown> = {};
  const properties = new Map(core.properties.map((property) => [property.name, property.type]));
  for (const key of Object.keys(value)) {
    const index = core.index.find((signature) => takesKey({ types }, signature, key));
    const type = properties.get(key) ?? index?.type;
    if (type !== undefined) {
      copied[key] = copy({ types, copies }, type, (value as Record<string, unknown>)[key]);
    }
  }
  return copied;
}
