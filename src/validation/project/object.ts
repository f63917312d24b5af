/**
 * Projects records on their declared properties, and on those that an index signature speaks of. A class arrives as its own enumerable data, so only
 * that is looked at: an accessor of its prototype is no data, and what is not declared is not even read.
 */
import { foreign } from "./foreign.ts";
import { isRecord } from "./record.ts";
import type { Plan } from "./writer.ts";

/** The plan of a property that is not declared by name; `null` when no index signature takes it. */
export type IndexPlan = (key: string) => Plan | null;

/** What is written of objects that have these keys. */
interface Layout {
  readonly keys: readonly string[];
  readonly declared: readonly string[];
  readonly plans: readonly Plan[];
}

/** Layouts that are kept by each plan: rows of a list have one or few. Longer ones hold texts of the host, and are not kept. */
const recent = 4;
const longest = 64;

export function objectPlan(id: number, declared: ReadonlyMap<string, Plan>, index: IndexPlan | null): Plan {
  const names = [...declared.keys()];
  const layouts: Layout[] = [{ keys: names, declared: names, plans: [...declared.values()] }];
  let last = 0;

  function layoutOf(keys: readonly string[]): Layout {
    for (const layout of layouts) if (isSame(layout.keys, keys)) return layout;
    const kept: string[] = [];
    const plans: Plan[] = [];
    for (const key of keys) {
      // An own `__proto__` never crosses: it is for the codec to say so.
      const plan = key === "__proto__" ? foreign : (declared.get(key) ?? index?.(key) ?? null);
      if (plan === null) continue;
      kept.push(key);
      plans.push(plan);
    }
    const layout = { keys, declared: kept.length === keys.length ? keys : kept, plans };
    if (keys.length <= longest) layouts[last++ % recent] = layout;
    return layout;
  }

  return (value, depth, to) => {
    if (!isRecord(value)) return foreign(value, depth, to);
    const keys = Object.keys(value);
    // Nothing would cross of it, or it holds what only the codec knows.
    if (keys.length === 0) return to.putObject(value, depth);
    if (to.meets(value, id, depth)) return;
    const { declared: kept, plans } = layoutOf(keys);
    if (kept.length < keys.length) to.notes.drops = true;
    to.putMembers(value, kept, depth, plans);
  };
}

function isSame(known: readonly string[], keys: readonly string[]): boolean {
  if (known.length !== keys.length) return false;
  for (let at = 0; at < keys.length; at++) if (known[at] !== keys[at]) return false;
  return true;
}
