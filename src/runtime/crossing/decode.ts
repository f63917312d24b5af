/**
 * Decodes words and a text into a value of this realm. Reads what an attacker may have written: everything is counted before
 * it is made, with the prices of `encode`, and what no encoder of ours writes is malformed.
 *
 * Here are primitives, plain objects; everything else has a file beside this one. Self-contained: part of the prelude.
 */
import type { BytesPart } from "./decode-bytes.ts";
import type { RarePart } from "./decode-rare.ts";
import type { Reading, ReadingSetup, Shape } from "./decode-reading.ts";
import type { decodeMakers } from "./makers.ts";
import type { Message } from "./message.ts";
import type { Primordials } from "./primordials.ts";

/** A value that was encoded. Its text may have other letters before its own. */
export interface Source extends Message {
  /** Where its letters begin in the text; they end with it. */
  readonly letters: number;
}

export interface Decode {
  /** Reads a value that may cost at most `maxCost`; throws `malformed` or `tooLarge`. */
  decode(source: Source, maxCost: number): unknown;
  /** What the last value cost. */
  readonly cost: () => number;
  readonly malformed: object;
  readonly tooLarge: object;
}

export interface DecodeParts extends ReadingSetup {
  readonly makers: typeof decodeMakers;
}

export function makeDecode(p: Primordials, parts: DecodeParts): Decode {
  const { format, makers } = parts;
  const { tag, price, maxDepth } = format;
  const { stringSlice } = p;
  const malformed = p.freeze({ __proto__: null });
  const tooLarge = p.freeze({ __proto__: null });
  /** Shorter texts are copied by a slice, longer ones keep the text they are cut from. */
  const copiedLetters = 13;
  /** More would take a number out of the small ones, with which V8 counts fastest. */
  const noLimit = 2147483647;
  /** By their numbers in the format. */
  const constants = [undefined, null, true, false];
  const missing = (1 << 4) | tag.missing;

  const double = new p.Float64Array(1);
  const halves = new p.Int32Array(p.typedArrayBuffer(double));

  let words: Int32Array<ArrayBuffer>;
  let at = 0;
  let end = 0;
  let text = "";
  let letter = 0;
  let part: Source["part"];
  let left = 0;
  let lastCost = 0;
  const objects = p.list<object | undefined>();
  let source: Source | undefined;

  const reading: Reading = {
    ...parts,
    p,
    objects,
    charge,
    afford,
    next,
    peek,
    nextText,
    nextDouble,
    cut,
    value,
    nextShape,
    isMissing,
    enter,
    malformed,
    tooLarge,
  };
  const shapes = makers.makeShapes(reading);
  const { knownShape, readShape } = shapes;
  const { array, listed } = makers.makeArraysReader(reading);
  // Most values have none of these.
  let bytes: BytesPart | undefined;
  let rare: RarePart | undefined;

  function charge(cost: number): void {
    left -= cost;
    if (left < 0) throw tooLarge;
  }

  function afford(cost: number): void {
    if (left < cost) throw tooLarge;
  }

  function next(): number {
    if (at >= end) throw malformed;
    return words[at++] as number;
  }

  function peek(): number {
    return at < end ? (words[at] as number) : tag.missing;
  }

  function cut(start: number, to: number): string {
    return part !== undefined && to - start >= copiedLetters ? part(start, to) : stringSlice(text, start, to);
  }

  function takeText(length: number): string {
    const start = letter;
    letter += length;
    if (letter > text.length) throw malformed;
    return cut(start, letter);
  }

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
        return array(number, depth);
      case tag.listed:
        return listed(number, depth);
      case tag.constant:
        if (number >= constants.length) throw malformed;
        charge(price.value);
        return constants[number];
      case tag.double:
        if (number !== 0) throw malformed;
        charge(price.value);
        return nextDouble();
      case tag.again:
        charge(price.value);
        return known(number);
      case tag.buffer:
        return bytesReader().buffer(number);
      case tag.view:
        return bytesReader().view(number);
      case tag.missing:
        throw malformed;
      default:
        return (rare ??= makers.makeRareReader(reading, shapes)).read(word & 15, number, depth);
    }
  }

  function bytesReader(): BytesPart {
    if (bytes === undefined) {
      bytes = makers.makeBytesReader(reading);
      bytes.begin(source as Source);
    }
    return bytes;
  }

  function known(number: number): object {
    const found = objects[number];
    if (found === undefined) throw malformed;
    return found;
  }

  function enter(depth: number): void {
    if (depth > maxDepth) throw malformed;
  }

  // --- objects ---

  function nextShape(): Shape {
    const word = next();
    if ((word & 15) === tag.object) return knownShape(word >>> 4);
    if ((word & 15) === tag.shape) return newShape(word >>> 4);
    throw malformed;
  }

  function newShape(length: number): Shape {
    // Each name takes a word at least, so that a length is nothing but a claim until they are there.
    if (length > end - at) throw malformed;
    const shape = readShape(length, words, at, text, letter);
    at += length;
    letter += shapes.letters();
    return shape;
  }

  function object({ names, blank }: Shape, depth: number): object {
    enter(depth);
    const out: { [key: string]: unknown } = blank === undefined ? {} : { ...blank };
    objects[objects.length] = out;
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      if (isMissing()) delete out[name];
      else out[name] = value(depth + 1);
    }
    return out;
  }

  function isMissing(): boolean {
    if (at >= end || words[at] !== missing) return false;
    charge(price.value);
    at++;
    return true;
  }

  // --- from outside ---

  function begin(from: Source, most: number): void {
    source = from;
    ({ words, text, part } = from);
    at = from.from;
    end = from.to;
    letter = from.letters;
    left = from.isWide ? most - (text.length - letter) : most;
    if (bytes !== undefined) bytes.begin(from);
    if (left < 0) throw tooLarge;
  }

  function isWhole(): boolean {
    const isRead = bytes === undefined ? (source as Source).bytes.length === 0 : bytes.isRead();
    return isRead && at === end && letter === text.length;
  }

  function release(): void {
    objects.length = 0;
    shapes.release();
    if (rare !== undefined) rare.release();
    if (bytes !== undefined) bytes.release();
    source = undefined;
    text = "";
    part = undefined;
  }

  return {
    malformed,
    tooLarge,
    cost: () => lastCost,
    decode(from, maxCost) {
      const most = maxCost < noLimit ? maxCost : noLimit;
      begin(from, most);
      try {
        const out = value(0);
        if (!isWhole()) throw malformed;
        lastCost = most - left;
        return out;
      } finally {
        release();
      }
    },
  };
}
