/**
 * The whole tree must be known before the program runs: no index signatures, computed keys, self-references or spreads of unknowns.
 */
import { reportInvalid } from "../invalid.ts";
import type { Rule } from "../rule.ts";

export const treeNotStatic: Rule = (contract) => reportInvalid(contract, "tree-not-static");
