/**
 * Lists what crosses between a host and a script, with the number each kind has in the bytes and the price it has in a
 * payload. Plain data, because the prelude takes it into the isolate as text; `encode` writes it and `decode` reads it, on
 * both sides.
 *
 * A value is a list of words of 32 bits, a text and bytes. A word is a tag (its lowest 4 bits) and a number (the other 28); the letters of all
 * strings stand in the text, one string after the other in the order in which the words name them, and so do the bytes of all buffers.
 *
 *     { id: 7, name: "Ada" }   →   words  shape 2 · text 2 · text 4 · integer 7 · text 3      text  "idnameAda"
 *
 * `docs/values.md` describes the bytes; a change of anything here that old bytes would notice is a new `version`.
 */

/** The tags of words. The comment says what the number of the word is, and what follows it. */
const tag = {
  /** A whole number from -2^27 to 2^27 - 1: the number itself. */
  integer: 0,
  /** A string: how many letters. In a list of names: a name this message has for the first time. */
  text: 1,
  /** An object of a known shape: which shape. Then its values. */
  object: 2,
  /** An object of a new shape: how many names. Then the names, then the values. */
  shape: 3,
  /** An array: its length. Then its elements. */
  array: 4,
  /** The same for an array that has named properties too: after its elements comes an object with them. */
  listed: 5,
  /** An object or a name that was here before: which one. */
  again: 6,
  /** `undefined`, `null`, `true`, `false`: which one. */
  constant: 7,
  /** Elements or members that are not there: how many. */
  missing: 8,
  /** Any other number. Then its 64 bits, the lower half first. */
  double: 9,
  /** A Map: how many entries. Then keys and values in turns. */
  map: 10,
  /** A Set: how many members. Then the members. */
  set: 11,
  /** An ArrayBuffer: how many bytes. */
  buffer: 12,
  /** A view: which class. Then its length in elements (of a DataView: in bytes), and its buffer. */
  view: 13,
  /** An Error: which class and which parts (`errorPart`). Then the parts. */
  error: 14,
  /** Everything rarer: which kind (`rare`). */
  rare: 15,
} as const;

const constant = { undefined: 0, null: 1, true: 2, false: 3 } as const;

/** Kinds of the tag `rare`; what follows each. */
const rare = {
  /** Two words: the time value as a double. */
  date: 0,
  /** A word of flags, one bit for each letter of `dgimsuvy`, and a text: the source. */
  regexp: 1,
  /** Boxed primitives: the primitive. */
  boxed: 2,
  /** A bigint of 64 bits: two words, the lower half first. */
  bigint64: 3,
  /** A bigint: a text of hexadecimal digits. */
  bigint: 4,
  negativeBigint: 5,
  /** A value of `Temporal`: a word (which class, by its place in `temporal`) and a text, as its `toString` writes it. */
  temporal: 6,
} as const;

/** Parts of an error: bits above the four of the class, in the order in which the parts follow. */
const errorPart = { message: 16, name: 32, code: 64, cause: 128, errors: 256, data: 512 } as const;

/** Classes of views by number. `DataView` is not a typed array and comes first. */
const views = [
  "DataView",
  "Int8Array",
  "Uint8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
  "Float16Array",
] as const;

/** Classes of errors by number. */
const errors = [
  "Error",
  "EvalError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "TypeError",
  "URIError",
  "AggregateError",
] as const;

/** Classes of `Temporal` by number. */
const temporal = [
  "Instant",
  "ZonedDateTime",
  "PlainDate",
  "PlainTime",
  "PlainDateTime",
  "PlainYearMonth",
  "PlainMonthDay",
  "Duration",
] as const;

/** Classes whose objects hold what cannot be sent: as data they would be `{}`. In words that finish "cannot cross". */
const refused = {
  Symbol: "a symbol",
  Promise: "a promise (await it first)",
  WeakMap: "a WeakMap",
  WeakSet: "a WeakSet",
  WeakRef: "a WeakRef",
  SharedArrayBuffer: "a SharedArrayBuffer",
  DisposableStack: "a DisposableStack",
  AsyncDisposableStack: "an AsyncDisposableStack",
  FinalizationRegistry: "a FinalizationRegistry",
} as const;

/**
 * What a payload counts for each thing in it, in bytes. A letter is one more, and two when the payload has any that is not of
 * Latin-1; a byte of a buffer is one. The prices follow what a thing costs its receiver in memory and in time (one byte is about 12 ns
 * of a slow core), so that four megabytes, the default limit, are 50 ms at most, whatever a payload is made of.
 */
const price = {
  /** Any value. */
  value: 8,
  /** An object, an array: beside its members. */
  object: 24,
  /** A property's name that the payload has for the first time: the engine makes a new kind of object for it. */
  newName: 160,
  /** Each further object that has a number for a name: the engine keeps those in a table. */
  indexName: 120,
  collection: 80,
  /** The place of a key in a collection. */
  entry: 30,
  buffer: 64,
  /** Beside its buffer. */
  view: 32,
  date: 32,
  regexp: 128,
  bigint: 40,
  error: 240,
  temporal: 600,
} as const;

/**
 * V8 hashes a text of more letters by its length alone, so that a collection of long keys is compared letter by letter: each costs its own
 * length once more for every 64 that were before it.
 */
const longestHashed = 16_383;

export const format = {
  /** Of the words and texts described here; the first byte of a value that is kept or sent. */
  version: 1,
  tag,
  constant,
  rare,
  errorPart,
  views,
  errors,
  temporal,
  refused,
  price,
  longestHashed,
  /** Deeper data overflows recursive code, ours on the guest's small stack first; no honest payload is near it. */
  maxDepth: 500,
  /** V8 compiles the sets of an expression when it is made, so for the receiver a few kilobytes can be seconds. */
  maxRegexpCost: 4096,
  /** Hexadecimal digits of a bigint: 65,536 bits. Arithmetic of bigger ones blocks a host for seconds. */
  maxBigintDigits: 16_384,
} as const;

export type Format = typeof format;

/** A class of errors that crosses by name. */
export type ErrorClass = (typeof errors)[number];
