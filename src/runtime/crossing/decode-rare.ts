/**
 * Decodes every kind of value that few messages have. Self-contained: part of the prelude.
 */
import type { Crowd, Reading } from "./decode-reading.ts";
import type { ShapesPart } from "./decode-shapes.ts";

export type RarePart = ReturnType<typeof makeRareReader>;

export function makeRareReader(reading: Reading, { chargeLong }: ShapesPart) {
  const { p, format, measure, makeError, makeCrowd, objects, malformed, tooLarge } = reading;
  const { charge, next, peek, nextText, nextDouble, value, nextShape, isMissing, enter } = reading;
  const { tag, rare, errorPart, price } = format;
  const bits64 = new p.BigInt64Array(1);
  const halves = new p.Int32Array(p.typedArrayBuffer(bits64));
  let regexpCost = 0;

  /** A value whose first word has this tag and number. */
  function read(which: number, number: number, depth: number): unknown {
    switch (which) {
      case tag.map:
        return collection(true, number, depth);
      case tag.set:
        return collection(false, number, depth);
      case tag.error:
        return error(number, depth);
      case tag.rare:
        return rarer(number, depth);
      default:
        throw malformed;
    }
  }

  /** The number of an object from now on is its place. */
  function keep<Made extends object>(made: Made): Made {
    objects[objects.length] = made;
    return made;
  }

  function collection(isMap: boolean, size: number, depth: number): object {
    enter(depth);
    charge(price.collection + size * price.entry);
    const out = keep(isMap ? new p.Map() : new p.Set());
    let crowd: Crowd | undefined;
    for (let i = 0; i < size; i++) {
      const word = peek();
      if ((word & 15) === tag.text) chargeLong(word >>> 4);
      const key = value(depth + 1);
      if (makeCrowd !== undefined && (typeof key === "number" || typeof key === "bigint")) {
        crowd ??= makeCrowd();
        if (!crowd.admits(key)) throw tooLarge;
      }
      if (isMap) p.mapSet(out, key, value(depth + 1));
      else p.setAdd(out, key);
    }
    if (crowd !== undefined && !crowd.isEven()) throw tooLarge;
    // Two keys that are one.
    if ((isMap ? p.mapSize(out) : p.setSize(out)) !== size) throw malformed;
    return out;
  }

  // --- the tag `rare` ---

  function rarer(number: number, depth: number): unknown {
    switch (number) {
      case rare.date:
        charge(price.date);
        return keep(new p.Date(nextDouble()));
      case rare.regexp:
        return regexp();
      case rare.boxed:
        return boxed(depth);
      case rare.bigint64:
        charge(price.bigint);
        halves[0] = next();
        halves[1] = next();
        return bits64[0];
      case rare.bigint:
      case rare.negativeBigint: {
        const digits = nextText();
        charge(price.bigint + digits.length);
        if (digits.length > format.maxBigintDigits || !isHexadecimal(digits)) throw malformed;
        const size = p.BigInt(`0x${digits}`);
        return number === rare.bigint ? size : -size;
      }
      case rare.temporal:
        return temporal();
      default:
        throw malformed;
    }
  }

  function isHexadecimal(digits: string): boolean {
    for (let i = 0; i < digits.length; i++) {
      const code = p.charCodeAt(digits, i);
      if (code < 48 || (code > 57 && code < 97) || code > 102) return false;
    }
    return digits.length > 0;
  }

  function boxed(depth: number): object {
    enter(depth);
    charge(price.object);
    const place = objects.length;
    objects[place] = undefined;
    const primitive = value(depth + 1);
    if (typeof primitive === "object" || primitive === undefined) throw malformed;
    const out = p.toObject(primitive);
    objects[place] = out;
    return out;
  }

  function regexp(): RegExp {
    const flags = next();
    const source = nextText();
    charge(price.regexp + source.length);
    regexpCost += measure.regexpCost(source);
    if (flags < 0 || flags > 255 || regexpCost > format.maxRegexpCost) throw malformed;
    let letters = "";
    for (let i = 0; i < 8; i++) if ((flags & (1 << i)) !== 0) letters += "dgimsuvy"[i];
    try {
      return keep(new p.RegExp(source, letters));
    } catch {
      throw malformed;
    }
  }

  function temporal(): object {
    const name = format.temporal[next()];
    const iso = nextText();
    charge(price.temporal + iso.length);
    const out = name === undefined ? undefined : p.temporalFrom(name, iso);
    if (out === undefined) throw malformed;
    return keep(out);
  }

  // --- errors ---

  function error(number: number, depth: number): Error {
    enter(depth);
    charge(price.error);
    const errorClass = format.errors[number & 15];
    if (errorClass === undefined || number > 1023) throw malformed;
    const has = (part: number): boolean => (number & part) !== 0;
    const message = has(errorPart.message) ? errorText() : undefined;
    const name = has(errorPart.name) ? errorText() : undefined;
    const code = has(errorPart.code) ? errorText() : undefined;
    const out = keep(makeError(errorClass, message, name, code));
    if (has(errorPart.cause)) p.define(out, "cause", value(depth + 1), false);
    if (has(errorPart.errors)) p.define(out, "errors", value(depth + 1), false);
    if (!has(errorPart.data)) return out;
    const { names } = nextShape();
    for (let i = 0; i < names.length; i++) {
      const key = names[i] as string;
      // What is a part of the error, or nothing a script may say of one, is no data.
      if (key === "stack" || key === "message" || key === "name") throw malformed;
      if (key === "cause" || p.hasOwn(out, key)) throw malformed;
      if (!isMissing()) p.define(out, key, value(depth + 1), true);
    }
    return out;
  }

  function errorText(): string {
    const found = nextText();
    charge(found.length);
    return found;
  }

  return { read, release: () => void (regexpCost = 0) };
}
