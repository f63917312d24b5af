/** Findings as esbuild prints its own: with the line, and without a stack of the plugin that reports them. */
import { join, relative } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { readText } from "../files/read-text.ts";
import type { GenerateResult } from "../generator/generate.ts";

export interface EsbuildMessage {
  readonly text: string;
  readonly location: {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly length: number;
    readonly lineText: string;
  } | null;
  readonly notes: { text: string }[];
}

export function esbuildMessages(
  { diagnostics, root }: GenerateResult,
  cwd: string,
): {
  errors: EsbuildMessage[];
  warnings: EsbuildMessage[];
} {
  const of = (severity: Diagnostic["severity"]): EsbuildMessage[] =>
    diagnostics.filter((one) => one.severity === severity).map((one) => message(one, root, cwd));
  return { errors: of("error"), warnings: of("warning") };
}

function message(one: Diagnostic, root: string, cwd: string): EsbuildMessage {
  const { code, help, file, line } = one;
  return {
    text: `${code}: ${one.message}`,
    location: file === null ? null : placeOf({ ...one, file, line: line ?? 1 }, root, cwd),
    notes: help === "" ? [] : [{ text: help }],
  };
}

/** esbuild counts lines from 1 and columns in bytes of UTF-8 from 0. */
function placeOf(
  { file, line, column, endLine, endColumn }: Diagnostic & { file: string; line: number },
  root: string,
  cwd: string,
): EsbuildMessage["location"] {
  const path = join(root, file);
  const lineText = column === null ? "" : lineOf(path, line);
  const from = (column ?? 1) - 1;
  const to = endLine === line && endColumn !== null ? endColumn - 1 : from;
  return {
    file: relative(cwd, path),
    line,
    column: Buffer.byteLength(lineText.slice(0, from)),
    length: Buffer.byteLength(lineText.slice(from, to)),
    lineText,
  };
}

function lineOf(path: string, line: number): string {
  const lines = readText(path)
    ?.replace(/^\uFEFF/, "")
    .split(/\r\n|[\n\r]/);
  return lines?.[line - 1] ?? "";
}
