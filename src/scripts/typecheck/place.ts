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
  const place = placeOfLetter(source, position);
  if (inserted === null || position <= inserted.at) return place;
  const from = placeOfLetter(source, inserted.at);
  if (place.line !== from.line) return place;
  return { line: place.line, character: Math.max(from.character, place.character - inserted.length) };
}

/** A byte order mark is no letter of the first line, as editors count. */
function placeOfLetter(source: ts.SourceFile, position: number): ts.LineAndCharacter {
  const { line, character } = source.getLineAndCharacterOfPosition(position);
  const isMarked = line === 0 && source.text.startsWith("\uFEFF");
  return { line, character: isMarked ? Math.max(0, character - 1) : character };
}
