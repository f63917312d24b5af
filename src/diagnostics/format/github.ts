/**
 * Prints findings as GitHub workflow commands, one a line, which the runner turns into annotations of a pull request.
 */
import { posix } from "node:path";
import type { Diagnostic } from "../diagnostic.ts";

export interface GithubOptions {
  /** The config's folder seen from the repository's root: annotations name files from there. */
  readonly base?: string;
}

/** One workflow command per finding, each line ended by a newline; empty when there are none. */
export function formatGithub(diagnostics: readonly Diagnostic[], options: GithubOptions = {}): string {
  return diagnostics.map((one) => `${command(one, options.base ?? "")}\n`).join("");
}

function command(one: Diagnostic, base: string): string {
  // Columns are ignored, or misplaced, by the runner when the range spans lines.
  const isOneLine = one.endLine === null || one.endLine === one.line;
  const properties: readonly (readonly [string, string | number | null])[] = [
    ["file", one.file === null ? null : posix.join(base, one.file)],
    ["line", one.line],
    ["endLine", one.endLine],
    ["col", isOneLine ? one.column : null],
    ["endColumn", isOneLine ? one.endColumn : null],
    ["title", `isobind ${one.code}`],
  ];
  const list = properties
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(",");
  const message = one.help === "" ? one.message : `${one.message}\n${one.help}`;
  return `::${one.severity} ${list}::${escapeData(message)}`;
}

/** Newlines would end the command and let the text of a definition start another one. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
