/**
 * Recalls a config whose files are what they were when it was loaded, and a contract whose inputs and output are what they were when it was generated:
 * there is nothing to do then, no config to evaluate and no compiler to load.
 */
import { dirname, resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { findConfigs } from "../config/load/find.ts";
import type { Loaded } from "../config/load/load.ts";
import type { ResolvedConfig, ResolvedContract } from "../config/resolved.ts";
import { relativePath } from "../files/relative-path.ts";
import { findObsolete } from "../write/obsolete.ts";
import { recallConfig, recallOutcome } from "./manifest/recall.ts";
import type { Work } from "./work.ts";

/** What loading a config gave; `null` when something has changed, or nothing was remembered. A config that is given as an object has no file to look at. */
export function recallLoaded(config: Config | string | undefined, cwd: string): Loaded | null {
  if (typeof config === "object") return null;
  const found = findConfigs(resolve(cwd), config);
  const file = found[0];
  if (file === undefined || found.length > 1) return null;
  const root = dirname(file);
  const known = recallConfig(file, root);
  return known === null
    ? null
    : { config: known, diagnostics: [], root, inputs: { files: known.inputs, missing: [] } };
}

/** What a contract gave; `null` when something has changed, or nothing was remembered. */
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
