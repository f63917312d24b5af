/**
 * Projects records on their declared properties, and on those that an index signature speaks of. A class arrives as its own enumerable data, so only
 * that is looked at: an accessor of its prototype is no data, and what is not declared is not even read.
 */
import { foreign } from "./foreign.ts";
import { isRecord, put } from "./record.ts";
import { part, type Plan, type State } from "./state.ts";

/** The plan of a property that is not declared by name; `null` when no index signature takes it. */
export type IndexPlan = (key: string) => Plan | null;

export function objectPlan(id: number, declared: ReadonlyMap<string, Plan>, index: IndexPlan | null): Plan {
  const names = [...declared.keys()];
  const plans = [...declared.values()];
  const planOf = (key: string): Plan | null => declared.get(key) ?? (index === null ? null : index(key));

  /** An own `__proto__` never crosses: it is for the codec to say so. */
  const planAt = (key: string, at: number): Plan | null =>
    key === names[at] ? plans[at]! : key === "__proto__" ? foreign : planOf(key);

  function project(state: State, value: Record<string, unknown>): unknown {
    const keys = Object.keys(value);
    // Nothing would cross of it, or it holds what only the codec knows.
    if (keys.length === 0) return value;
    let copied = 0;
    for (let at = 0; at < keys.length; at++) if (planAt(keys[at]!, at) !== null) copied++;
    state.take(copied);
    const isWhole = copied === keys.length;
    if (!isWhole) state.drops = true;
    // Spread reads each accessor once, and gives rows that are alike one layout.
    const copy: Record<string, unknown> = isWhole ? { ...value } : {};
    state.keep(id, value, copy);
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at]!;
      if (isWhole) {
        const member = copy[key];
        if (typeof member === "object" && member !== null) copy[key] = planAt(key, at)!(state, member);
      } else {
        const plan = planAt(key, at);
        if (plan !== null) put(copy, key, part(state, plan, value[key]));
      }
    }
    return copy;
  }

  return (state, value) => {
    const known = state.known(id, value);
    if (known !== undefined) return known;
    if (!isRecord(value)) return foreign(state, value);
    state.enter();
    const copy = project(state, value as Record<string, unknown>);
    state.leave();
    return copy;
  };
}
