/**
 * Explains the ReferenceError of a global that a sandbox does not have, as `typecheck` does: why it is not there, and what to do instead. Before → after:
 *
 *     fetch is not defined  →  fetch is not defined. The sandbox has no `fetch`: scripts have no network. Ask the platform for a binding …
 */
import { missingGlobal } from "../../model/missing-globals.ts";
import type { GuestError } from "../seam.ts";

export function explained(error: GuestError): GuestError {
  const { name, message, stack, cause, errors } = error;
  const inside = {
    ...(cause === undefined ? {} : { cause: explained(cause) }),
    ...(errors === undefined ? {} : { errors: errors.map(explained) }),
  };
  const global = name === "ReferenceError" ? /^([\w$]+) is not defined$/.exec(message)?.[1] : undefined;
  const missing = global === undefined ? null : missingGlobal(global);
  if (missing === null) return { ...error, ...inside };
  const text = `${message}. The sandbox has no \`${global}\`: ${missing.why}. ${missing.help}`;
  // A function, because a text would be read for `$&` and its kin.
  return { ...error, message: text, stack: stack.replace(message, () => text), ...inside };
}
