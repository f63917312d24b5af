/**
 * Empties an object that stands where its type declares none of this kind: a row where a text is declared, a map where a list is. None of what it holds
 * is declared, so nothing of it crosses.
 */
import { errorNameOf, isArrayBuffer, isDate, isError, isMap, isRegExp, isSet } from "../brand.ts";
import type { Plan } from "./writer.ts";

export const foreign: Plan = (value, depth, to) => {
  to.notes.fits = false;
  to.notes.drops = true;
  to.putObject(emptied(value), depth);
};

/** An empty object of its kind. What holds nothing of its own is left to the codec, which may refuse it with the way out. */
function emptied(value: object): object {
  if (Array.isArray(value)) return [];
  if (isMap(value)) return new Map();
  if (isSet(value)) return new Set();
  if (isError(value, "Error")) return emptyError(value);
  if (ArrayBuffer.isView(value) || isDate(value) || isRegExp(value) || isArrayBuffer(value)) return {};
  return Object.keys(value).length === 0 ? value : {};
}

/** An error of the nearest standard class, with nothing of its own. */
function emptyError(value: Error): Error {
  const name = errorNameOf(value);
  if (name !== "AggregateError") return new globalThis[name]();
  const made: { errors?: unknown } = new AggregateError([]);
  delete made.errors;
  return made as AggregateError;
}
