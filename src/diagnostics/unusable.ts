/**
 * Says of findings whether they leave nothing to look at: what was to be read is not there, or cannot be used. For a pipeline that is
 * another failure than a definition that breaks a rule.
 */
import type { Code } from "./catalogue.ts";
import type { Diagnostic } from "./diagnostic.ts";

const unusable: readonly Code[] = [
  "config-invalid",
  "definition-missing",
  "against-unreadable",
  "script-missing",
];

export function leaveNothing(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ code }) => unusable.includes(code));
}
