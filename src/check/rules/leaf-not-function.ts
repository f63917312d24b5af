/**
 * A leaf is a function; a value belongs into the result of one.
 */
import { reportInvalid } from "../invalid.ts";
import type { Rule } from "../rule.ts";

export const leafNotFunction: Rule = (contract) => reportInvalid(contract, "leaf-not-function");
