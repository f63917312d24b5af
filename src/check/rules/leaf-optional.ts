/**
 * A leaf is there or it is not: a script cannot be promised a function that may be missing.
 */
import { reportInvalid } from "../invalid.ts";
import type { Rule } from "../rule.ts";

export const leafOptional: Rule = (contract) => reportInvalid(contract, "leaf-optional");
