/**
 * Declares what plans write to. The encoder of what crosses is one; validation knows no codec.
 */

/** Writes what a type declares of an object. Anything else than an object is never asked for: it has no properties. */
export type Plan = (value: object, depth: number, to: Writer) => void;

export interface Writer {
  /** The way to the value at hand: the first `depth` of these are. */
  readonly steps: readonly (string | number)[];
  readonly notes: {
    /** False once an object was of another kind than declared: the value is wrong, whatever has become of it. */
    fits: boolean;
    /** True once something was left behind. */
    drops: boolean;
  };
  /** Writes all that an object holds. */
  putObject(value: object, depth: number): void;
  /**
   * Writes a reference and returns true for an object that was here before: one that is met twice stays one, and one that contains itself ends.
   * Asked with the number of the plan, because another plan may write more or less of it; those of types count from `firstPlan`.
   */
  meets(value: object, plan: number, depth: number): boolean;
  putValue(value: unknown, depth: number, plan: Plan): void;
  /** Writes an object with these of its properties. */
  putMembers(value: object, keys: readonly string[], depth: number, plans: readonly Plan[]): void;
  /** Writes an array: at most so many elements, and of its named properties those that have a plan. */
  putArray(
    value: readonly unknown[],
    depth: number,
    element: Plan,
    most?: number,
    named?: (name: string) => Plan | null,
  ): void;
  putRare(value: object, kind: "map" | "set", depth: number, key: Plan, entry: Plan): void;
  putError(view: ErrorParts, depth: number, inside: Plan, plans: readonly Plan[]): void;
  readonly realm: {
    /** Of the own properties of an error besides the standard ones, only these are read. */
    readError(error: object, only: (name: string) => boolean): ErrorParts;
  };
}

/** What is known of an error; `keys` are its further properties. */
export interface ErrorParts {
  readonly keys: readonly string[];
}

/** Numbers of plans: all of an object, and errors of no known type. */
export const untypedError = 1;
export const firstPlan = 2;
