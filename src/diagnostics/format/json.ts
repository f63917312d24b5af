/**
 * Prints findings for programs: one object with exactly the documented keys, whatever else a diagnostic may carry later.
 */
import type { Diagnostic } from "../diagnostic.ts";

export interface JsonReport {
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly {
    readonly path: string;
    readonly status: "written" | "unchanged" | "stale" | "missing" | "removed";
  }[];
}

/**
 * The version of what commands print as JSON, their key `version`: `schemas/report.json` and `schemas/diff.json` describe it. A key may be
 * added within a version; removing or changing one makes a new version.
 */
export const jsonVersion = 1;

/** The report as JSON text that ends in a newline. `endLine` and `endColumn` are exclusive, as in the Diagnostic. `version`: for text that leaves a command. */
export function formatJson({ ok, diagnostics, files }: JsonReport, version?: typeof jsonVersion): string {
  const report = {
    ...(version === undefined ? {} : { version }),
    ok,
    diagnostics: diagnostics.map((one) => ({
      code: one.code,
      severity: one.severity,
      message: one.message,
      file: one.file,
      line: one.line,
      column: one.column,
      endLine: one.endLine,
      endColumn: one.endColumn,
      path: one.path,
      help: one.help,
    })),
    files: files.map(({ path, status }) => ({ path, status })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
