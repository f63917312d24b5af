/**
 * Empties an object that stands where its type declares none of this kind: a row where a text is declared, a map where a list is. None of what it holds
 * is declared, so nothing of it crosses.
 */
import { isArrayBuffer, isDate, isError, isMap, isRegExp, isSet } from "../brand.ts";
import { emptyError } from "./empty-error.ts";
import type { State } from "./state.ts";

/** An empty object of its kind. What holds nothing of its own is left to the codec, which may refuse it with the way out. */
export function foreign(state: State, value: object): unknown {
  state.fits = false;
  state.drops = true;
  if (Array.isArray(value)) return [];
  if (isMap(value)) return new Map();
  if (isSet(value)) return new Set();
  if (isError(value, "Error")) return emptyError(value);
  if (ArrayBuffer.isView(value) || isDate(value) || isRegExp(value) || isArrayBuffer(value)) return {};
  return Object.keys(value).length === 0 ? value : {};
}
