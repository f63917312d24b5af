/**
 * Makes a new error of the nearest standard class, with nothing of its own.
 */
import { errorNameOf } from "../brand.ts";

/** Nobody will read its stack, which is most of what making an error costs. */
export function emptyError(value: Error): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const name = errorNameOf(value);
    if (name !== "AggregateError") return new globalThis[name]();
    const made: { errors?: unknown } = new AggregateError([]);
    delete made.errors;
    return made as AggregateError;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
