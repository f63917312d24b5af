/**
 * Structured clone carries data. A function, a symbol, a promise inside data or a host object has no clone.
 */
import type { Rule } from "../rule.ts";
import { reportUnsupported } from "../unsupported.ts";

export const typeNotClonable: Rule = (contract) => reportUnsupported(contract, "type-not-clonable");
