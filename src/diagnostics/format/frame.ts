/**
 * Prints the lines of a range with carets below them, aligned on a terminal whatever the line holds. It cuts
 * long lines to a window, expands tabs, counts wide characters as two cells, and shows control characters as escapes, so
 * that a source file cannot steer the terminal.
 *
 * ```
 *   4 |     then: (id: string) => id,
 *     |     ^^^^
 * ```
 */
import { visible } from "../../model/names.ts";

/** A range; lines and columns count from 1, the end is exclusive. `null` where none is known. */
export interface FramePlace {
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
}

export interface FrameOptions {
  /** Cells of code shown per line. */
  readonly width?: number;
  readonly paintGutter?: (text: string) => string;
  readonly paintCarets?: (text: string) => string;
}

/** The frame of a finding in its file's text, without a final newline; `null` when the place is not in the text. */
export function codeFrame(source: string, place: FramePlace, options: FrameOptions = {}): string | null {
  const lines = source.replace(/^\uFEFF/, "").split(/\r\n|[\n\r\u2028\u2029]/);
  const { line, column } = place;
  const first = line === null ? undefined : lines[line - 1];
  if (line === null || first === undefined) return null;
  const start = column ?? 1;
  const endLine = Math.min(place.endLine ?? line, lines.length);
  const endColumn = place.endColumn ?? start + 1;

  const last = lines[endLine - 1];
  const isLong = endLine > line && last !== undefined;
  const gutter = String(isLong ? endLine : line).length;
  const width = options.width ?? 100;
  const paintGutter = options.paintGutter ?? same;
  const paintCarets = options.paintCarets ?? same;
  const out: string[] = [];
  const show = (number: number, text: string, from: number, to: number): void => {
    const row = fit(cells(text, from, to), width);
    out.push(`  ${paintGutter(`${String(number).padStart(gutter)} |`)} ${row.code}`.trimEnd());
    out.push(`  ${paintGutter(`${" ".repeat(gutter)} |`)} ${row.indent}${paintCarets(row.carets)}`.trimEnd());
  };

  show(line, first, start, isLong ? first.length + 1 : endColumn);
  if (isLong) {
    if (endLine > line + 1) out.push(`  ${paintGutter(`${" ".repeat(gutter)} |`)} …`);
    show(endLine, last, last.length - last.trimStart().length + 1, endColumn);
  }
  return out.join("\n");
}

interface Row {
  readonly code: string;
  /** Cells before the first caret, and cells marked. */
  readonly from: number;
  readonly length: number;
}

const tabStop = 4;

/** Made when the first frame is: whoever loads this file may never need one. */
let segmenter: Intl.Segmenter | undefined;
function segments(text: string): Intl.Segments {
  return (segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" })).segment(text);
}

/** Columns (UTF-16 units from 1, end exclusive) -> cells of a terminal. */
function cells(text: string, startColumn: number, endColumn: number): Row {
  let code = "";
  let at = 0;
  let from: number | null = null;
  let to: number | null = null;
  for (const { segment, index } of segments(text)) {
    const next = index + segment.length;
    if (from === null && startColumn - 1 < next) from = at;
    if (to === null && endColumn - 1 <= index) to = at;
    const shown = segment === "\t" ? " ".repeat(tabStop - (at % tabStop)) : visible(segment);
    code += shown;
    at += shown === segment ? cellsOf(segment) : shown.length;
  }
  const start = from ?? at;
  return { code, from: start, length: Math.max(1, (to ?? at) - start) };
}

/** Characters that terminals draw in two cells: ideographs, kana, Hangul, full-width forms, emoji. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

function cellsOf(segment: string): number {
  if (/^[\p{M}\p{Cf}]+$/u.test(segment)) return 0;
  return wide.test(segment) ? 2 : 1;
}

/** Cuts a row to a window around its carets. */
function fit(row: Row, width: number): { code: string; indent: string; carets: string } {
  const whole = { ...row, carets: Math.min(row.length, width) };
  if (measure(row.code) <= width) return paint(row.code, whole.from, whole.length);
  const lead = Math.min(row.from, Math.floor(width / 4));
  const skip = row.from - lead;
  const cut = sliceCells(row.code, skip, width);
  const head = skip > 0 ? "…" : "";
  const tail = skip + width < measure(row.code) ? "…" : "";
  return paint(head + cut + tail, row.from - skip + head.length, Math.min(row.length, width - lead));
}

function paint(code: string, from: number, length: number): { code: string; indent: string; carets: string } {
  return { code, indent: " ".repeat(from), carets: "^".repeat(Math.max(1, length)) };
}

function measure(text: string): number {
  let sum = 0;
  for (const { segment } of segments(text)) sum += cellsOf(segment);
  return sum;
}

/** `length` cells from cell `start` on; a wide character cut in half becomes a space. */
function sliceCells(text: string, start: number, length: number): string {
  let at = 0;
  let out = "";
  for (const { segment } of segments(text)) {
    const size = cellsOf(segment);
    if (at >= start && at + size <= start + length) out += segment;
    else if (at + size > start && at < start + length) out += " ";
    at += size;
  }
  return out;
}

function same(text: string): string {
  return text;
}
