/**
 * Declares what an object may be to the codec, and how a side answers. Types only; guest and host each have a realm of their
 * own.
 */
import type { ErrorClass } from "./format.ts";

/** What an object is, by what it holds inside rather than by what it looks like. */
export type Kind =
  | "plain"
  | "array"
  | "date"
  | "map"
  | "set"
  | "regexp"
  | "error"
  | "buffer"
  | "view"
  | "number"
  | "string"
  | "boolean"
  | "bigint"
  | "temporal"
  | Refused;

/** An object that cannot cross, and why, in words that finish "cannot cross". */
export interface Refused {
  readonly refused: string;
  /** The text that an object holds, for the console. An own property where it is one: a script can write to `Object.prototype`. */
  readonly textOf?: (value: object) => string;
}

/** What of an error crosses; absent parts do not. */
export interface ErrorView {
  readonly class: ErrorClass;
  /** `error.name`, when it is not the class's own. */
  readonly name: string | undefined;
  readonly message: string | undefined;
  readonly code: string | undefined;
  readonly cause: unknown;
  readonly hasCause: boolean;
  /** `AggregateError.errors`. */
  readonly errors: unknown;
  readonly hasErrors: boolean;
  /** Names of the properties to send, and the object they are read from. */
  readonly keys: readonly string[];
  readonly data: object;
}

export interface Realm {
  classify(value: object): Kind;
  /** What an object that looks plain and has no properties holds inside. */
  inside(value: object): Kind;
  /** `only`: which own properties besides the standard ones are read. All of them, where it is absent. */
  readError(error: object, only?: (name: string) => boolean): ErrorView;
}

/** The realm of a guest, which learns of classes while a script runs. */
export interface GuestRealm extends Realm {
  /** Objects of this prototype cannot cross: `what` finishes "cannot cross". */
  refuse(prototype: object, what: string, textOf: ((value: object) => string) | undefined): void;
}
