/**
 * Runs `isobind generate`: definition -> registry, declaration and contract.json; or, with `--check`, whether they are
 * current.
 */
import type { Command } from "commander";
import { UsageError, type ExitCode } from "../exit.ts";
import { generateOnce } from "../generate-once.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";
import { formatOption, projectOptions, type FindingFlags } from "../options.ts";

interface GenerateFlags extends FindingFlags {
  readonly check?: true;
  readonly watch?: true;
  readonly force?: true;
}

export function define(command: Command): void {
  formatOption(projectOptions(command, "list every file, also those that are unchanged, and "))
    .option("--check", "write nothing; exit 1 when the output is stale or missing")
    .option("-w, --watch", "stay, and generate again after every change")
    .option("--force", "generate even when nothing has changed");
  examples(
    command,
    [
      ["isobind generate", "write what has changed"],
      ["isobind generate --watch", "while you edit the definition"],
      ["isobind generate --check --format github", "in CI, as annotations of the pull request"],
      ["isobind generate --contract admin --verbose", "one of several contracts, with times"],
    ],
    "Exit codes: 0 written or current, 1 findings or stale output, 2 usage, configuration or no definition.",
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<GenerateFlags>();
  if (flags.watch !== true) return generateOnce(io, flags, flags.check === true ? "compare" : "write");
  if (flags.check === true)
    throw new UsageError("--watch and --check exclude each other.", "Leave out one of the two.");
  if (flags.format !== "text") throw new UsageError("--watch prints text only.", "Leave out `--format`.");
  const { watchAndGenerate } = await import("../watch/watch.ts");
  return watchAndGenerate(io, flags);
}
