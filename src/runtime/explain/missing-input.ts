/** Notices that a script reads a member of `input` in a run that was given none: the engine names only the member. */
import type { RunError } from "../result.ts";
import { lineOf, type Place } from "./place.ts";

const help =
  "`input` is undefined, because this run was given none: `isobind run script.ts --input '{ … }'`, or `run(source, { input })` of the host.";

export function missingInput({ name, message }: RunError, { source, line, column }: Place): string | null {
  if (name !== "TypeError" || /\b(?:const|let|var|function|class)\s+input\b/.test(source)) return null;
  const before = lineOf(source, line).slice(0, column - 1);
  const isMember =
    /^Cannot read properties of undefined /.test(message) && /(?<![\w$.])input(?:\.|\[)?\s*$/.test(before);
  const isTaken = /^Cannot destructure property .* of 'input' as it is undefined/.test(message);
  return isMember || isTaken ? help : null;
}
