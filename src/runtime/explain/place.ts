/**
 * The place of an error in its author's text: of its first frame, or where it has none, of the export that it names.
 */
import { resolveSpecifier } from "../../model/specifier.ts";
import type { RunError } from "../result.ts";

export interface Place {
  readonly file: string;
  /** Lines and columns count from 1. */
  readonly line: number;
  readonly column: number;
  /** The text that `file` has. */
  readonly source: string;
}

/** Texts by the names that stacks have. The script goes by `filename`; without one, by whatever name stands first. */
export interface Sources {
  readonly filename?: string | undefined;
  readonly source: string;
  readonly modules?: Readonly<Record<string, string>> | undefined;
}

export function framesOf({ stack }: RunError): readonly string[] {
  return stack.split("\n").filter((line) => /^\s*at\s/.test(line));
}

/** `null` when the text of the error's file is not known. */
export function placeOf(error: RunError, sources: Sources): Place | null {
  const first = firstFrame(error);
  if (first === undefined) return exportPlace(error, sources);
  const match = /^at (.*):(\d+):(\d+)\)?$/.exec(first.trim());
  if (match === null) return null;
  const [, before = "", line, column] = match;
  const known = textOf(before, sources);
  return known && { ...known, line: Number(line), column: Number(column) };
}

/** The first that is of a file: what the engine itself has, `at JSON.parse (<anonymous>)`, was called from there. */
export function firstFrame(error: RunError): string | undefined {
  const frames = framesOf(error);
  return frames.find((frame) => !/\((?:<anonymous>|native)\)$/.test(frame)) ?? frames[0];
}

/** `before` is what a frame has before its line: `total (report.ts`, or the file alone. */
function textOf(
  before: string,
  { filename, source, modules = {} }: Sources,
): Pick<Place, "file" | "source"> | null {
  if (filename === undefined) return { file: before.replace(/^.* \(/, ""), source };
  const files = Object.entries(modules).map(
    ([name, text]) => [resolveSpecifier(name, filename), text] as const,
  );
  const texts = [...files, [filename, source] as const];
  const found = texts.find(([file]) => before === file || before.endsWith(` (${file}`));
  return found ? { file: found[0], source: found[1] } : null;
}

/** `export default, at .rows: …` is about the export, which no frame points at. */
function exportPlace({ code, message }: RunError, { filename = "script.js", source }: Sources): Place | null {
  const name = code === "ERR_SCRIPT_RESULT" ? "default" : exportIn(code, message);
  if (name === undefined) return null;
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  for (const [at, text] of lines.entries()) {
    const found = columnOf(text, name);
    if (found !== null) return { file: filename, line: at + 1, column: found + 1, source };
  }
  return null;
}

/** What is said of an export when it leaves the sandbox begins with its name: `export rows, at .b: …` → `rows`. */
const ofExports: ReadonlySet<string | undefined> = new Set([
  "ERR_BINDING_NOT_CLONABLE",
  "ERR_SANDBOX_PAYLOAD_TOO_LARGE",
]);

function exportIn(code: string | undefined, message: string): string | undefined {
  return ofExports.has(code) ? /^export ([\p{ID_Continue}$]+)/u.exec(message)?.[1] : undefined;
}

/** Only a statement that begins its line: anywhere else it may stand in a text or a comment. */
function columnOf(line: string, name: string): number | null {
  if (name === "default") return /^\s*export default\b/.test(line) ? line.indexOf("export") : null;
  const declared =
    /^\s*export\s+(?:const|let|var|class|(?:async\s+)?function\s*\*?)\s+([\p{ID_Continue}$]+)/du.exec(line);
  return declared?.[1] === name ? (declared.indices?.[1]?.[0] ?? null) : null;
}

/** Letters of the name at a place, or of the text that a module is named by, so that carets underline it whole. */
export function wordLength({ source, line, column }: Place): number {
  const text = lineOf(source, line);
  return /^(?:#?[\p{ID_Continue}$]+|"[^"]*"|'[^']*')/u.exec(text.slice(column - 1))?.[0].length ?? 1;
}

export function lineOf(source: string, line: number): string {
  return source.split(/\r\n|[\n\r\u2028\u2029]/)[line - 1] ?? "";
}

/** Where a line and a column are in their text. */
export function offsetOf(source: string, line: number, column: number): number {
  const lines = source.split(/(?<=\r\n|[\n\u2028\u2029]|\r(?!\n))/, line);
  return lines.slice(0, line - 1).join("").length + column - 1;
}
