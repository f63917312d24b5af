/**
 * Numbers the objects of a value as they are met, so that a second meeting is a reference: for the same plan, since another may write
 * more or less of it. Self-contained: part of the prelude.
 */
import type { Notes } from "./encode-walk.ts";
import type { Primordials, SafeMap } from "./primordials.ts";

export type SeenPart = ReturnType<typeof makeSeen>;

export function makeSeen(p: Primordials, notes: Notes) {
  /** So few are found faster in a list than in a map. */
  const few = 32;
  const objects = p.list<object | undefined>();
  let count = 0;
  let map = p.safeMap<object, number>();
  /** By number: the plan that has met an object first. */
  const plans = p.list<number>();
  /** By plan: the numbers of objects that another one has met first. */
  let others: SafeMap<number, SafeMap<object, number>> | undefined;

  /** The number of an object that this plan has met before, or -1; from now on it has. */
  function remember(value: object, plan: number): number {
    if (count <= few) {
      for (let i = 0; i < count; i++) {
        if (objects[i] === value) return plans[i] === plan ? i : rememberOther(value, plan);
      }
      if (count < few) {
        objects[count] = value;
        plans[count++] = plan;
        return -1;
      }
      for (let i = 0; i < count; i++) map.set(objects[i] as object, i);
    }
    const known = map.get(value);
    if (known !== undefined) return plans[known] === plan ? known : rememberOther(value, plan);
    map.set(value, count);
    plans[count++] = plan;
    return -1;
  }

  function rememberOther(value: object, plan: number): number {
    notes.splits = true;
    others ??= p.safeMap();
    let numbers = others.get(plan);
    if (numbers === undefined) others.set(plan, (numbers = p.safeMap()));
    const known = numbers.get(value);
    if (known !== undefined) return known;
    numbers.set(value, count);
    // It takes a number, which nothing else means.
    remember(p.create(null) as object, plan);
    return -1;
  }

  /** Lets go of all of them. */
  function release(): void {
    if (count > few) map = p.safeMap();
    for (let i = 0; i < count && i < few; i++) objects[i] = undefined;
    others = undefined;
    count = 0;
  }

  return { remember, release };
}
