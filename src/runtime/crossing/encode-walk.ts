/**
 * Declares what the parts of the encoder share while they walk through one value. Types only.
 */
import type { Primordials } from "./primordials.ts";
import type { Realm } from "./kind.ts";
import type { Format } from "./format.ts";
import type { Measure } from "./measure.ts";

export interface Walk {
  readonly p: Primordials;
  readonly format: Format;
  readonly realm: Realm;
  readonly measure: Measure;
  /** Whether large buffers are copied here: not where they leave at once and nothing can change their length. */
  readonly copiesBuffers: boolean;
  /** The way to the value at hand: the first `depth` of these are. */
  readonly steps: (string | number)[];
  /** Appends a word. */
  readonly put: (word: number) => void;
  /** Appends a word with the length of a text, and its letters. */
  readonly putText: (text: string) => void;
  /** Appends the 64 bits of a number. */
  readonly putDouble: (value: number) => void;
  readonly putValue: (value: unknown, depth: number) => void;
  /** Appends what an object has under these names. */
  readonly putMembers: (value: object, keys: readonly string[], depth: number) => void;
  /** Appends what an object or array has at one place, which may have gone since it was listed. */
  readonly putMember: (member: unknown, owner: object, key: string | number, depth: number) => void;
  /** The number of an object that was here before, or -1; from now on it was. */
  readonly remember: (value: object) => number;
  /** Counts. Never returns when that is more than there is. */
  readonly charge: (cost: number, depth: number) => void;
  /** Counts nothing. Never returns when there is not so much. */
  readonly afford: (cost: number, depth: number) => void;
  /** Never returns. `what` is followed by "cannot cross". */
  readonly notClonable: (what: string, depth: number) => never;
}
