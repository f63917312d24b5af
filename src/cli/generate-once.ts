/** Runs one generation, comparison or check, prints its findings, says where the time went. */
import type { GenerateOptions, GenerateResult } from "../generator/generate.ts";
import type { GenerateMode } from "./bare.ts";
import type { ExitCode } from "./exit.ts";
import { printFindings } from "./findings.ts";
import type { Io } from "./io.ts";
import type { FindingFlags } from "./options.ts";
import { progress } from "./progress.ts";

export async function generateOnce(
  io: Io,
  flags: FindingFlags & { readonly force?: true },
  mode: GenerateMode,
): Promise<ExitCode> {
  const { generate, check } = await import("../generator/generate.ts");
  const line = progress(io);
  const options: GenerateOptions = {
    cwd: io.cwd,
    onPhase: (phase, of) => line.begin(phase, of ?? undefined),
    ...(flags.contract === undefined ? {} : { contract: flags.contract }),
    ...(flags.force === true ? { force: true } : {}),
  };
  const result = await (mode === "check"
    ? check(flags.config, options)
    : generate(flags.config, { ...options, check: mode === "compare" }));
  line.end();

  await printFindings(io, result, { format: flags.format, root: result.root });
  if (
    mode === "write" &&
    flags.format === "text" &&
    result.files.some(({ status }) => status === "written")
  ) {
    const { generatedSummary } = await import("./summary.ts");
    io.stdout.write(generatedSummary(result, { cwd: io.cwd, config: flags.config }));
  }
  if (mode === "write" && flags.format === "text" && result.abandoned.length > 0) {
    const { abandonedNote } = await import("./abandoned.ts");
    io.stderr.write(abandonedNote(result, io.cwd));
  }
  if (flags.verbose === true) {
    (await import("./phases.ts")).printPhases(io, result.phases);
    if (result.cacheProblem !== null)
      io.stderr.write(
        `  Nothing was remembered, so the next run does the same work: ${result.cacheProblem}\n`,
      );
  }
  return exitCodeOf(result);
}

/** A config that cannot be used is not a finding about the project's API: 2, not 1. */
function exitCodeOf({ ok, diagnostics }: Pick<GenerateResult, "ok" | "diagnostics">): ExitCode {
  if (ok) return 0;
  return diagnostics.some(({ code }) => code === "config-invalid") ? 2 : 1;
}
