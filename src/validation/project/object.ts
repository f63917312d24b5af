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
    const count = keys.length;
    // Nothing would cross of it, or it holds what only the codec knows.
    if (count === 0) return value;
    let inOrder = 0;
    while (inOrder < count && keys[inOrder] === names[inOrder]) inOrder++;
    let copied = inOrder;
    for (let at = inOrder; at < count; at++) if (planAt(keys[at]!, at) !== null) copied++;
    state.take(copied);
    if (copied < count) return projectSome(state, value, keys);
    // Spread reads each accessor once, and gives rows that are alike one layout.
    const copy = { ...value };
    state.keep(id, value, copy);
    for (let at = 0; at < count; at++) {
      const key = keys[at]!;
      const member = copy[key];
      if (typeof member !== "object" || member === null) continue;
      copy[key] = (at < inOrder ? plans[at]! : planAt(key, at)!)(state, member);
    }
    return copy;
  }

  function projectSome(state: State, value: Record<string, unknown>, keys: readonly string[]): unknown {
    const copy: Record<string, unknown> = {};
    state.drops = true;
    state.keep(id, value, copy);
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at]!;
      const plan = planAt(key, at);
      if (plan !== null) put(copy, key, part(state, plan, value[key]));
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
