/** Notices that a script changes what it was given: the engine names only the property. */
import { frozen } from "../../model/way-out.ts";
import type { RunError } from "../result.ts";
import { lineOf, type Place } from "./place.ts";

const refusals =
  /^Cannot (?:assign to read only property|add property|delete property|define property|redefine property) /;

/** Only where the line itself speaks of `input`, and the script has no name of its own that is written so. */
export function changedInput({ name, message }: RunError, { source, line }: Place): string | null {
  if (name !== "TypeError" || !refusals.test(message)) return null;
  if (/\b(?:const|let|var|function|class)\s+input\b/.test(source)) return null;
  return /(?<![\w$.])input\b/.test(lineOf(source, line)) ? frozen("input") : null;
}
