/**
 * Finds leaves outside the script's profile. The compiler refuses their use in a roundabout way, wherever the script first does
 * something with one; here it is one finding where the leaf is taken, in the sentence that a running script would get.
 */
import type { Diagnostic } from "../../../diagnostics/diagnostic.ts";
import { report } from "../../../diagnostics/report.ts";
import { type ExcludedBinding, excludedBindings, excludedUses, profileOf } from "../frontend/excluded.ts";
import { type CheckedScript, declarationFile, ts } from "../frontend/service.ts";
import { placeOf } from "../place.ts";

export function findExcluded(checked: CheckedScript): Diagnostic[] {
  return excludedUses(checked).map((use) =>
    finding(checked, use, use.node.getStart(checked.source), use.node.end),
  );
}

/**
 * What remains of the compiler's findings. One that is about an excluded leaf is said already, or becomes the same
 * finding where no taking of the leaf was seen: `Object.values(db)[0]()`.
 */
export function splitExcluded(
  checked: CheckedScript,
  findings: readonly ts.Diagnostic[],
  said: readonly Diagnostic[],
): { readonly others: readonly ts.Diagnostic[]; readonly excluded: readonly Diagnostic[] } {
  const leaves = [...excludedBindings(checked.program).values()];
  const others: ts.Diagnostic[] = [];
  const excluded: Diagnostic[] = [];
  for (const one of findings) {
    const text = leaves.length === 0 ? "" : ts.flattenDiagnosticMessageText(one.messageText, "\n");
    const leaf = leaves.find(({ explanation }) => text.includes(beginning(explanation)));
    if (leaf === undefined) others.push(one);
    else if (!said.some(({ message }) => message === leaf.explanation)) {
      const start = one.start ?? 0;
      excluded.push(finding(checked, leaf, start, start + (one.length ?? 0)));
    }
  }
  return { others, excluded };
}

/** Enough of a sentence to know it by: the compiler cuts long types. */
function beginning(explanation: string): string {
  return explanation.split(";")[0] ?? explanation;
}

function finding(
  checked: CheckedScript,
  { path, explanation }: ExcludedBinding,
  start: number,
  end: number,
): Diagnostic {
  const declaration = checked.program.getSourceFile(declarationFile);
  const profile = (declaration && profileOf(declaration)) ?? "";
  return report("script-binding-profile", { explanation, profile }, placeOf(checked, start, end), path);
}
