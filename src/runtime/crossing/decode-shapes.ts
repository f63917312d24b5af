/**
 * Reads the names of a message's objects, each of them once. Self-contained: part of the prelude.
 */
import type { Reading, Shape } from "./decode-reading.ts";

export type ShapesPart = ReturnType<typeof makeShapes>;

export function makeShapes(reading: Reading) {
  const { p, format, measure, guarded, charge, cut, malformed } = reading;
  const { tag, price, longestHashed } = format;
  const { stringSlice } = p;

  /**
   * Shapes that messages have had, by the letters of their new names. The engine must find out of each name whether it has it already,
   * which is most of what a small message costs.
   */
  let known = p.safeMap<string, Shape>();
  let knownCount = 0;
  const maxKnown = 256;
  const maxKnownNames = 64;
  const maxKnownLetters = 1024;

  const names = p.list<string>();
  const shapes = p.list<Shape>();
  let letters = 0;
  let longKeys = 0;

  /** A shape the message has had. */
  function knownShape(number: number): Shape {
    const shape = shapes[number];
    if (shape === undefined) throw malformed;
    charge(shape.cost);
    return shape;
  }

  /** Reads a shape of so many names, whose words begin at `at` and whose letters begin at `letter`. */
  function readShape(
    length: number,
    words: Int32Array<ArrayBuffer>,
    at: number,
    text: string,
    letter: number,
  ): Shape {
    charge(price.object);
    letters = 0;
    for (let i = 0; i < length; i++) letters += chargeName(words[at + i] as number);
    if (letter + letters > text.length) throw malformed;
    const isKept = letters <= maxKnownLetters && length <= maxKnownNames;
    let shape = isKept ? known.get(stringSlice(text, letter, letter + letters)) : undefined;
    if (shape === undefined || !takeNames(shape.names, length, words, at)) {
      shape = makeShape(length, words, at, letter, isKept);
    }
    shapes[shapes.length] = shape;
    return shape;
  }

  /** Counts a name and says how many letters it takes. */
  function chargeName(word: number): number {
    const number = word >>> 4;
    if ((word & 15) === tag.again) {
      charge(price.value);
      return 0;
    }
    if ((word & 15) !== tag.text) throw malformed;
    charge(price.newName + number);
    chargeLong(number);
    return number;
  }

  /** Counts a long key of an object or a collection once more, when it is one. */
  function chargeLong(length: number): void {
    if (length > longestHashed) charge((longKeys++ * length) / 64);
  }

  /** Takes the names that follow from a shape with the same letters, when they are its names. */
  function takeNames(own: readonly string[], length: number, words: Int32Array, at: number): boolean {
    if (own.length !== length) return false;
    const first = names.length;
    for (let i = 0; i < length; i++) {
      const word = words[at + i] as number;
      const name = own[i] as string;
      const isNew = (word & 15) === tag.text;
      if (isNew ? name.length !== word >>> 4 : names[word >>> 4] !== name) {
        names.length = first;
        return false;
      }
      if (isNew) names[names.length] = name;
    }
    return true;
  }

  function makeShape(
    length: number,
    words: Int32Array<ArrayBuffer>,
    at: number,
    letter: number,
    isKept: boolean,
  ): Shape {
    let cost: number = price.object;
    // Writing a name could meet the prototype: with `Object.prototype` frozen, not even `toString` could be written.
    let isBare = guarded;
    let start = letter;
    const own = p.list<string>();
    const blank = p.setPrototypeOf({}, null) as { [key: string]: unknown };
    const first = names.length;
    for (let i = 0; i < length; i++) {
      const word = words[at + i] as number;
      const isNew = (word & 15) === tag.text;
      const name = isNew ? cut(start, (start += word >>> 4)) : names[word >>> 4];
      // Two names that are one would be one property.
      if (name === undefined || name === "__proto__" || p.hasOwn(blank, name)) throw malformed;
      if (isNew) names[names.length] = name;
      own[i] = name;
      blank[name] = isNew;
      if (!isBare && name in p.objectPrototype) isBare = true;
      if (measure.arrayIndex(name) >= 0) cost += price.indexName;
    }
    p.setPrototypeOf(blank, p.objectPrototype);
    const shape: Shape = { names: own, cost, blank: isBare ? blank : undefined };
    // Numbers come first in an object, so that its names would not be in the order of the words.
    if (isKept && cost === price.object) keepShape(shape, own, blank, first);
    return shape;
  }

  /**
   * Keeps a shape with the names as the engine has them, since a slice of the text would keep all of it in memory; the message at hand goes
   * on with those too.
   */
  function keepShape(
    shape: Shape,
    own: string[],
    blank: { readonly [key: string]: unknown },
    first: number,
  ): void {
    const kept = p.keys(blank);
    let text = "";
    let next = first;
    for (let i = 0; i < kept.length; i++) {
      const name = kept[i] as string;
      own[i] = name;
      if (blank[name] !== true) continue;
      text += name;
      names[next++] = name;
    }
    if (knownCount === maxKnown) {
      known = p.safeMap();
      knownCount = 0;
    }
    known.set(text, shape);
    knownCount++;
  }

  function release(): void {
    names.length = 0;
    shapes.length = 0;
    longKeys = 0;
  }

  return {
    knownShape,
    readShape,
    /** How many letters the shape had that was read last. */
    letters: () => letters,
    chargeLong,
    release,
  };
}
