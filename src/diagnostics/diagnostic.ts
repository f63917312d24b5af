/**
 * Declares a diagnostic: one finding about the user's definition, config, output or script. Plain data: it is collected,
 * sorted and printed; it is never thrown.
 */
import type { Source } from "../model/contract.ts";
import type { Code } from "./catalogue.ts";

export interface Diagnostic {
  readonly code: Code;
  readonly severity: "error" | "warning";
  /** What happened and why: full sentences. */
  readonly message: string;
  /** Relative to the config, with `/`; `null` when the finding is about no file. */
  readonly file: string | null;
  /** From 1; `null` when the finding is about a whole file. */
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  /** The binding the finding is about, `["db", "query"]`; empty when it is about none. */
  readonly path: readonly string[];
  /** What to do: full sentences. */
  readonly help: string;
}

export type Place = Source | { readonly file: string } | null;

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
