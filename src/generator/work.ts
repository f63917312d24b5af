/**
 * Work: one contract on its way through the pipeline. Plain data: each stage takes it, and gives it back with what it has found out.
 */
import type { ResolvedContract } from "../config/resolved.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Contract } from "../model/contract.ts";
import type { FileReport, Inputs, OutputFile } from "../stages.ts";

export interface Work {
  readonly contract: ResolvedContract;
  readonly diagnostics: readonly Diagnostic[];
  readonly inputs: Inputs;
  /** `null` when there is nothing to write: all is known, or something is wrong. */
  readonly files: readonly OutputFile[] | null;
  readonly reports: readonly FileReport[];
  readonly digest: string | null;
  readonly leaves: number;
  /** True when the manifest knew the outcome and no type was read. */
  readonly recalled: boolean;
  /** When reading began, in milliseconds of the epoch: an input that is newer may not be what was read. */
  readonly startedAt: number;
  /** Why what was done could not be remembered; `null` when it was, and when there was nothing to remember. */
  readonly cacheProblem: string | null;
}

/** Work whose definition has been read. */
export interface ReadWork extends Work {
  readonly tree: Contract;
  /** Whether the project's tsconfig allows imports that end in `.ts`. */
  readonly importExtension: ".ts" | ".js";
}

/** False for work without a tree: its definition is missing or does not parse. */
export function wasRead(work: Work): work is ReadWork {
  return "tree" in work;
}
