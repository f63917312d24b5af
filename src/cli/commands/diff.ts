/** `isobind diff --against …`: what changed in the contract, what it means for scripts, and which of them break. */
import { Option, type Command } from "commander";
import { colors, wantsColor } from "../color.ts";
import { UsageError, type ExitCode } from "../exit.ts";
import { printFindings } from "../findings.ts";
import type { Io } from "../io.ts";
import {
  examples,
  findingFormats,
  projectOptions,
  type FindingFormat,
  type ProjectFlags,
} from "../options.ts";
import type { DiffResult } from "../../generator/diff/diff-project.ts";

interface DiffFlags extends ProjectFlags {
  readonly against: string;
  readonly scripts?: readonly string[];
  readonly failOn: "breaking" | "compatible" | "docs" | "none";
  readonly format: FindingFormat | "markdown";
}

export function define(command: Command): void {
  projectOptions(command)
    .requiredOption("--against <source>", "a git ref, a contract.json, or a package such as npm:name@1.2.3")
    .option("--scripts <patterns...>", "scripts to check against both sides; quote patterns")
    .addOption(
      new Option("--fail-on <class>", "the least class of change that fails")
        .choices(["breaking", "compatible", "docs", "none"])
        .default("breaking"),
    )
    .addOption(
      new Option("--format <format>", "how changes are printed")
        .choices([...findingFormats, "markdown"])
        .default("text"),
    );
  examples(
    command,
    [
      ["isobind diff --against origin/main", "what this branch changes"],
      ["isobind diff --against npm:@acme/bindings@2", "what changed since a release"],
      ["isobind diff --against v2.0.0 --scripts 'customers/**/*.{ts,js}'", "and which scripts break"],
      ["isobind diff --against origin/main --format markdown", "a comment for the pull request"],
    ],
    "Exit codes: 0 no change that fails, 1 such a change or a script that breaks, 2 nothing to compare.",
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<DiffFlags>();
  const { diff } = await import("../../generator/diff/diff-project.ts");
  const started = performance.now();
  const result = await diff(flags.config, {
    cwd: io.cwd,
    against: flags.against,
    failOn: flags.failOn,
    ...(flags.contract === undefined ? {} : { contract: flags.contract }),
    ...(flags.scripts === undefined ? {} : { scripts: flags.scripts }),
  });
  if (!result.compared) return refuse(io, result, flags);
  await print(io, result, flags.format);
  if (flags.verbose === true) {
    const { printPhases } = await import("../phases.ts");
    printPhases(io, [{ name: "compare", ms: performance.now() - started }]);
  }
  return result.ok ? 0 : 1;
}

/** A definition with findings is reported like by `check`; anything else that keeps us from comparing is usage. */
async function refuse(io: Io, result: DiffResult, flags: DiffFlags): Promise<ExitCode> {
  const [first] = result.diagnostics;
  const usage: ReadonlySet<string> = new Set(["config-invalid", "against-unreadable", "script-missing"]);
  if (!first || usage.has(first.code)) {
    throw new UsageError(first?.message ?? "there is nothing to compare.", first?.help ?? null);
  }
  const format = flags.format === "markdown" ? "text" : flags.format;
  await printFindings(
    io,
    { ok: false, diagnostics: result.diagnostics, files: [] },
    { format, root: result.root },
  );
  return 1;
}

async function print(io: Io, result: DiffResult, format: DiffFlags["format"]): Promise<void> {
  const isMany = result.contracts.length > 1;
  switch (format) {
    case "json":
      io.stdout.write((await import("../../generator/diff/format/json.ts")).formatDiffJson(result));
      return;
    case "markdown": {
      const { formatMarkdown } = await import("../../generator/diff/format/markdown.ts");
      const { against } = result;
      const parts = result.contracts.map(({ name, changes, impact }) =>
        formatMarkdown({ name: isMany ? name : null, against, changes, impact }),
      );
      io.stdout.write(parts.join("\n"));
      return;
    }
    case "text": {
      const { formatChanges } = await import("../../generator/diff/format/text.ts");
      const hasColor = wantsColor(io.stdout, io.env);
      for (const { name, changes, impact } of result.contracts) {
        if (isMany) io.stdout.write(`${colors(hasColor).bold(name)}\n\n`);
        io.stdout.write(formatChanges(changes, { colors: hasColor }));
        if (impact === null) continue;
        io.stdout.write("\n");
        const findings = { ok: impact.broken.length === 0, diagnostics: impact.diagnostics, files: [] };
        await printFindings(io, findings, { format, root: result.root });
        io.stdout.write(`${impact.broken.length} of ${impact.scripts} scripts break\n`);
      }
      return;
    }
    default:
      await printFindings(
        io,
        { ok: result.ok, diagnostics: result.diagnostics, files: [] },
        { format, root: result.root },
      );
  }
}
