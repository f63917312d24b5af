/**
 * Recalls a contract whose inputs and output are what they were when it was generated: there is nothing to do then, and no compiler to load.
 */
import { resolve } from "node:path";
import type { ResolvedConfig, ResolvedContract } from "../config/resolved.ts";
import { relativePath } from "../files/relative-path.ts";
import { findObsolete } from "../write/obsolete.ts";
import { recallOutcome } from "./manifest/recall.ts";
import type { Work } from "./work.ts";

/** `null` when something has changed, or nothing was remembered. */
export function recall(contract: ResolvedContract, config: ResolvedConfig): Work | null {
  const outcome = recallOutcome(contract, config);
  if (outcome === null) return null;
  // A branch may have brought back the files of a profile that is no more.
  const names = outcome.outputs.map((path) => relativePath(contract.outDir, resolve(config.root, path)));
  if (findObsolete(contract.outDir, names).length > 0) return null;
  return {
    contract,
    diagnostics: outcome.warnings,
    inputs: outcome.inputs,
    files: null,
    reports: outcome.outputs.map((path) => ({ path, status: "unchanged" })),
    digest: outcome.digest,
    leaves: outcome.leaves,
    recalled: true,
    startedAt: 0,
    cacheProblem: null,
  };
}
