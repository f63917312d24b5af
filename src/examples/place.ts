/**
 * Finds where in the author's file a place in an example is: a comment is read without its marks, so lines and columns are other ones there.
 */
import { placeOr, type Source } from "../model/contract.ts";
import type { Example } from "../model/examples.ts";
import type { ExampleProblem } from "./problem.ts";

/** The text of a file, by its name in a `Source`. */
export type SourceText = (file: string) => string | null;

/** The place of the problem; where it cannot be told, the tag. */
export function placeIn(
  { leaf, code, source }: Example,
  { line, column }: Pick<ExampleProblem, "line" | "column">,
  textOf: SourceText,
): Source {
  const tag = placeOr(source, leaf.source);
  if (source === undefined || line === null || column === null || line < 1) return tag;
  const text = textOf(source.file);
  if (text === null) return tag;
  const lines = text.split(/\r\n|\r|\n/u);
  const codeLines = code.split("\n");
  const wanted = codeLines[line - 1] ?? "";
  const start = lines.findIndex(
    (_, at) =>
      at >= source.line - 1 && codeLines.every((one, offset) => lines[at + offset]?.includes(one.trim())),
  );
  const at = start + line - 1;
  const from = lines[at]?.indexOf(wanted.trim()) ?? -1;
  if (start < 0 || from < 0) return tag;
  const indent = wanted.length - wanted.trimStart().length;
  const found = from + Math.max(0, column - 1 - indent) + 1;
  return { file: source.file, line: at + 1, column: found, endLine: at + 1, endColumn: found };
}
