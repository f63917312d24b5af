/**
 * Turns findings about a script into what editors underline: Monaco counts lines and columns, CodeMirror counts letters.
 */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

/** As `monaco.editor.setModelMarkers` takes it. */
export interface MonacoMarker {
  /** `8` for an error, `4` for a warning. */
  readonly severity: 8 | 4;
  readonly message: string;
  readonly code: string;
  readonly source: "isobind";
  readonly startLineNumber: number;
  readonly startColumn: number;
  readonly endLineNumber: number;
  readonly endColumn: number;
}

/** As a linter of CodeMirror 6 returns it. */
export interface CodeMirrorDiagnostic {
  /** Letters of UTF-16 from the beginning of the text. */
  readonly from: number;
  readonly to: number;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly source: "isobind";
}

/**
 * Findings of one script for Monaco. A finding about a whole file stands in its first line.
 *
 * @example
 * monaco.editor.setModelMarkers(model, "isobind", monacoMarkers(diagnostics));
 */
export function monacoMarkers(diagnostics: readonly Diagnostic[]): MonacoMarker[] {
  return diagnostics.map((found) => {
    const { line, column, endLine, endColumn } = placeOf(found);
    return {
      severity: found.severity === "error" ? 8 : 4,
      message: wordsOf(found),
      code: found.code,
      source: "isobind",
      startLineNumber: line,
      startColumn: column,
      endLineNumber: endLine,
      endColumn,
    };
  });
}

/**
 * Findings of one script for CodeMirror. `text` is the script as it was checked; what lies behind its end stands at its end.
 *
 * @example
 * linter(async (view) => codeMirrorDiagnostics(await check(view.state.doc.toString()), view.state.doc.toString()));
 */
export function codeMirrorDiagnostics(
  diagnostics: readonly Diagnostic[],
  text: string,
): CodeMirrorDiagnostic[] {
  // A compiler has more ends of lines than an editor, and a byte order mark is no letter of a line.
  const ends = [...text.matchAll(/\r\n?|[\n\u2028\u2029]/gu)];
  const starts = [text.startsWith("\uFEFF") ? 1 : 0, ...ends.map((end) => end.index + end[0].length)];
  const offset = (line: number, column: number): number =>
    Math.min(text.length, (starts[line - 1] ?? text.length) + column - 1);
  return diagnostics.map((found) => {
    const { line, column, endLine, endColumn } = placeOf(found);
    const from = offset(line, column);
    return {
      from,
      to: Math.max(from, offset(endLine, endColumn)),
      severity: found.severity,
      message: wordsOf(found),
      source: "isobind",
    };
  });
}

function placeOf(found: Diagnostic): { line: number; column: number; endLine: number; endColumn: number } {
  const line = found.line ?? 1;
  const column = found.column ?? 1;
  return { line, column, endLine: found.endLine ?? line, endColumn: found.endColumn ?? column };
}

function wordsOf({ message, help }: Diagnostic): string {
  return help === "" ? message : `${message}\n${help}`;
}
