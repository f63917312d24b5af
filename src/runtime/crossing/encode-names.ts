/**
 * Writes the shapes of a value's objects, and the names in them, each once. Self-contained: part of the prelude.
 */
import type { Walk } from "./encode-walk.ts";

export type NamesPart = ReturnType<typeof makeNames>;

export function makeNames({ p, format, measure, steps, put, putText, charge, notClonable }: Walk) {
  const { tag, price, longestHashed } = format;
  const { arrayIndex } = measure;
  /** So few are found faster in a list than in a map. */
  const few = 32;
  /** Shapes that are compared with the next object's: rows of a list have one or few. */
  const recent = 8;

  interface Shape {
    readonly keys: readonly string[];
    readonly number: number;
    /** What an object of this shape costs, beside its values. */
    readonly cost: number;
  }

  const names = p.list<string>();
  let nameCount = 0;
  let nameMap = p.safeMap<string, number>();
  const shapes = p.list<Shape>();
  let shapeCount = 0;
  let longKeys = 0;

  function isShape({ keys: known }: Shape, keys: readonly string[]): boolean {
    if (known === keys) return true;
    if (known.length !== keys.length) return false;
    for (let i = 0; i < keys.length; i++) if (known[i] !== keys[i]) return false;
    return true;
  }

  /** Appends the shape of an object with these names. */
  function putShape(keys: readonly string[], depth: number): void {
    for (let i = 1; i <= recent && i <= shapeCount; i++) {
      const shape = shapes[(shapeCount - i) % recent] as Shape;
      if (!isShape(shape, keys)) continue;
      charge(shape.cost, depth);
      return put((shape.number << 4) | tag.object);
    }
    put((keys.length << 4) | tag.shape);
    let cost: number = price.object;
    charge(cost, depth);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      if (key === "__proto__") {
        steps[depth] = key;
        notClonable("an own property of this name", depth + 1);
      }
      putName(key, depth);
      if (arrayIndex(key) >= 0) cost += price.indexName;
    }
    shapes[shapeCount % recent] = { keys, number: shapeCount, cost };
    shapeCount++;
  }

  function putName(name: string, depth: number): void {
    let number = -1;
    if (nameCount <= few) {
      for (let i = 0; i < nameCount && number < 0; i++) if (names[i] === name) number = i;
    } else number = nameMap.get(name) ?? -1;
    if (number >= 0) {
      charge(price.value, depth);
      return put((number << 4) | tag.again);
    }
    charge(price.newName + name.length, depth);
    chargeLong(name, depth);
    if (nameCount === few) for (let i = 0; i < nameCount; i++) nameMap.set(names[i] as string, i);
    if (nameCount < few) names[nameCount] = name;
    else nameMap.set(name, nameCount);
    nameCount++;
    putText(name);
  }

  /** Counts a long key of an object or a collection once more, when it is one. */
  function chargeLong(key: string, depth: number): void {
    if (key.length > longestHashed) charge((longKeys++ * key.length) / 64, depth);
  }

  function release(): void {
    if (nameCount > few) nameMap = p.safeMap();
    nameCount = 0;
    shapeCount = 0;
    longKeys = 0;
  }

  return { putShape, chargeLong, release };
}
