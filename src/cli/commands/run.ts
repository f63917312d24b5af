/** Runs `isobind run <script>`: one script, one sandbox, the project's registry; prints the console and what came of it. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Option, type Command } from "commander";
import type { ExitCode } from "../exit.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";
import { collect, profileOption, projectOptions, type ProjectFlags } from "../options.ts";
import { kindBeside } from "../../scripts/beside/kind-beside.ts";
import { defaultKind } from "../../model/contract.ts";
import { readKind } from "../../model/pragma.ts";
import { approvalsOf } from "../run/approvals.ts";
import { readGlobals } from "../run/globals.ts";
import { mockedInput, readInput } from "../run/input.ts";
import { parseLimits } from "../run/limits.ts";
import { scriptMeant } from "../run/modules.ts";
import { loadRegistry } from "../run/registry.ts";
import { asUsageError } from "../run/refused.ts";
import { jsonReporter, textReporter, type Reporter } from "../run/report.ts";
import { seedOption } from "../run/stand-in.ts";
import { refuseMixedTools, withTools, type ToolFlags } from "../run/tools.ts";

interface RunFlags extends ProjectFlags, ToolFlags {
  readonly input?: string;
  readonly globals?: string;
  readonly kind?: string;
  readonly registry?: string;
  readonly declaration?: string;
  readonly mock?: boolean;
  readonly seed?: string;
  readonly record?: string;
  readonly replay?: string;
  readonly approve?: readonly string[];
  readonly journal?: string;
  readonly profile?: string;
  readonly onDetached?: "error" | "wait" | "warn";
  readonly dynamicImport?: boolean;
  readonly limits?: readonly string[];
  readonly format: "text" | "json";
}

export function define(command: Command): void {
  command.argument("<script>", "a JavaScript or TypeScript file");
  profileOption(projectOptions(command))
    .option("-i, --input <json>", "the script's global `input`: JSON, @file, or - for standard input")
    .option("--globals <json>", "the globals that the host gives, by name, written as `--input` is")
    .option(
      "--kind <name>",
      "the kind of the script (default: what its line `// @script name` or its folder's tsconfig.json says)",
    )
    .option("--registry <module>", "a module that exports a registry (default: the generated registry.ts)")
    .option(
      "--declaration <file>",
      "the declaration to hold the registry against (default: the generated one)",
    )
    .option(
      "--mock",
      "answer with values of the declared types: no host function is loaded or called; input and globals that are not given are made too",
    )
    .option("--seed <number>", "with --mock, other values for another number (default: 0)")
    .option("--record <file>", "write every call and its answer to a file")
    .option("--replay <file>", "answer from such a file: no host function is loaded or called")
    .option("--approve <list>", "bindings marked @approval that may be called, db.drop,pay", collect)
    .option("--journal <file>", "keeps what was done, so that a run that waits or was cut off goes on")
    .addOption(
      new Option("--isolation <kind>", "where the isolate lives (default: process)").choices([
        "process",
        "none",
      ]),
    )
    .addOption(
      new Option(
        "--on-detached <what>",
        "what becomes of calls nobody awaits, rejections nobody handles (default: error)",
      ).choices(["error", "wait", "warn"]),
    )
    .option("--dynamic-import", "lets the script call `import()` as well")
    .option(
      "--inspect [=port]",
      "lets debuggers on this machine connect (default port: 9229; 0 for a free one)",
    )
    .option("--inspect-brk [=port]", "waits for a debugger, and stops at the first line")
    .option("--cpu-prof", "writes a CPU profile of the run, for DevTools and VS Code")
    .option("--cpu-prof-dir <folder>", "where the profile goes (default: the working folder)")
    .option("--limits <list>", "limits of the run, for example wallMs=500,memoryMb=64", collect)
    .addOption(
      new Option("--format <format>", "how the outcome is printed").choices(["text", "json"]).default("text"),
    );
  examples(
    command,
    [
      ["isobind run script.ts", "with the registry that `generate` wrote"],
      ["isobind run script.ts --input '{\"id\":7}'", "`input` is a frozen global in the script"],
      ["isobind run script.ts --input @order.json --limits wallMs=500", "half a second, input from a file"],
      ["isobind run script.ts --registry host.ts --format json", "host.ts exports createRegistry({ … })"],
      ["isobind run script.ts --mock --seed 7", "without a host: values made from the types"],
      ["isobind run script.ts --replay calls.jsonl", "with what --record calls.jsonl has noted"],
      ["isobind run script.ts --journal 42.journal", "goes on where it was, when it is run again"],
      ["isobind run script.ts --inspect-brk", "waits for a debugger: chrome://inspect, VS Code"],
    ],
    [
      "A script imports files beside it by relative names, within the folder of the nearest package.json.",
      "Calls of bindings marked @approval ask at a terminal; elsewhere `--approve` says yes, or `--journal` lets the run wait.",
      "Limits: memoryMb, cpuMs, wallMs, payloadBytes, calls, concurrency, consoleBytes, modules, moduleBytes, journalBytes.",
      'JSON in and out follows docs/json-form.md: a Map is { "$type": "Map", "entries": [[…, …]] }.',
      "Exit codes: 0 the script ended well, 1 it did not, 2 it could not be run.",
    ].join("\n"),
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<RunFlags>();
  const script = command.args[0] ?? "";
  refuseMixedTools(flags);
  const source = readScript(io, script);
  const limits = parseLimits(flags.limits ?? []);
  const given = flags.input === undefined ? undefined : await readInput(io, flags.input);
  const { registry, declaration } = await loadRegistry(io, flags);
  const globals = await readGlobals(io, flags, registry);
  const kind = kindOption(flags.kind, registry.scripts && { source, file: resolve(io.cwd, script) });
  const isMade = flags.mock === true && flags.input === undefined;
  const input = isMade ? await mockedInput(registry, { ...kind, ...seedOption(flags) }) : given;

  const signal = io.interrupt();
  const sources: Record<string, string> = {};
  const tooled = await withTools(io, flags, { script, source, sources });
  const { filename, modules } = tooled;
  const report: Reporter =
    flags.format === "json"
      ? jsonReporter(io)
      : textReporter(io, { script: filename, source, modules: sources, registry });
  const { createSandbox } = await import("../../runtime/index.ts");
  const approvals = await approvalsOf(io, flags, registry, signal);
  const loaded = performance.now();
  try {
    const sandbox = await createSandbox({
      registry,
      ...(declaration === null ? {} : { declaration }),
      ...tooled.sandbox,
      ...(flags.onDetached === undefined ? {} : { onDetached: flags.onDetached }),
      ...(globals !== undefined && { globals }),
      ...(approvals.approve !== undefined && { approve: approvals.approve }),
      limits: { ...tooled.limits, ...limits },
      onConsole: ({ level, text }) => report.console(level, text),
    });
    try {
      const result = await approvals.carryOn((given) =>
        sandbox.run(source, {
          ...given,
          filename,
          modules,
          dynamicImport: flags.dynamicImport === true,
          signal,
          ...kind,
          // Also without a value: scripts may ask for `input` and find it undefined, as their types say.
          input,
        }),
      );
      report.end(result);
      const help = approvals.help(result);
      if (help !== null) io.stderr.write(`  help: ${help}\n`);
      if (flags.verbose === true) await verbose(io, loaded, result.stats);
      return result.status === "ok" ? 0 : 1;
    } finally {
      await sandbox.dispose();
    }
  } catch (error) {
    const refused = asUsageError(error);
    if (flags.input === undefined && refused instanceof UsageError && /^input\b/u.test(refused.message))
      throw new UsageError(
        refused.message,
        "Give the script its input: `--input '{ … }'` or `--input @file.json`.",
      );
    throw refused;
  } finally {
    await tooled.end();
  }
}

/** Whoever types the command has the script before them, so its own word for its kind counts. */
function kindOption(
  typed: string | undefined,
  script: { readonly source: string; readonly file: string } | undefined,
): { readonly kind?: string } {
  const kind = typed ?? (script && (readKind(script.source)?.name ?? kindBeside(script.file)));
  return typeof kind === "string" && kind !== defaultKind ? { kind } : {};
}

function readScript(io: Io, script: string): string {
  const file = resolve(io.cwd, script);
  if (!existsSync(file)) {
    const meant = scriptMeant(script, io.cwd);
    throw new UsageError(
      `the script \`${script}\` does not exist.${meant === null ? "" : ` Did you mean \`${meant}\`?`}`,
      "Check the path; it is taken from the working folder.",
    );
  }
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw code === "EISDIR"
      ? new UsageError(`\`${script}\` is a folder.`, "Name one script; `isobind typecheck` takes folders.")
      : new UsageError(
          `the script \`${script}\` cannot be read: ${code === "EACCES" ? "permission was denied" : code}.`,
          "Check who may read the file.",
        );
  }
}

async function verbose(io: Io, loaded: number, stats: object): Promise<void> {
  const { printPhases } = await import("../phases.ts");
  printPhases(io, [{ name: "sandbox and script", ms: performance.now() - loaded }]);
  for (const [name, value] of Object.entries(stats)) io.stderr.write(`  ${name}: ${String(value)}\n`);
}
