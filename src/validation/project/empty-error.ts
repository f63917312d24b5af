/**
 * Makes a new error of the nearest standard class, with nothing of its own.
 */
import { errorNames } from "../../model/shape.ts";
import { isError } from "../brand.ts";

/** Nobody will read its stack, which is most of what making an error costs. */
export function emptyError(value: Error): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const name = errorNames.find((standard) => standard !== "Error" && isError(value, standard)) ?? "Error";
    if (name !== "AggregateError") return new globalThis[name]();
    const made: { errors?: unknown } = new AggregateError([]);
    delete made.errors;
    return made as AggregateError;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
