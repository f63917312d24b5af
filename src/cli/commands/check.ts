/** Runs `isobind check`: the definition's rules and the state of the output in one run, for CI. */
import type { Command } from "commander";
import type { ExitCode } from "../exit.ts";
import { generateOnce } from "../generate-once.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";
import { formatOption, projectOptions, type FindingFlags } from "../options.ts";

export function define(command: Command): void {
  formatOption(projectOptions(command, "list every file, also those that are unchanged, and "));
  examples(
    command,
    [
      ["isobind check", "rules and stale output, for people"],
      ["isobind check --format github", "annotations of a pull request"],
      ["isobind check --format sarif > isobind.sarif", "for code scanning"],
      ["isobind check --config packages/api/bindings.config.ts", "another project of the repository"],
    ],
    "Exit codes: 0 fine, 1 findings or stale output, 2 usage, configuration or no definition.",
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  return generateOnce(io, command.opts<FindingFlags>(), "check");
}
