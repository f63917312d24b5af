/**
 * Kind: what an object may be to the clone, and how a realm answers. Types only; each side has a realm of its own.
 */

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
  | Refused;

/** An object that cannot cross, and why, in words that finish "cannot cross". */
export interface Refused {
  readonly refused: string;
}

/** How an error is read before its parts are cloned; absent parts do not cross. */
export interface ErrorView {
  readonly class: string;
  readonly name: string | undefined;
  readonly message: string;
  readonly code: string | undefined;
  readonly cause: unknown;
  readonly hasCause: boolean;
  readonly errors: unknown;
  readonly hasErrors: boolean;
  /** Keys of own data properties to send. */
  readonly keys: readonly string[];
}

export interface CloneRealm {
  classify(value: object): Kind;
  readError(error: object): ErrorView;
  /**
   * Whether bytes are copied here. Not where the message leaves at once and a buffer can neither change its length nor be
   * detached, as in the guest: the engine copies them anyway.
   */
  readonly copiesBuffers: boolean;
}
