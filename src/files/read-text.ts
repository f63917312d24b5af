/**
 * Gives the text of a file for whoever can do without it; `null` when there is none, or it cannot be read.
 */
import { readFileSync } from "node:fs";

export function readText(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
