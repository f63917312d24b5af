/**
 * Declares a mismatch: the place where a value and a type part, as data. Holds no wording: `explain.ts` has that.
 */
import type { Core } from "./core.ts";
import type { Type } from "./types.ts";

export interface Mismatch {
  /** From the outermost value inwards, as a script would write it: `[".rows", "[0]"]`. */
  readonly path: readonly string[];
  readonly wanted: Wanted;
  /** What was there; `missing` when nothing was. */
  readonly value: unknown;
  readonly missing: boolean;
}

export type Wanted =
  | { readonly kind: "type"; readonly type: Type }
  | { readonly kind: "core"; readonly core: Core }
  | { readonly kind: "length"; readonly least: number; readonly most: number }
  | { readonly kind: "no-property" }
  | { readonly kind: "less-depth" }
  | { readonly kind: "less-work" };

export function mismatch(wanted: Wanted, value: unknown): Mismatch {
  return { path: [], wanted, value, missing: false };
}

export function missing(step: string, type: Type): Mismatch {
  return { path: [step], wanted: { kind: "type", type }, value: undefined, missing: true };
}

export function inside(step: string, found: Mismatch): Mismatch {
  return { ...found, path: [step, ...found.path] };
}
