/**
 * Finds the one member of a union that an object is projected as: by its kind where that tells, else by a tag (`kind: "circle"`), else by what it has: of the
 * members that it fits, the one that knows most of its properties, and of none the one it comes closest to.
 */
import type { Core, CoreObject } from "../core.ts";
import { takesKey } from "../match.ts";
import type { Type, Types } from "../types.ts";
import { fits, isOfKind } from "./fits.ts";
import { foreign } from "./foreign.ts";
import type { Plan, Writer } from "./writer.ts";

export interface Member {
  readonly type: Type;
  readonly core: Core;
  readonly plan: Plan;
}

/** `members` hold no union. */
export function unionPlan(types: Types, members: readonly Member[]): Plan {
  const objects = members.filter(
    (member): member is Member & { core: CoreObject } => member.core.kind === "object",
  );
  const tagged = tagsOf(types, objects);
  return (value, depth, to) => {
    const candidates = members.filter(({ core }) => isOfKind(core, value));
    const [only] = candidates;
    if (only === undefined) return foreign(value, depth, to);
    if (candidates.length === 1) return only.plan(value, depth, to);
    const meant =
      tagged === null ? undefined : tagged.members.get((value as Record<string, unknown>)[tagged.name]);
    const member =
      meant !== undefined && candidates.includes(meant) ? meant : closest(types, candidates, value, to);
    member.plan(value, depth, to);
  };
}

interface Tags {
  readonly name: string;
  readonly members: ReadonlyMap<unknown, Member>;
}

/** A property whose literal types tell all these objects apart; `null` when there is none. */
function tagsOf(types: Types, objects: readonly (Member & { core: CoreObject })[]): Tags | null {
  const [first, ...others] = objects;
  if (first === undefined || others.length === 0) return null;
  for (const { name } of first.core.properties) {
    const members = new Map<unknown, Member>();
    let count = 0;
    const isTag = objects.every((member) => {
      const property = member.core.properties.find((one) => one.name === name && !one.optional);
      const values = property && literalsOf(types, property.type);
      if (!values) return false;
      count += values.length;
      for (const value of values) members.set(value, member);
      return true;
    });
    if (isTag && members.size === count) return { name, members };
  }
  return null;
}

/** The values of a literal type, or of a union of some. */
function literalsOf(types: Types, type: Type): readonly unknown[] | null {
  const core = types.core(type);
  if (core.kind === "literal") return [core.type === "bigint" ? BigInt(core.value) : core.value];
  if (core.kind === "primitive" && core.name === "null") return [null];
  if (core.kind !== "union") return null;
  const values: unknown[] = [];
  for (const member of core.members) {
    const found = literalsOf(types, member);
    if (found === null) return null;
    values.push(...found);
  }
  return values;
}

function closest(types: Types, candidates: readonly Member[], value: object, { notes }: Writer): Member {
  const fitting = candidates.filter(({ type }) => fits(types, type, value));
  if (fitting.length === 0) notes.fits = false;
  const keys = Object.keys(value);
  const known = (core: Core): number =>
    core.kind === "object" ? keys.filter((key) => knowsKey(types, core, key)).length : 0;
  return (fitting.length === 0 ? candidates : fitting).reduce((best, one) =>
    known(one.core) > known(best.core) ? one : best,
  );
}

function knowsKey(types: Types, core: CoreObject, key: string): boolean {
  return (
    core.properties.some(({ name }) => name === key) ||
    core.index.some((signature) => takesKey({ types }, signature, key))
  );
}
