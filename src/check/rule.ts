/**
 * Declares what a rule is: a pure function from a contract to findings of one code.
 */
import type { Contract } from "../model/contract.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";

export type Rule = (contract: Contract, limits: Limits) => Diagnostic[];

/** The limits a config may tighten. */
export interface Limits {
  readonly maxDepth: number;
  readonly maxLeaves: number;
}
