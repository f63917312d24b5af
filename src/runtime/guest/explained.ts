/**
 * Explains an error of a script that the engine's words leave unexplained, in the words of `typecheck`: a global or a binding that is not there, a promise
 * nobody awaited. Before → after:
 *
 *     fetch is not defined  →  fetch is not defined. The sandbox has no `fetch`: scripts have no network. Ask the platform for a binding …
 *     db.qurey is not a function  →  db.qurey is not a function. `SecureExec.bindings.db` has no `qurey`. Did you mean `query`? …
 */
import { missingGlobal } from "../../model/missing-globals.ts";
import { newerGlobal } from "../../model/newer-globals.ts";
import type { GuestError } from "../seam.ts";
import { hintForGlobal, hintForPath, type Known } from "./known-names.ts";
import { placedAtName } from "./name-place.ts";
import { saidIn } from "./said.ts";

export type { Known };

export function explained(error: GuestError, known: Known): GuestError {
  const { message, stack, cause, errors } = error;
  const inside = {
    ...(cause === undefined ? {} : { cause: explained(cause, known) }),
    ...(errors === undefined ? {} : { errors: errors.map((inner) => explained(inner, known)) }),
  };
  const global = undefinedIn(error);
  const placed = global === null ? stack : placedAtName(stack, global, known);
  const hint = global === null ? hintForMember(error, known) : hintForName(global, known);
  if (hint === null) return { ...error, stack: placed, ...inside };
  const text = `${message}${message.endsWith(".") ? "" : "."} ${hint}`;
  // A function, because a text would be read for `$&` and its kin.
  return { ...error, message: text, stack: placed.replace(message, () => text), ...inside };
}

/** The name that the engine has not found. */
function undefinedIn({ name, message }: GuestError): string | null {
  if (name !== "ReferenceError") return null;
  return /^([\w$]{1,100}) is not defined$/.exec(message)?.[1] ?? null;
}

function hintForName(name: string, known: Known): string | null {
  const missing = missingGlobal(name) ?? newerGlobal(name, Number.parseInt(process.versions.node, 10));
  return missing === null
    ? hintForGlobal(name, known)
    : `The sandbox has no \`${name}\`: ${missing.why}. ${missing.help}`;
}

function hintForMember(error: GuestError, known: Known): string | null {
  if (error.name !== "TypeError") return null;
  const said = saidIn(error, known);
  return said === null ? null : hintForPath(said, known);
}
