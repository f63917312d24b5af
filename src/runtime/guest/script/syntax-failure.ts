/**
 * Declares a `SyntaxFailure`: a script that cannot be run, as the error its author sees. Always located in the author's
 * file.
 */
import type { GuestError } from "../../seam.ts";

export class SyntaxFailure extends Error {
  override readonly name = "SyntaxFailure";
  readonly guestError: GuestError;
  /** How far into the source the parser came; tells which of two failures says more. */
  readonly line: number;
  readonly column: number;
  /** A parser ran out of stack: no other parser should be tried. */
  readonly isTooDeep: boolean;

  constructor(filename: string, line: number, column: number, message: string, isTooDeep = false) {
    super(message);
    this.line = line;
    this.column = column;
    this.isTooDeep = isTooDeep;
    this.guestError = errorAt(`${filename}:${line}:${column}`, message);
  }
}

/** The error of a script whose text is at fault, at `script.js:1:1`. */
export function errorAt(place: string, message: string, name = "SyntaxError"): GuestError {
  return { name, message: `${place}: ${message}`, stack: `${name}: ${message}\n    at ${place}` };
}

/** Parsers recurse; V8's own stack is the only limit that holds for every kind of nesting. */
export function tooDeep(filename: string): SyntaxFailure {
  return new SyntaxFailure(filename, 1, 1, "The script is nested too deeply to be parsed.", true);
}
