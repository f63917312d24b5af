/** Refuses options that do not exist: `override` for `overrides` would leave every answer made, and a test in JavaScript would not hear of it. */
import { unknownOptions } from "../model/option-names.ts";
import { TestingError } from "./testing-error.ts";

export type { OptionNames } from "../model/option-names.ts";

/** Throws a `TestingError`, `ERR_TESTING_OVERRIDE`. `of` is the function that was given them. */
export function refuseUnknown(of: string, options: unknown, known: Readonly<Record<string, true>>): void {
  const why = unknownOptions(of, options, known);
  if (why !== null) throw new TestingError("ERR_TESTING_OVERRIDE", why);
}
