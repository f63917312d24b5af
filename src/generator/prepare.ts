/**
 * Prepares a contract: everything it needs before its files are written. What a killed run left is cleared away; then either the manifest
 * knows that nothing has changed, or the files are built. The compiler, and all else that building needs, is loaded only in the second case.
 */
import { resolve } from "node:path";
import type { ResolvedConfig, ResolvedContract } from "../config/resolved.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { removeDrafts } from "../files/draft.ts";
import { recallOutcome } from "./manifest/recall.ts";
import type { Stopwatch } from "./phases.ts";
import { relativePath } from "../files/relative-path.ts";
import type { FileReport, Inputs, OutputFile } from "../stages.ts";
import { findObsolete } from "../write/obsolete.ts";

/** One contract on its way. `files` is `null` when there is nothing to write: all is known, or something is wrong. */
export interface Work {
  readonly contract: ResolvedContract;
  readonly diagnostics: readonly Diagnostic[];
  readonly inputs: Inputs;
  readonly files: readonly OutputFile[] | null;
  readonly reports: readonly FileReport[];
  readonly digest: string | null;
  readonly leaves: number;
  readonly recalled: boolean;
  /** When reading began: an input that is newer may not be what was read. */
  readonly startedAt: number;
  /** Why what was done could not be remembered; `null` when it was, and when there was nothing to remember. */
  readonly cacheProblem: string | null;
}

export async function prepare(
  contract: ResolvedContract,
  config: ResolvedConfig,
  { check, force }: { readonly check: boolean; readonly force: boolean },
  watch: Stopwatch,
): Promise<Work> {
  if (!check) removeDrafts(contract.outDir);
  const known = force ? null : await watch.time("recall", contract.name, () => recall(contract, config));
  if (known !== null) return known;
  const { build } = await import("./build.ts");
  return build(contract, config, watch);
}

function recall(contract: ResolvedContract, config: ResolvedConfig): Work | null {
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
