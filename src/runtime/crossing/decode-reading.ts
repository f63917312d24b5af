/**
 * Declares what the parts of the decoder share while they read one value. Types only.
 */
import type { MakeError } from "./errors.ts";
import type { Format } from "./format.ts";
import type { Measure } from "./measure.ts";
import type { Primordials } from "./primordials.ts";

/** Judges the numbers that are keys of one collection. */
export interface Crowd {
  /** `false` when too many fall into one bucket. */
  admits(key: number | bigint): boolean;
  /** To be asked once more when all keys are in. */
  isEven(): boolean;
}

/** What a decoder is made with. */
export interface ReadingSetup {
  readonly format: Format;
  readonly measure: Measure;
  /** Makes an error with these parts; causes and data are added later because they may be cyclic. */
  readonly makeError: MakeError;
  /** Absent where the sender is trusted. */
  readonly makeCrowd: (() => Crowd) | undefined;
  /** Whether the prototypes of this realm belong to a script: then nothing is written that a setter on one could catch. */
  readonly guarded: boolean;
}

/** The names of objects that are alike. */
export interface Shape {
  readonly names: readonly string[];
  /** What an object of this shape costs, beside its values. */
  readonly cost: number;
  /** An object that has all the names: copying it is faster than building from nothing, and what is written to the copy is its own. */
  readonly blank: { readonly [key: string]: unknown } | undefined;
}

export interface Reading extends ReadingSetup {
  readonly p: Primordials;
  /** The objects of the value so far; a place is `undefined` while its object is being read and cannot be meant yet. */
  readonly objects: (object | undefined)[];
  readonly charge: (cost: number) => void;
  /** Counts nothing; refuses a value that will cost so much more than is left. */
  readonly afford: (cost: number) => void;
  /** Takes a word. */
  readonly next: () => number;
  /** The next word, which stays; what no value begins with when there is none. */
  readonly peek: () => number;
  /** Takes a word and a text. */
  readonly nextText: () => string;
  /** Takes 64 bits. */
  readonly nextDouble: () => number;
  /** Letters of the text, by their places. */
  readonly cut: (start: number, end: number) => string;
  readonly value: (depth: number) => unknown;
  /** Takes a shape that must follow. */
  readonly nextShape: () => Shape;
  /** Takes a member that is not there, when one is next. */
  readonly isMissing: () => boolean;
  /** Refuses what is nested too deeply. */
  readonly enter: (depth: number) => void;
  /** To be thrown. */
  readonly malformed: object;
  readonly tooLarge: object;
}
