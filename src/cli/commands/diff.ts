/** Runs `isobind diff --against <ref>`: what changed in the contract, what that means, and which scripts it breaks. */
import { Option, type Command } from "commander";
import { colors } from "../color.ts";
import { wantsColor } from "../wants-color.ts";
import { exitCodeOf, type ExitCode } from "../exit.ts";
import { printFindings } from "../findings.ts";
import type { Io } from "../io.ts";
import { progress } from "../progress.ts";
import { examples } from "../examples.ts";
import {
  findingFormats,
  formatOption,
  profileOption,
  projectOptions,
  type ProjectFlags,
} from "../options.ts";
import type { DiffResult } from "../../changes/index.ts";

interface DiffFlags extends ProjectFlags {
  readonly against: string;
  readonly profile?: string;
  readonly scripts?: readonly string[];
  readonly failOn: "breaking" | "compatible" | "docs" | "none";
  readonly format: (typeof findingFormats)[number] | "markdown";
}

export function define(command: Command): void {
  command.requiredOption(
    "--against <ref>",
    "a git ref (of a branch: where the current one left it), a contract.json, or an npm package: name, name@version or .tgz",
  );
  profileOption(formatOption(projectOptions(command), [...findingFormats, "markdown"]))
    .option("--scripts <pattern...>", "scripts to check against both sides: which ones break, and where")
    .addOption(
      new Option("--fail-on <class>", "the least class of change that exits 1")
        .choices(["breaking", "compatible", "docs", "none"])
        .default("breaking"),
    );
  examples(
    command,
    [
      ["isobind diff --against origin/main", "the gate for a pull request"],
      [
        "isobind diff --against main...HEAD",
        "with the merge base, as for every branch; main..HEAD is its last commit",
      ],
      ["isobind diff --against v1.2.0 --scripts 'customers/**/*.{ts,js}'", "which stored scripts break"],
      ["isobind diff --against old/contract.json --format markdown", "a comment for a pull request"],
      ["isobind diff --against my-bindings@1.4.0 --fail-on none", "only tell"],
      ["isobind diff --against my-bindings-1.4.0.tgz", "a packed package"],
    ],
    "The last line of the text is the verdict: major, minor, patch or none.",
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<DiffFlags>();
  const { diff } = await import("../../changes/index.ts");
  const started = performance.now();
  const line = progress(io);
  const result = await diff(flags.config, {
    onProgress: ({ contract, scripts }) =>
      scripts === null
        ? line.begin("comparing", contract)
        : line.count("checking scripts on both sides", scripts.done, scripts.all),
    cwd: io.cwd,
    against: flags.against,
    failOn: flags.failOn,
    ...(flags.contract === undefined ? {} : { contract: flags.contract }),
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    ...(flags.scripts === undefined ? {} : { scripts: flags.scripts }),
  });
  line.end();
  if (result.mergeBase !== null) {
    const { mergeBase, against } = result;
    const branch = against.replace(/\.\.\..*$/u, "");
    io.stderr.write(
      `Compared with ${mergeBase.slice(0, 10)}, where this branch left ${branch}. For the last commit of ${branch}, write ${branch}..HEAD.\n`,
    );
  }
  await print(io, result, flags.format);
  if (flags.verbose === true) {
    const { printPhases } = await import("../phases.ts");
    printPhases(io, [{ name: "read and compare", ms: performance.now() - started }]);
  }
  // What was compared was there.
  return result.compared && !result.ok ? 1 : exitCodeOf(result);
}

async function print(io: Io, result: DiffResult, format: DiffFlags["format"]): Promise<void> {
  const { brokenOf, formatChanges, formatDiffJson, formatMarkdown } = await import("../../changes/index.ts");
  if (format === "json") {
    io.stdout.write(formatDiffJson(result));
    return;
  }
  const isOne = result.contracts.length === 1;
  if (format === "markdown" && result.compared) {
    const pages = result.contracts.map(({ name, changes, impact }) =>
      formatMarkdown({ name: isOne ? null : name, against: result.against, changes, impact }),
    );
    io.stdout.write(pages.join("\n"));
    return;
  }
  const findings = { ...result, files: [] };
  if (format !== "text" || !result.compared) {
    await printFindings(io, findings, { format: format === "markdown" ? "text" : format, root: result.root });
    return;
  }
  const isColored = wantsColor(io.stdout, io.env);
  // Scripts first: the verdict is the last line.
  const broken = result.contracts.flatMap(({ impact }) => impact?.diagnostics ?? []);
  await printFindings(io, { ...findings, diagnostics: broken }, { format: "text", root: result.root });
  if (broken.length > 0) io.stdout.write("\n");
  for (const { name, changes, impact } of result.contracts) {
    if (!isOne) io.stdout.write(`${colors(isColored).bold(name)}\n`);
    if (impact !== null) io.stdout.write(`${brokenOf(impact)}\n`);
    io.stdout.write(formatChanges(changes, { colors: isColored }));
  }
}
