/**
 * finish: writes what was prepared, or compares it with what is there, and remembers a good end.
 */
import type { ResolvedConfig } from "../config/resolved.ts";
import { rememberOutcome } from "./manifest/manifest.ts";
import type { Stopwatch } from "./phases.ts";
import { hasErrors, type Work } from "./prepare.ts";
import { relativePath } from "./relative-path.ts";
import { reportStale } from "./stale.ts";
import { write } from "./write/write.ts";

export async function finish(
  work: Work,
  config: ResolvedConfig,
  options: { readonly check: boolean; readonly force: boolean },
  watch: Stopwatch,
): Promise<Work> {
  const { contract, files } = work;
  if (files === null) return work;
  const { outDir, format } = contract;
  const mode = options.check ? "compare" : "write";
  const written = await watch.time("write", contract.name, () =>
    write(files, { outDir, root: config.root, mode, force: options.force, format }),
  );
  const stale = options.check ? reportStale(written.before, written.files, command(config)) : [];
  const found = [...written.diagnostics, ...stale];
  if (!hasErrors(found)) {
    const { digest, leaves, diagnostics, inputs, startedAt } = work;
    const outputs = written.files.map(({ path }) => path);
    rememberOutcome(
      { digest: digest ?? "", leaves, warnings: diagnostics, outputs },
      inputs,
      contract,
      config,
      startedAt,
    );
  }
  return { ...work, diagnostics: [...work.diagnostics, ...found], reports: written.files };
}

/** What brings the output up to date, as one would type it. */
function command({ file, root }: ResolvedConfig): string {
  const name = file === null ? "" : relativePath(root, file);
  return name === "" || /^bindings\.config\.m?[jt]s$/.test(name)
    ? "isobind generate"
    : `isobind generate --config ${name}`;
}
