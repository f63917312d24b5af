/**
 * Decode: words and a text become a value of this realm. Reads what an attacker may have written: everything is counted before it is
 * made, with the prices of `encode`, and what no encoder of ours writes is malformed.
 *
 * `guarded` is for a realm whose prototypes belong to a script: there nothing is written that a setter on a prototype could catch.
 * Self-contained: part of the prelude.
 */
import type { ErrorClass, Format } from "./format.ts";
import type { Measure } from "./measure.ts";
import type { Primordials } from "./primordials.ts";

/** A value that was encoded. */
export interface Source {
  readonly words: Int32Array<ArrayBuffer>;
  /** Where its words begin and end. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Where its letters begin in the text; they end with it. */
  readonly letters: number;
  /** True when a letter counts two bytes. */
  readonly isWide: boolean;
  /** The bytes of all buffers, in pieces of which each buffer has one or a part of one. */
  readonly bytes: readonly Uint8Array<ArrayBuffer>[];
  /** Whether a piece that is one whole buffer may become the value's: it is nobody else's. */
  readonly ownsBytes: boolean;
  /** A part of the text that does not keep all of it in memory, as a slice does. */
  readonly part: ((start: number, end: number) => string) | undefined;
}

export interface Decode {
  /** Reads a value that may cost at most `maxCost`; throws `malformed` or `tooLarge`. */
  decode(source: Source, maxCost: number): unknown;
  /** What the last value cost. */
  readonly cost: () => number;
  readonly malformed: object;
  readonly tooLarge: object;
}

export interface DecodeParts {
  readonly format: Format;
  readonly measure: Measure;
  /** Makes an error with these parts; causes and data are added here because they may be cyclic. */
  makeError(
    errorClass: ErrorClass,
    message: string | undefined,
    name: string | undefined,
    code: string | undefined,
  ): Error;
  /** Judges the numbers that are keys of one collection; `false` when too many fall into one bucket. Absent where the sender is trusted. */
  readonly makeCrowd: (() => Crowd) | undefined;
  readonly guarded: boolean;
}

export interface Crowd {
  admits(key: number | bigint): boolean;
  isEven(): boolean;
}

export function makeDecode(p: Primordials, parts: DecodeParts): Decode {
  const { format, measure, makeError, makeCrowd, guarded } = parts;
  const { tag, constant, rare, errorPart, price } = format;
  const { stringSlice, arrayCopy } = p;
  const malformed = p.freeze({ __proto__: null });
  const tooLarge = p.freeze({ __proto__: null });
  /** Shorter texts are copied by a slice, longer ones keep the text they are cut from. */
  const copiedLetters = 13;
  /** More would be no whole number any more. */
  const noLimit = 2147483647;

  const double = new p.Float64Array(1);
  const halves = new p.Int32Array(p.typedArrayBuffer(double));
  const bits64 = new p.BigInt64Array(p.typedArrayBuffer(double));

  interface Shape {
    readonly names: readonly string[];
    /** What an object of this shape costs, beside its values. */
    readonly cost: number;
    /** Whether writing a name could meet the prototype: with `Object.prototype` frozen, not even `toString` could be written. */
    readonly isBare: boolean;
    /** An object that has all the names: copying it is faster than building from nothing, and what is written to the copy is its own. */
    readonly blank: { readonly [key: string]: unknown } | undefined;
  }

  /**
   * Shapes that messages have had, by the letters of their new names. The engine must find out of each name whether it has it already,
   * which is most of what a small message costs.
   */
  let knownShapes = p.safeMap<string, Shape>();
  let knownCount = 0;
  const maxKnown = 256;
  const maxKnownNames = 64;
  const maxKnownLetters = 1024;

  let words: Int32Array<ArrayBuffer>;
  let at = 0;
  let end = 0;
  let text = "";
  let letter = 0;
  let part: Source["part"];
  let pieces: Source["bytes"];
  let ownsBytes = false;
  let piece = 0;
  /** How much of the piece is taken. */
  let taken = 0;
  let left = 0;
  const objects = p.list<object | undefined>();
  const names = p.list<string>();
  const shapes = p.list<Shape>();
  let longKeys = 0;
  let regexpCost = 0;

  function charge(cost: number): void {
    left -= cost;
    if (left < 0) throw tooLarge;
  }

  function next(): number {
    if (at >= end) throw malformed;
    return words[at++] as number;
  }

  function takeText(length: number): string {
    const start = letter;
    letter += length;
    if (letter > text.length) throw malformed;
    return part !== undefined && length >= copiedLetters
      ? part(start, letter)
      : stringSlice(text, start, letter);
  }

  /** A text that must follow. */
  function nextText(): string {
    const word = next();
    if ((word & 15) !== tag.text) throw malformed;
    return takeText(word >>> 4);
  }

  function nextDouble(): number {
    halves[0] = next();
    halves[1] = next();
    return double[0] as number;
  }

  function value(depth: number): unknown {
    const word = next();
    const number = word >>> 4;
    switch (word & 15) {
      case tag.integer:
        charge(price.value);
        return word >> 4;
      case tag.text:
        charge(price.value + number);
        return takeText(number);
      case tag.object:
        return object(knownShape(number), depth);
      case tag.shape:
        return object(newShape(number), depth);
      case tag.array:
      case tag.listed:
        return array(number, (word & 15) === tag.listed, depth);
      case tag.constant:
        charge(price.value);
        return constantOf(number);
      case tag.double:
        if (number !== 0) throw malformed;
        charge(price.value);
        return nextDouble();
      case tag.again: {
        charge(price.value);
        const known = objects[number];
        if (known === undefined) throw malformed;
        return known;
      }
      case tag.map:
        return map(number, depth);
      case tag.set:
        return set(number, depth);
      case tag.buffer:
        return buffer(number);
      case tag.view:
        return view(number);
      case tag.error:
        return error(number, depth);
      case tag.rare:
        return rarer(number, depth);
      default:
        throw malformed;
    }
  }

  function constantOf(number: number): unknown {
    switch (number) {
      case constant.undefined:
        return undefined;
      case constant.null:
        return null;
      case constant.true:
        return true;
      case constant.false:
        return false;
      default:
        throw malformed;
    }
  }

  function enter(depth: number): void {
    if (depth > format.maxDepth) throw malformed;
  }

  // --- objects ---

  /** The shape of named properties, which must follow. */
  function nextShape(): Shape {
    const word = next();
    if ((word & 15) === tag.object) return knownShape(word >>> 4);
    if ((word & 15) === tag.shape) return newShape(word >>> 4);
    throw malformed;
  }

  function knownShape(number: number): Shape {
    const shape = shapes[number];
    if (shape === undefined) throw malformed;
    charge(shape.cost);
    return shape;
  }

  function newShape(length: number): Shape {
    // Each name takes a word at least, so that a length is nothing but a claim until they are there.
    if (length > end - at) throw malformed;
    charge(price.object);
    let letters = 0;
    for (let i = 0; i < length; i++) letters += chargeName(words[at + i] as number);
    if (letter + letters > text.length) throw malformed;
    const isKept = letters <= maxKnownLetters && length <= maxKnownNames;
    const known = isKept ? knownShapes.get(stringSlice(text, letter, letter + letters)) : undefined;
    const shape =
      known !== undefined && isNamed(known, length) ? takeNames(known) : readShape(length, isKept);
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
    if (number > format.longestHashed) chargeLongKey(number);
    return number;
  }

  /** Whether the names that follow are those of a known shape with the same letters. */
  function isNamed({ names: own }: Shape, length: number): boolean {
    if (own.length !== length) return false;
    for (let i = 0; i < length; i++) {
      const word = words[at + i] as number;
      const name = own[i] as string;
      const isSame = (word & 15) === tag.again ? names[word >>> 4] === name : name.length === word >>> 4;
      if (!isSame) return false;
    }
    return true;
  }

  function takeNames(shape: Shape): Shape {
    const { names: own } = shape;
    for (let i = 0; i < own.length; i++) {
      const word = words[at++] as number;
      if ((word & 15) === tag.again) continue;
      letter += word >>> 4;
      names[names.length] = own[i] as string;
    }
    return shape;
  }

  function readShape(length: number, isKept: boolean): Shape {
    let cost: number = price.object;
    let isBare = guarded;
    const own = p.list<string>();
    const blank = p.setPrototypeOf({}, null) as { [key: string]: unknown };
    const first = names.length;
    for (let i = 0; i < length; i++) {
      const word = words[at++] as number;
      const isNew = (word & 15) === tag.text;
      const name = isNew ? takeText(word >>> 4) : names[word >>> 4];
      // Two names that are one would be one property.
      if (name === undefined || name === "__proto__" || p.hasOwn(blank, name)) throw malformed;
      if (isNew) names[names.length] = name;
      own[i] = name;
      blank[name] = isNew;
      if (!isBare && name in p.objectPrototype) isBare = true;
      if (measure.arrayIndex(name) >= 0) cost += price.indexName;
    }
    p.setPrototypeOf(blank, p.objectPrototype);
    const shape: Shape = { names: own, cost, isBare, blank: isBare ? blank : undefined };
    // Numbers come first in an object, so that its names would not be in the order of the words.
    if (isKept && cost === price.object) keepShape(shape, blank, first);
    return shape;
  }

  /**
   * Keeps a shape with the names as the engine has them, since a slice of the text would keep all of it in memory; the message at hand goes
   * on with those too.
   */
  function keepShape(shape: Shape, blank: { readonly [key: string]: unknown }, first: number): void {
    const own = shape.names as string[];
    const kept = p.keys(blank);
    let letters = "";
    let next = first;
    for (let i = 0; i < kept.length; i++) {
      const name = kept[i] as string;
      own[i] = name;
      if (blank[name] !== true) continue;
      letters += name;
      names[next++] = name;
    }
    if (knownCount === maxKnown) {
      knownShapes = p.safeMap();
      knownCount = 0;
    }
    knownShapes.set(letters, shape);
    knownCount++;
  }

  function chargeLongKey(length: number): void {
    charge((longKeys++ * length) / 64);
  }

  function object({ names: own, isBare, blank }: Shape, depth: number): object {
    enter(depth);
    const out: { [key: string]: unknown } = isBare ? { ...blank } : {};
    objects[objects.length] = out;
    for (let i = 0; i < own.length; i++) {
      const name = own[i] as string;
      if (isMissing()) delete out[name];
      else out[name] = value(depth + 1);
    }
    return out;
  }

  /** Takes a member that is not there. */
  function isMissing(): boolean {
    if (at >= end || words[at] !== ((1 << 4) | tag.missing)) return false;
    charge(price.value);
    at++;
    return true;
  }

  // --- arrays ---

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

  function array(length: number, isListed: boolean, depth: number): unknown[] {
    enter(depth);
    charge(price.object);
    // Every place is paid for below; what only claims to be long must not be made.
    if (length * price.value > left) throw tooLarge;
    const out: unknown[] = guarded ? blankArray(length) : [];
    objects[objects.length] = out;
    let i = 0;
    while (i < length) {
      if (at < end && ((words[at] as number) & 15) === tag.missing) {
        const gap = (words[at++] as number) >>> 4;
        if (gap === 0 || gap > length - i) throw malformed;
        charge(gap * price.value);
        if (guarded) for (let j = i; j < i + gap; j++) delete out[j];
        i += gap;
        if (i === length && !guarded) out.length = length;
        continue;
      }
      out[i++] = value(depth + 1);
    }
    if (isListed) listed(out, depth);
    return out;
  }

  function listed(out: unknown[], depth: number): void {
    const shape = nextShape();
    for (let i = 0; i < shape.names.length; i++) {
      const name = shape.names[i] as string;
      if (name === "length" || measure.arrayIndex(name) >= 0) throw malformed;
      if (!isMissing()) define(out, name, value(depth + 1), true);
    }
  }

  function define(target: object, key: string, value: unknown, enumerable: boolean): void {
    p.defineProperty(target, key, {
      __proto__: null,
      value,
      writable: true,
      enumerable,
      configurable: true,
    } as PropertyDescriptor);
  }

  // --- collections ---

  function map(size: number, depth: number): object {
    enter(depth);
    charge(price.collection + size * price.entry);
    const out = new p.Map();
    objects[objects.length] = out;
    let crowd: Crowd | undefined;
    for (let i = 0; i < size; i++) {
      const key = nextKey(depth + 1);
      if (makeCrowd !== undefined && (typeof key === "number" || typeof key === "bigint")) {
        crowd ??= makeCrowd();
        if (!crowd.admits(key)) throw tooLarge;
      }
      p.mapSet(out, key, value(depth + 1));
    }
    if (crowd !== undefined && !crowd.isEven()) throw tooLarge;
    if (p.mapSize(out) !== size) throw malformed;
    return out;
  }

  function set(size: number, depth: number): object {
    enter(depth);
    charge(price.collection + size * price.entry);
    const out = new p.Set();
    objects[objects.length] = out;
    let crowd: Crowd | undefined;
    for (let i = 0; i < size; i++) {
      const key = nextKey(depth + 1);
      if (makeCrowd !== undefined && (typeof key === "number" || typeof key === "bigint")) {
        crowd ??= makeCrowd();
        if (!crowd.admits(key)) throw tooLarge;
      }
      p.setAdd(out, key);
    }
    if (crowd !== undefined && !crowd.isEven()) throw tooLarge;
    if (p.setSize(out) !== size) throw malformed;
    return out;
  }

  function nextKey(depth: number): unknown {
    const word = at < end ? (words[at] as number) : 0;
    if ((word & 15) === tag.text && word >>> 4 > format.longestHashed) chargeLongKey(word >>> 4);
    return value(depth);
  }

  // --- bytes ---

  function buffer(length: number): ArrayBuffer {
    charge(price.buffer + length);
    const out = length === 0 ? new p.ArrayBuffer(0) : takeBytes(length);
    objects[objects.length] = out;
    return out;
  }

  function takeBytes(length: number): ArrayBuffer {
    const from = piece < pieces.length ? pieces[piece] : undefined;
    if (from === undefined) throw malformed;
    const all = p.typedArrayByteLength(from);
    const start = taken;
    taken += length;
    if (taken > all) throw malformed;
    if (taken === all) {
      piece++;
      taken = 0;
    }
    const bytes = p.typedArrayBuffer(from);
    const offset = p.typedArrayOffset(from) + start;
    if (ownsBytes && offset === 0 && length === p.bufferByteLength(bytes)) return bytes;
    const copy = new p.Uint8Array(length);
    p.typedArraySet(copy, new p.Uint8Array(bytes, offset, length), 0);
    return p.typedArrayBuffer(copy);
  }

  function view(number: number): object {
    const name = format.views[number];
    const View = name === undefined ? undefined : p.views[name];
    if (name === undefined || View === undefined) throw malformed;
    charge(price.view);
    const length = next();
    const place = objects.length;
    objects[place] = undefined;
    const word = next();
    let bytes: object | undefined;
    if ((word & 15) === tag.buffer) bytes = buffer(word >>> 4);
    else if ((word & 15) === tag.again) bytes = objects[word >>> 4];
    if (bytes === undefined || !p.isBuffer(bytes)) throw malformed;
    const width = number === 0 ? 1 : (View as unknown as { BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
    // Of its whole buffer, always: a view of a part came with a buffer of its own.
    if (length < 0 || length * width !== p.bufferByteLength(bytes)) throw malformed;
    const out = new View(bytes);
    objects[place] = out;
    return out;
  }

  // --- the rest ---

  function rarer(number: number, depth: number): unknown {
    switch (number) {
      case rare.date: {
        charge(price.date);
        const out = new p.Date(nextDouble());
        objects[objects.length] = out;
        return out;
      }
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
    charge(price.object);
    const place = objects.length;
    objects[place] = undefined;
    if (!isPrimitive(at < end ? (words[at] as number) : tag.missing)) throw malformed;
    const primitive = value(depth);
    if (primitive === undefined || primitive === null) throw malformed;
    const out = p.toObject(primitive);
    objects[place] = out;
    return out;
  }

  function isPrimitive(word: number): boolean {
    const number = word >>> 4;
    switch (word & 15) {
      case tag.integer:
      case tag.double:
      case tag.text:
      case tag.constant:
        return true;
      case tag.rare:
        return number === rare.bigint64 || number === rare.bigint || number === rare.negativeBigint;
      default:
        return false;
    }
  }

  function regexp(): RegExp {
    const flags = next();
    const source = nextText();
    charge(price.regexp + source.length);
    regexpCost += measure.regexpCost(source);
    if (flags < 0 || flags > 255 || regexpCost > format.maxRegexpCost) throw malformed;
    let letters = "";
    for (let i = 0; i < 8; i++) if ((flags & (1 << i)) !== 0) letters += "dgimsuvy"[i];
    let out: RegExp;
    try {
      out = new p.RegExp(source, letters);
    } catch {
      throw malformed;
    }
    objects[objects.length] = out;
    return out;
  }

  function temporal(): object {
    const name = format.temporal[next()];
    const iso = nextText();
    charge(price.temporal + iso.length);
    const out = name === undefined ? undefined : p.temporalFrom(name, iso);
    if (out === undefined) throw malformed;
    objects[objects.length] = out;
    return out;
  }

  function error(number: number, depth: number): Error {
    enter(depth);
    charge(price.error);
    const errorClass = format.errors[number & 15];
    if (errorClass === undefined || number > 1023) throw malformed;
    const message = (number & errorPart.message) === 0 ? undefined : errorText();
    const name = (number & errorPart.name) === 0 ? undefined : errorText();
    const code = (number & errorPart.code) === 0 ? undefined : errorText();
    const out = makeError(errorClass, message, name, code);
    objects[objects.length] = out;
    if ((number & errorPart.cause) !== 0) define(out, "cause", value(depth + 1), false);
    if ((number & errorPart.errors) !== 0) define(out, "errors", value(depth + 1), false);
    if ((number & errorPart.data) === 0) return out;
    const shape = nextShape();
    for (let i = 0; i < shape.names.length; i++) {
      const key = shape.names[i] as string;
      // What is a part of the error, or nothing a script may say of one, is no data.
      if (key === "stack" || key === "message" || key === "name") throw malformed;
      if (key === "cause" || p.hasOwn(out, key)) throw malformed;
      if (!isMissing()) define(out, key, value(depth + 1), true);
    }
    return out;
  }

  function errorText(): string {
    const found = nextText();
    charge(found.length);
    return found;
  }

  // --- from outside ---

  function release(): void {
    objects.length = 0;
    names.length = 0;
    shapes.length = 0;
    text = "";
    part = undefined;
  }

  let lastCost = 0;

  return {
    malformed,
    tooLarge,
    cost: () => lastCost,
    decode(source, maxCost) {
      words = source.words;
      at = source.from;
      end = source.to;
      text = source.text;
      letter = source.letters;
      part = source.part;
      pieces = source.bytes;
      ownsBytes = source.ownsBytes;
      piece = 0;
      taken = 0;
      longKeys = 0;
      regexpCost = 0;
      const most = maxCost < noLimit ? maxCost : noLimit;
      left = most;
      if (source.isWide) left -= text.length - letter;
      if (left < 0) throw tooLarge;
      try {
        const out = value(0);
        if (at !== end || letter !== text.length || piece !== pieces.length) throw malformed;
        lastCost = most - left;
        return out;
      } finally {
        release();
      }
    },
  };
}
