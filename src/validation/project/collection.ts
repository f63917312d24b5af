/**
 * Projects lists, maps and sets member by member. What an array has beside its elements (the `groups` of a match) is declared by an
 * intersection alone.
 */
import { isMap, isSet } from "../brand.ts";
import { foreign } from "./foreign.ts";
import type { Plan } from "./writer.ts";

/** The plan of a property that an array has beside its elements; `null` for one that is not declared. */
export type NamedPlan = (name: string) => Plan | null;

export function listPlan(id: number, element: Plan, named: NamedPlan): Plan {
  return (value, depth, to) => {
    if (!Array.isArray(value)) foreign(value, depth, to);
    else if (isBare(value)) to.putObject(value, depth);
    else if (!to.meets(value, id, depth)) to.putArray(value, depth, element, undefined, named);
  };
}

/** The plan of the element at a position. */
export type ElementPlan = (at: number, length: number) => Plan;

/** `most`: how many elements a tuple has; what is beyond crosses as no type. */
export function tuplePlan(id: number, planAt: ElementPlan, most: number, named: NamedPlan): Plan {
  return (value, depth, to) => {
    if (!Array.isArray(value)) return foreign(value, depth, to);
    const { length } = value;
    if (length > most) {
      to.notes.fits = false;
      to.notes.drops = true;
    }
    if (isBare(value)) return to.putObject(value, depth);
    if (to.meets(value, id, depth)) return;
    const element: Plan = (member, below, writer) =>
      planAt(writer.steps[depth] as number, length)(member, below, writer);
    to.putArray(value, depth, element, most, named);
  };
}

/** Empty, with nothing beside. */
function isBare(value: readonly unknown[]): boolean {
  return value.length === 0 && Object.keys(value).length === 0;
}

export function mapPlan(id: number, key: Plan, entry: Plan): Plan {
  return (value, depth, to) => {
    if (!isMap(value)) foreign(value, depth, to);
    else if (!to.meets(value, id, depth)) to.putRare(value, "map", depth, key, entry);
  };
}

export function setPlan(id: number, member: Plan): Plan {
  return (value, depth, to) => {
    if (!isSet(value)) foreign(value, depth, to);
    else if (!to.meets(value, id, depth)) to.putRare(value, "set", depth, member, member);
  };
}
