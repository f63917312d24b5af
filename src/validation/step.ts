/**
 * Writes one step of a path into a value, as a script would write it: `.rows`, `["my key"]`. Keys come from guests: they are
 * shortened, and no character in them can pass for another.
 */
import { isIdentifier, visible } from "../model/names.ts";

const longest = 40;

export function propertyStep(key: string): string {
  return isIdentifier(key) && key.length <= longest && visible(key) === key
    ? `.${key}`
    : `[${shownKey(key)}]`;
}

/** A string or number in quotes where it needs them. */
export function shownKey(key: string | number): string {
  if (typeof key === "number") return Object.is(key, -0) ? "-0" : String(key);
  const text = JSON.stringify(key.length > longest ? `${key.slice(0, longest)}…` : key);
  return visible(text);
}
