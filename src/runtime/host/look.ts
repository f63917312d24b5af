/**
 * Reads values that careless host code returned or threw, without ever throwing itself and without calling more of that code
 * than the language makes unavoidable.
 */
import { types } from "node:util";
import { errorNames, type ErrorName } from "../../model/shape.ts";
import { hostPrimordials } from "../crossing/host-realm.ts";

/** `object[key]`, or `undefined` when reading it throws. */
export function read(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

export function readString(object: object, key: string): string | undefined {
  const value = read(object, key);
  return typeof value === "string" ? value : undefined;
}

/**
 * Whether `await` would wait for this value. Looks at descriptors instead of reading `then`: a getter is run once, by the
 * clone or by `await`, not by us too.
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return false;
  if (types.isPromise(value)) return true;
  try {
    for (let at: object | null = value; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      const descriptor = Object.getOwnPropertyDescriptor(at, "then");
      if (descriptor) return typeof descriptor.value === "function" || descriptor.get !== undefined;
    }
  } catch {
    // A proxy that throws is not a promise; the clone will refuse it with words.
  }
  return false;
}

/** True for errors of this realm and of others (a `vm` context, a test runner). */
export function isError(value: unknown): value is Error {
  try {
    return types.isNativeError(value) || value instanceof Error;
  } catch {
    return false;
  }
}

/** The nearest standard class: a `class NotFound extends RangeError` arrives as a `RangeError` named `NotFound`. */
export function standardClass(error: Error): ErrorName {
  for (const name of errorNames) {
    if (name !== "Error" && isInstance(error, hostPrimordials.errors[name])) return name;
  }
  // An error of another realm is an instance of nothing here; its name is the best witness.
  const name = readString(error, "name");
  return errorNames.find((standard) => standard === name) ?? "Error";
}

function isInstance(value: object, constructor: (new () => Error) | undefined): boolean {
  try {
    return constructor !== undefined && value instanceof constructor;
  } catch {
    return false;
  }
}
