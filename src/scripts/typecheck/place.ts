/**
 * Turns a range of a script into the place of a diagnostic: lines and columns from 1.
 */
import type { Source } from "../../model/contract.ts";
import type { CheckedScript } from "./frontend/service.ts";

export function placeOf(checked: CheckedScript, start: number, end: number): Source {
  const from = checked.source.getLineAndCharacterOfPosition(start);
  const to = checked.source.getLineAndCharacterOfPosition(Math.max(start, end));
  return {
    file: checked.script.file,
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}
