/**
 * A type that cannot be found says nothing; reading it as `any` would drop every check without a word.
 */
import type { Rule } from "../rule.ts";
import { reportUnsupported } from "../unsupported.ts";

export const typeUnresolved: Rule = (contract) => reportUnsupported(contract, "type-unresolved");
