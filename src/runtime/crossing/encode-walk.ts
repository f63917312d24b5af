/**
 * Declares what the parts of the encoder share while they walk through one value. Types only.
 */
import type { Primordials } from "./primordials.ts";
import type { ErrorView, Kind, Realm } from "./kind.ts";
import type { Format } from "./format.ts";
import type { Measure } from "./measure.ts";

/**
 * How an object is written. `putObject` writes all that it holds; a plan made of a type, what the type declares of it. Anything else than an
 * object is never asked for: it has no parts.
 */
export type Plan = (value: object, depth: number, walk: Walk) => void;

/** The plans of named properties: of a list's, or an error's. `null`: that one is not written. */
export type NamedPlans = (name: string) => Plan | null;

/** What plans have found out about a value. */
export interface Notes {
  /** False once an object was of another kind than declared: the value is wrong, whatever has become of it. */
  fits: boolean;
  /** True once something was left behind. */
  drops: boolean;
  /** True once one object was written by several plans, as several objects. */
  splits: boolean;
}

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
  readonly putValue: (value: unknown, depth: number, plan: Plan) => void;
  /** Appends all that an object holds. */
  readonly putObject: (value: object, depth: number) => void;
  /** Appends a reference and returns true for an object that this plan, known by its number, has met before. 0 is `putObject`. */
  readonly meets: (value: object, plan: number, depth: number) => boolean;
  /** Appends what an object has under these names, each as the plan at its place says. */
  readonly putMembers: (
    value: object,
    keys: readonly string[],
    depth: number,
    plans?: readonly Plan[],
  ) => void;
  /** Appends what an object or array has at one place, which may have gone since it was listed. */
  readonly putMember: (
    member: unknown,
    owner: object,
    key: string | number,
    depth: number,
    plan: Plan,
  ) => void;
  /** Appends an array: at most so many elements, and of its named properties those that have a plan. */
  readonly putArray: (
    value: readonly unknown[],
    depth: number,
    element: Plan,
    most?: number,
    named?: NamedPlans,
  ) => void;
  /** Appends an object that is neither plain nor an array; of a collection, keys or members and entries by these plans. */
  readonly putRare: (value: object, kind: RareKind, depth: number, key: Plan, entry: Plan) => void;
  /** Appends an error of which so much is known; what it holds by these plans. */
  readonly putError: (view: ErrorView, depth: number, inside: Plan, plans?: readonly Plan[]) => void;
  readonly notes: Notes;
  /** The number of an object that was here before, or -1; from now on it was. */
  readonly remember: (value: object, plan: number) => number;
  /** Counts. Never returns when that is more than there is. */
  readonly charge: (cost: number, depth: number) => void;
  /** Counts nothing. Never returns when there is not so much. */
  readonly afford: (cost: number, depth: number) => void;
  /** Never returns. `what` is followed by "cannot cross". */
  readonly notClonable: (what: string, depth: number) => never;
}

/** Kinds of objects that few payloads have. */
export type RareKind = Exclude<Kind, "plain" | "array">;
