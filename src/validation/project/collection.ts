/**
 * Projects lists, maps and sets member by member. What an array has beside its elements (the `groups` of a match) is not declared.
 */
import { isMap, isSet } from "../brand.ts";
import { foreign } from "./foreign.ts";
import { part, type Plan } from "./state.ts";

/** The plan of the element at a position; `null` beyond the end of a tuple. */
export type ElementPlan = (at: number, length: number) => Plan | null;

export function listPlan(id: number, element: Plan | ElementPlan, isTuple: boolean): Plan {
  return (state, value) => {
    if (Array.isArray(value) && value.length === 0 && Object.keys(value).length === 0) return value;
    const known = state.known(id, value);
    if (known !== undefined) return known;
    if (!Array.isArray(value)) return foreign(state, value);
    state.take(value.length);
    const copy = copyOf(value);
    state.keep(id, value, copy);
    state.enter();
    for (let at = 0; at < copy.length; at++) {
      const member = copy[at];
      const plan = isTuple ? (element as ElementPlan)(at, copy.length) : (element as Plan);
      if (plan === null) {
        state.fits = false;
        state.drops = true;
        copy.length = at;
      } else if (typeof member === "object" && member !== null) copy[at] = plan(state, member);
    }
    state.leave();
    return copy;
  };
}

/** The elements alone, holes as holes. */
function copyOf(value: readonly unknown[]): unknown[] {
  // Of its own class an array would make another, through a constructor of the host's.
  if (Object.getPrototypeOf(value) === Array.prototype && !Object.hasOwn(value, "constructor")) {
    return Array.prototype.slice.call(value) as unknown[];
  }
  const copy: unknown[] = new Array(value.length);
  for (let at = 0; at < copy.length; at++) if (at in value) copy[at] = value[at];
  return copy;
}

export function mapPlan(id: number, key: Plan, entry: Plan): Plan {
  return (state, value) => {
    const known = state.known(id, value);
    if (known !== undefined) return known;
    if (!isMap(value)) return foreign(state, value);
    state.take(value.size);
    const copy = new Map<unknown, unknown>();
    state.keep(id, value, copy);
    state.enter();
    // Listed first: an accessor inside may change the map. By its own iterator, which a class may have replaced.
    for (const [one, other] of [...(mapEntries.call(value) as Iterable<[unknown, unknown]>)]) {
      copy.set(part(state, key, one), part(state, entry, other));
    }
    state.leave();
    return copy;
  };
}

export function setPlan(id: number, member: Plan): Plan {
  return (state, value) => {
    const known = state.known(id, value);
    if (known !== undefined) return known;
    if (!isSet(value)) return foreign(state, value);
    state.take(value.size);
    const copy = new Set<unknown>();
    state.keep(id, value, copy);
    state.enter();
    for (const one of [...(setValues.call(value) as Iterable<unknown>)]) copy.add(part(state, member, one));
    state.leave();
    return copy;
  };
}

const mapEntries: (this: unknown) => unknown = Map.prototype.entries;
const setValues: (this: unknown) => unknown = Set.prototype.values;
