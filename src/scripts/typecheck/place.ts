/**
 * Turns a range of a script into the place of a diagnostic: lines and columns from 1.
 */
import type { Source } from "../../model/contract.ts";
import type { CheckedScript, ts } from "./frontend/service.ts";

export function placeOf(checked: CheckedScript, start: number, end: number): Source {
  const from = placeIn(checked, start);
  const to = placeIn(checked, Math.max(start, end));
  return {
    file: checked.script.file,
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}

/** Where a position of the checked text is in the script, which lacks what was put in on one line. */
function placeIn({ source, inserted }: CheckedScript, position: number): ts.LineAndCharacter {
  const place = source.getLineAndCharacterOfPosition(position);
  if (inserted === null || position <= inserted.at) return place;
  const from = source.getLineAndCharacterOfPosition(inserted.at);
  if (place.line !== from.line) return place;
  return { line: place.line, character: Math.max(from.character, place.character - inserted.length) };
}
