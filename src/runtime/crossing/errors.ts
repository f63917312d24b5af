/**
 * Makes an error of this realm from the parts that crossed. Self-contained: part of the prelude.
 */
import type { ErrorClass } from "./format.ts";
import type { Primordials } from "./primordials.ts";

/** Makes an error without its cause, errors and data. Absent parts are not made: `new Error()` has no `message` of its own. */
export type MakeError = (
  errorClass: ErrorClass,
  message: string | undefined,
  name?: string,
  code?: string,
) => Error;

export function makeErrorMaker(p: Primordials): MakeError {
  return (errorClass, message, name, code) => {
    const Class = p.errors[errorClass] ?? p.Error;
    // `AggregateError` is constructed through `Error`, since its own constructor walks an iterable.
    const error = (
      errorClass === "AggregateError" ? p.construct(p.Error, [message], Class) : new Class(message)
    ) as Error;
    if (name !== undefined && name !== errorClass) p.define(error, "name", name, false);
    if (code !== undefined) p.define(error, "code", code, true);
    return error;
  };
}
