/**
 * A declaration is read by people and by reviewers of diffs. One leaf that drags in thousands of lines of a vendor's
 * types makes it unreadable; reading stops at a budget, and this rule counts what one leaf needs.
 */
import type { Contract } from "../../model/contract.ts";
import { maxDeclarations } from "../../model/limits.ts";
import { dottedName } from "../../model/names.ts";
import { declarationsOf, walkLeaves } from "../../model/walk.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { report } from "../../diagnostics/report.ts";
import type { Rule } from "../rule.ts";
import { reportUnsupported } from "../unsupported.ts";

export const typeTooLarge: Rule = (contract) => [
  ...reportUnsupported(contract, "type-too-large"),
  ...(contract.declarations.length <= maxDeclarations ? [] : overBudget(contract)),
];

function overBudget(contract: Contract): Diagnostic[] {
  return [...walkLeaves(contract.root)].flatMap((leaf) => {
    const size = declarationsOf(leaf, contract).size;
    if (size <= maxDeclarations) return [];
    const data = {
      where: `the types of \`${dottedName(leaf.path)}\``,
      type: `${size} named types`,
      reason: `a leaf may need at most ${maxDeclarations}`,
      help: 'Take only the fields that scripts need, for example `Pick<Customer, "id" | "email">`.',
    };
    return [report("type-too-large", data, leaf.source, leaf.path)];
  });
}
