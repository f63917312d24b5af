/**
 * Decodes arrays, with their holes and with the named properties that some have. Self-contained: part of the prelude.
 */
import type { Reading } from "./decode-reading.ts";

export function makeArraysReader(reading: Reading) {
  const { p, format, measure, guarded, objects, malformed } = reading;
  const { charge, afford, next, peek, value, nextShape, isMissing, enter } = reading;
  const { tag, price } = format;
  const { arrayCopy } = p;

  /** Arrays whose places are their own, so that writing to one can meet no setter. */
  let blank: undefined[] = [];

  function blankArray(length: number): unknown[] {
    if (length === 0) return [];
    if (blank.length < length) {
      const list = p.list<undefined>();
      for (let i = 0; i < 2 * length; i++) list[i] = undefined;
      blank = arrayCopy(list, list.length) as undefined[];
    }
    return arrayCopy(blank, length);
  }

  function array(length: number, depth: number): unknown[] {
    enter(depth);
    charge(price.object);
    // Every place is paid for below; what only claims to be long must not be made.
    afford(length * price.value);
    const out: unknown[] = guarded ? blankArray(length) : [];
    objects[objects.length] = out;
    let i = 0;
    while (i < length) {
      if ((peek() & 15) !== tag.missing) {
        out[i++] = value(depth + 1);
        continue;
      }
      const gap = next() >>> 4;
      if (gap === 0 || gap > length - i) throw malformed;
      charge(gap * price.value);
      if (guarded) for (let j = i; j < i + gap; j++) delete out[j];
      i += gap;
      if (i === length && !guarded) out.length = length;
    }
    return out;
  }

  /** An array with named properties. */
  function listed(length: number, depth: number): unknown[] {
    const out = array(length, depth);
    const { names } = nextShape();
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      if (name === "length" || measure.arrayIndex(name) >= 0) throw malformed;
      if (!isMissing()) p.define(out, name, value(depth + 1), true);
    }
    return out;
  }

  return { array, listed };
}
