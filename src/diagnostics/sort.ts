/**
 * Sorts findings as they are shown: by place, then by code, so that two runs on any machine print the same. A finding that
 * two rules or two walks made is shown once.
 */
import { byText } from "../model/by-text.ts";
import type { Diagnostic } from "./diagnostic.ts";

/** Sorted by file, line, column and code, without duplicates. Findings about no file come first. */
export function sortDiagnostics(diagnostics: Iterable<Diagnostic>): Diagnostic[] {
  const unique = new Map<string, Diagnostic>();
  for (const one of diagnostics) {
    const key = JSON.stringify([one.code, one.file, one.line, one.column, one.message]);
    if (!unique.has(key)) unique.set(key, one);
  }
  return [...unique.values()].sort(
    (a, b) =>
      byText(a.file ?? "", b.file ?? "") ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      byText(a.code, b.code) ||
      byText(a.message, b.message),
  );
}
