/**
 * Decides `Uppercase<string>` and its kin at run time, as TypeScript does: a text is one of them when the casings, applied
 * to it from the inside out, leave it as it is.
 */
import type { Casing } from "../model/shape.ts";
import type { Slot } from "./template.ts";

/** The innermost casing first: `Uppercase<Lowercase<string>>` is `isCased(value, "Lowercase", "Uppercase")`. */
export function isCased(value: unknown, ...casings: readonly Casing[]): value is string {
  return typeof value === "string" && casings.reduce(applyCasing, value) === value;
}

/** What a slot of a template literal type takes. */
export function cased(base: Slot, ...casings: readonly Casing[]): Slot {
  return (text) => isCased(text, ...casings) && base(text);
}

/** By UTF-16 code unit and independent of the locale, as the compiler does it. */
export function applyCasing(text: string, casing: Casing): string {
  switch (casing) {
    case "Uppercase":
      return text.toUpperCase();
    case "Lowercase":
      return text.toLowerCase();
    case "Capitalize":
      return text.charAt(0).toUpperCase() + text.slice(1);
    case "Uncapitalize":
      return text.charAt(0).toLowerCase() + text.slice(1);
  }
}
