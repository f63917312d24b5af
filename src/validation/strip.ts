/**
 * Strips undeclared properties, for `excessProperties: "strip"`: copies what a type declares and leaves the rest behind.
 *
 * A copy, never a deletion: a guest may send one object in two places of different types, and what is excess in one is
 * demanded in the other. What has no excess in it stays the very value it is; what is copied is copied once for each type, so
 * that an object two arguments share, or one that contains itself, is still one object afterwards.
 */
import { remembered } from "../model/remembered.ts";
import { errorNameOf } from "./brand.ts";
import type { Core, CoreObject, CoreOf, PartlessKind } from "./core.ts";
import { elementAt } from "./elements.ts";
import { match, takesKey } from "./match.ts";
import { startWalk } from "./walk.ts";
import type { Type, Types } from "./types.ts";

/** A value and the type it matches; `null` where nothing is known of it. */
export interface Typed {
  readonly value: unknown;
  readonly type: Type | null;
}

/** The values without the properties that their types do not declare. */
export function strip(types: Types, all: readonly Typed[], steps?: number): readonly unknown[] {
  const isClean = ({ value, type }: Typed): boolean =>
    type === null || match(startWalk(types, "refuse", "guest", steps), type, value) === null;
  if (all.every(isClean)) return all.map(({ value }) => value);
  const state: Stripping = { types, steps, pieces: new Map() };
  const held = all.map((one) => hold(state, one));
  for (const pieces of state.pieces.values())
    for (const piece of pieces.values()) if (piece?.split.hasExcess) mark(piece);
  return held.map(stripped);
}

interface Stripping {
  readonly types: Types;
  readonly steps: number | undefined;
  /** What was found out of a value as a type; `null` for what has no parts that could be less. */
  readonly pieces: Map<object, Map<Type, Piece | null>>;
}

/** An object of a value, seen as one type. */
interface Piece {
  readonly value: object;
  readonly split: Split;
  held: readonly Held[];
  readonly holders: Piece[];
  /** It has excess, or holds something that has. */
  isCopied: boolean;
  made: object | null;
}

/** A part: a piece of its own, or a value that stays as it is. */
interface Held {
  readonly value: unknown;
  readonly piece: Piece | null;
}

/** How an object comes apart, and is put together again from its stripped parts. */
interface Split {
  readonly parts: readonly Typed[];
  readonly hasExcess: boolean;
  readonly empty: () => object;
  readonly fill: (made: object, parts: readonly unknown[]) => void;
}

function hold(state: Stripping, { value, type }: Typed): Held {
  if (type === null || typeof value !== "object" || value === null) return { value, piece: null };
  const known = remembered(state.pieces, value, () => new Map<Type, Piece | null>());
  let piece = known.get(type);
  if (piece === undefined) {
    // Known before its parts are, so that a way back into the value ends there.
    known.set(type, null);
    piece = pieceOf(state, type, value, (made) => known.set(type, made));
    known.set(type, piece);
  }
  return { value, piece };
}

function pieceOf(
  state: Stripping,
  type: Type,
  value: object,
  announce: (piece: Piece) => void,
): Piece | null {
  const core = state.types.core(type);
  if (core.kind === "union") return hold(state, { value, type: closestMember(state, core, value) }).piece;
  const split = splitOf(state.types, core, value);
  if (split === null) return null;
  const piece: Piece = { value, split, held: [], holders: [], isCopied: false, made: null };
  announce(piece);
  piece.held = split.parts.map((part) => hold(state, part));
  for (const part of piece.held) part.piece?.holders.push(piece);
  return piece;
}

/** What holds a copy is copied. */
function mark(changed: Piece): void {
  const pending = [changed];
  for (let piece = pending.pop(); piece !== undefined; piece = pending.pop()) {
    if (piece.isCopied) continue;
    piece.isCopied = true;
    pending.push(...piece.holders);
  }
}

function stripped({ value, piece }: Held): unknown {
  if (!piece?.isCopied) return value;
  if (piece.made === null) {
    piece.made = piece.split.empty();
    piece.split.fill(piece.made, piece.held.map(stripped));
  }
  return piece.made;
}

function splitOf(types: Types, core: Core, value: object): Split | null {
  switch (core.kind) {
    case "array":
      return listSplit(value as readonly unknown[], () => core.element);
    case "tuple": {
      const { length } = value as readonly unknown[];
      return listSplit(
        value as readonly unknown[],
        (at) => elementAt(core.elements, at, length)?.type ?? null,
      );
    }
    case "map":
      return {
        parts: Array.from(value as ReadonlyMap<unknown, unknown>).flatMap(([key, entry]) => [
          { value: key, type: core.key },
          { value: entry, type: core.value },
        ]),
        hasExcess: false,
        empty: () => new Map(),
        fill: (made, parts) => {
          for (let at = 0; at < parts.length; at += 2)
            (made as Map<unknown, unknown>).set(parts[at], parts[at + 1]);
        },
      };
    case "set":
      return {
        parts: Array.from(value as ReadonlySet<unknown>, (entry) => ({ value: entry, type: core.element })),
        hasExcess: false,
        empty: () => new Set(),
        fill: (made, parts) => {
          for (const part of parts) (made as Set<unknown>).add(part);
        },
      };
    case "object":
      return objectSplit(types, core, value);
    case "error":
      return errorSplit(core, value as Error);
    default:
      core.kind satisfies PartlessKind | "cased" | "union" | "every";
      return null;
  }
}

function listSplit(values: readonly unknown[], typeAt: (at: number) => Type | null): Split {
  return {
    parts: Array.from(values, (value, at) => ({ value, type: typeAt(at) })),
    hasExcess: false,
    empty: () => [],
    fill: (made, parts) => {
      for (const part of parts) (made as unknown[]).push(part);
    },
  };
}

function objectSplit(types: Types, core: CoreObject, value: object): Split {
  const properties = new Map(core.properties.map((property) => [property.name, property.type]));
  const keys = Object.keys(value);
  const declared = keys.flatMap((key) => {
    const type = properties.get(key) ?? typeOfKey(types, core, key);
    return type === null ? [] : [{ key, type, value: (value as Record<string, unknown>)[key] }];
  });
  return {
    parts: declared,
    hasExcess: declared.length < keys.length,
    empty: () => ({}),
    fill: (made, parts) => {
      declared.forEach(({ key }, at) => ((made as Record<string, unknown>)[key] = parts[at]));
    },
  };
}

/** What all index signatures that speak of a key demand together; `null` when none does. */
function typeOfKey(types: Types, core: CoreObject, key: string): Type | null {
  const found = core.index.filter((signature) => takesKey({ types }, signature, key));
  return found.length === 0 ? null : types.all(found.flatMap(({ type }) => type.bounds));
}

/** An error has no excess of its own: its type says what it has besides. Inside that, there may be some. */
function errorSplit({ properties }: CoreOf<"error">, value: Error): Split {
  const own = properties.flatMap(({ name, type }) => {
    const found = Object.getOwnPropertyDescriptor(value, name);
    return found ? [{ name, type, found, value: found.value as unknown }] : [];
  });
  return {
    parts: own,
    hasExcess: false,
    empty: () => sameError(value),
    fill: (made, parts) => {
      own.forEach(({ name, found }, at) => Object.defineProperty(made, name, { ...found, value: parts[at] }));
    },
  };
}

function sameError(value: Error): Error {
  const name = errorNameOf(value);
  const made = name === "AggregateError" ? new AggregateError([]) : new globalThis[name]();
  Object.defineProperties(made, Object.getOwnPropertyDescriptors(value));
  // What the engine's accessor tells belongs to the error it was made with.
  if (typeof value.stack === "string") made.stack = value.stack;
  return made;
}

/**
 * The member of a union that knows most of a value's own properties; the first of equals. `{ a, b, c }` is an `{ a, b }`
 * where that or an `{ a }` may stand.
 */
function closestMember(
  { types, steps }: Stripping,
  { members }: CoreOf<"union">,
  value: object,
): Type | null {
  const walk = startWalk(types, "allow", "guest", steps);
  const keys = Object.keys(value);
  let closest: { readonly member: Type; readonly known: number } | null = null;
  for (const member of members) {
    if (match(walk, member, value) !== null) continue;
    if (match(startWalk(types, "refuse", "guest", steps), member, value) === null) return member;
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
