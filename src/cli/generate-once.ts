/** Runs one generation, comparison or check, prints its findings, says where the time went. */
import type { GenerateOptions } from "../generator/generate.ts";
import type { GenerateMode } from "./bare.ts";
import { exitCodeOf, type ExitCode } from "./exit.ts";
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

  await printFindings(io, result, {
    format: flags.format,
    root: result.root,
    isVerbose: flags.verbose === true,
  });
  if (
    mode === "write" &&
    flags.format === "text" &&
    result.files.some(({ status }) => status === "written")
  ) {
    const { generatedSummary } = await import("./summary.ts");
    io.stdout.write(generatedSummary(result, { cwd: io.cwd, config: flags.config, env: io.env }));
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
