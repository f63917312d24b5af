/**
 * Errors: an error of this realm from the parts that crossed. Self-contained: part of the prelude.
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
  function define(error: Error, key: string, value: unknown, enumerable: boolean): void {
    p.defineProperty(error, key, {
      __proto__: null,
      value,
      writable: true,
      enumerable,
      configurable: true,
    } as PropertyDescriptor);
  }

  return (errorClass, message, name, code) => {
    const Class = p.errors[errorClass] ?? p.Error;
    // `AggregateError` is constructed through `Error`, since its own constructor walks an iterable.
    const error = (
      errorClass === "AggregateError" ? p.construct(p.Error, [message], Class) : new Class(message)
    ) as Error;
    if (name !== undefined && name !== errorClass) define(error, "name", name, false);
    if (code !== undefined) define(error, "code", code, true);
    return error;
  };
}
