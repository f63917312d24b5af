/**
 * What is said of an example, and what of the contract holds for one.
 */
import type { Contract } from "../model/contract.ts";

/** What is wrong with an example, at a place in its code. Lines and columns count from 1. */
export interface ExampleProblem {
  readonly message: string;
  readonly help: string;
  /** `null` when it is about the whole example. */
  readonly line: number | null;
  readonly column: number | null;
}

/** An example shows calls; what a whole script has to give is not asked of it. */
export function withoutResults(contract: Contract): Contract {
  const { scripts, ...others } = contract;
  if (scripts === undefined) return contract;
  return { ...others, scripts: scripts.map((script) => ({ ...script, result: null })) };
}
