/**
 * Prints the result of `diff` for programs: the keys that every report has, and what only a comparison has.
 */
import { formatJson, jsonVersion } from "../../diagnostics/format/json.ts";
import type { DiffResult } from "../diff-project.ts";

/** The result as JSON text that ends in a newline. */
export function formatDiffJson(result: DiffResult): string {
  const { ok, diagnostics, against, mergeBase, verdict, contracts } = result;
  const report = JSON.parse(formatJson({ ok, diagnostics, files: [] }, jsonVersion)) as object;
  const data = {
    ...report,
    against,
    mergeBase,
    verdict,
    contracts: contracts.map(({ name, verdict: own, changes, impact }) => ({
      name,
      verdict: own,
      changes,
      impact: impact && {
        scripts: impact.scripts,
        broken: impact.broken.map(({ file, breaks }) => ({
          file,
          breaks: breaks.map(({ finding: { code, message, line, column }, cause }) => ({
            code,
            message,
            line,
            column,
            cause: cause && {
              kind: cause.kind,
              path: cause.path,
              where: cause.where,
              message: cause.message,
            },
          })),
        })),
        brokenBefore: impact.brokenBefore.map(({ file }) => file),
      },
    })),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}
