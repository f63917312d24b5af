/**
 * Writes what was emitted, or compares it with what is there, and remembers a run that went well. The last stage of a run
 * in which something has changed.
 */
import { join } from "node:path";
import type { ResolvedConfig } from "../config/resolved.ts";
import { hasErrors } from "../diagnostics/diagnostic.ts";
import { rememberConfig, rememberOutcome } from "./manifest/remember.ts";
import type { Stopwatch } from "./phases.ts";
import type { Work } from "./work.ts";
import { relativePath } from "../files/relative-path.ts";
import { reportObsolete, reportStale } from "./stale.ts";
import { write as writeFiles } from "../write/write.ts";

export interface WriteOptions {
  readonly check: boolean;
  readonly force: boolean;
  /** All contracts of the config are at work, so that the config may be remembered. */
  readonly isWhole: boolean;
  /** When the config was opened. */
  readonly startedAt: number;
}

export async function write(
  works: readonly Work[],
  config: ResolvedConfig,
  options: WriteOptions,
  time: Stopwatch["time"],
): Promise<readonly Work[]> {
  const written: Work[] = [];
  for (const work of works) written.push(await writeOne(work, config, options, time));
  const isGood = written.every(({ diagnostics }) => !hasErrors(diagnostics));
  const problem = isGood && options.isWhole ? rememberConfig(config, options.startedAt) : null;
  return written.map((work) => ({ ...work, cacheProblem: work.cacheProblem ?? problem }));
}

async function writeOne(
  work: Work,
  config: ResolvedConfig,
  { check, force }: WriteOptions,
  time: Stopwatch["time"],
): Promise<Work> {
  const { contract, files } = work;
  if (files === null) return work;
  const { outDir, format } = contract;
  const written = await time("write", contract.name, () =>
    writeFiles(files, { outDir, root: config.root, mode: check ? "compare" : "write", force, format }),
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
