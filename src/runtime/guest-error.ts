/**
 * Reads what an error that a script ended with is: of a worker's last message, and of a journal. Both may be forged, so that it is built anew of parts that
 * have been looked at.
 */
import type { GuestError } from "./seam.ts";

/** Causes that are followed; a longer chain is cut, because nobody reads it. */
const maxCauses = 16;

/** Errors of an `AggregateError` a guest side sends. */
const maxErrors = 10;

/** `null` for a value that is no such error. */
export function readGuestError(value: unknown, causes = 0): GuestError | null {
  if (typeof value !== "object" || value === null) return null;
  const { name, message, stack, code, cause, errors } = value as { readonly [part: string]: unknown };
  if (typeof name !== "string" || typeof message !== "string" || typeof stack !== "string") return null;
  if (code !== undefined && typeof code !== "string") return null;
  const own = { name, message, stack, ...(code !== undefined && { code }) };
  if (causes === maxCauses) return own;
  const from = cause === undefined ? undefined : readGuestError(cause, causes + 1);
  const inner = errors === undefined ? undefined : readErrors(errors, causes);
  if (from === null || inner === null) return null;
  return {
    ...own,
    ...(from !== undefined && { cause: from }),
    ...(inner !== undefined && { errors: inner }),
  };
}

/** What each has inside is read as if it were the last of a chain but one: lists of lists grow fast. */
function readErrors(errors: unknown, causes: number): readonly GuestError[] | null {
  if (!Array.isArray(errors) || errors.length > maxErrors) return null;
  const read = errors.map((error) => readGuestError(error, Math.max(causes + 1, maxCauses - 2)));
  return read.every((error) => error !== null) ? read : null;
}
