/**
 * Words a received value briefly, for "got …". Never more than 80 characters, no character that could pass for another, and
 * no code of the value: only its primitive content and the brand of objects are looked at.
 */
import { visible } from "../model/names.ts";
import { isBuiltin, isError, isMap, isSet } from "./brand.ts";
import { builtinNames } from "../model/shape.ts";

const longest = 80;

/** Printing a bigint costs the square of its length; this one has 20 digits. */
const shownBigint = 10n ** 20n;

export function show(value: unknown): string {
  switch (typeof value) {
    case "string":
      return showText(value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return value > -shownBigint && value < shownBigint ? `${value}n` : "a bigint of more than 20 digits";
    case "boolean":
    case "undefined":
      return String(value);
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    case "object":
      return showObject(value);
  }
}

function showText(text: string): string {
  const shown = visible(JSON.stringify(text.slice(0, longest)));
  if (text.length <= longest && shown.length <= longest) return shown;
  let kept = text.slice(0, longest - 3);
  while (visible(JSON.stringify(kept)).length > longest - 1)
    kept = kept.slice(0, Math.floor(kept.length * 0.9));
  return `${visible(JSON.stringify(kept))}…`;
}

function showObject(value: object | null): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty array" : `an array of ${value.length}`;
  if (isMap(value)) return "a Map";
  if (isSet(value)) return "a Set";
  if (isError(value, "Error")) return "an Error";
  const name = builtinNames.find((builtin) => isBuiltin(value, builtin));
  if (name === undefined) return "an object";
  return /^[AEI]/.test(name) ? `an ${name}` : `a ${name}`;
}
