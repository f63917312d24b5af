/**
 * Numbers the objects of a value as they are met, so that a second meeting is a reference. Self-contained: part of the
 * prelude.
 */
import type { Primordials } from "./primordials.ts";

export interface SeenPart {
  /** The number of an object that was here before, or -1; from now on it was. */
  remember(value: object): number;
  /** Lets go of all of them. */
  release(): void;
}

export function makeSeen(p: Primordials): SeenPart {
  /** So few are found faster in a list than in a map. */
  const few = 32;
  const objects = p.list<object | undefined>();
  let count = 0;
  let map = p.safeMap<object, number>();

  function remember(value: object): number {
    if (count <= few) {
      for (let i = 0; i < count; i++) if (objects[i] === value) return i;
      if (count < few) {
        objects[count++] = value;
        return -1;
      }
      for (let i = 0; i < count; i++) map.set(objects[i] as object, i);
    }
    const known = map.get(value);
    if (known !== undefined) return known;
    map.set(value, count++);
    return -1;
  }

  function release(): void {
    if (count > few) map = p.safeMap();
    for (let i = 0; i < count && i < few; i++) objects[i] = undefined;
    count = 0;
  }

  return { remember, release };
}
