/**
 * Writes what was prepared, or compares it with what is there, and remembers a run that went well. The last stage of a run
 * in which something has changed.
 */
import { join } from "node:path";
import type { ResolvedConfig } from "../config/resolved.ts";
import { hasErrors } from "../diagnostics/diagnostic.ts";
import { rememberConfig, rememberOutcome } from "./manifest/remember.ts";
import type { Stopwatch } from "./phases.ts";
import type { Work } from "./prepare.ts";
import { relativePath } from "../files/relative-path.ts";
import { reportObsolete, reportStale } from "./stale.ts";
import { write } from "../write/write.ts";

export interface FinishOptions {
  readonly check: boolean;
  readonly force: boolean;
  /** All contracts of the config are at work, so that the config may be remembered. */
  readonly isWhole: boolean;
  /** When the config was opened. */
  readonly startedAt: number;
}

export async function finish(
  works: readonly Work[],
  config: ResolvedConfig,
  options: FinishOptions,
  watch: Stopwatch,
): Promise<readonly Work[]> {
  const finished: Work[] = [];
  for (const work of works) finished.push(await finishOne(work, config, options, watch));
  const isGood = finished.every(({ diagnostics }) => !hasErrors(diagnostics));
  const problem = isGood && options.isWhole ? rememberConfig(config, options.startedAt) : null;
  return finished.map((work) => ({ ...work, cacheProblem: work.cacheProblem ?? problem }));
}

async function finishOne(
  work: Work,
  config: ResolvedConfig,
  { check, force }: FinishOptions,
  watch: Stopwatch,
): Promise<Work> {
  const { contract, files } = work;
  if (files === null) return work;
  const { outDir, format } = contract;
  const written = await watch.time("write", contract.name, () =>
    write(files, { outDir, root: config.root, mode: check ? "compare" : "write", force, format }),
  );
  const stale = check
    ? [
        ...reportStale(written.before, written.files, command(config)),
        ...reportObsolete(written.obsolete, command(config)),
      ]
    : [];
  const found = [...written.diagnostics, ...stale];
  let cacheProblem: string | null = null;
  if (!hasErrors(found)) {
    const { leaves, diagnostics, inputs, startedAt } = work;
    const outputs = new Map(
      written.after.map(({ file, text }) => [join(outDir, file.name), text ?? ""] as const),
    );
    const outcome = { digest: work.digest ?? "", leaves, warnings: diagnostics };
    cacheProblem = rememberOutcome(outcome, { inputs, outputs, startedAt }, contract, config);
  }
  return { ...work, diagnostics: [...work.diagnostics, ...found], reports: written.files, cacheProblem };
}

/** What brings the output up to date, as one would type it. */
function command({ file, root }: ResolvedConfig): string {
  const name = file === null ? "" : relativePath(root, file);
  return name === "" || /^bindings\.config\.m?[jt]s$/.test(name)
    ? "isobind generate"
    : `isobind generate --config ${name}`;
}
