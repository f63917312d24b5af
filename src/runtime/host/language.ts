/**
 * Tells which language a file is, by its name.
 */
import type { GuestScript } from "../seam.ts";

export const languages: readonly unknown[] = ["javascript", "typescript", "auto", undefined];

export function languageOf(filename: string): GuestScript["language"] {
  if (/\.[mc]?ts$/iu.test(filename)) return "typescript";
  return /\.[mc]?js$/iu.test(filename) ? "javascript" : "auto";
}
