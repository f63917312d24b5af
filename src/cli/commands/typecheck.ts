/** Runs `isobind typecheck <scripts…>`: checks scripts against the declaration, as the sandbox would have them. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { counted } from "../../model/counted.ts";
import { leaveNothing } from "../../diagnostics/unusable.ts";
import { defaultEngines, engineIn, type EngineName, oldestEngine } from "../../config/engines.ts";
import { libraryName } from "../../library/names.ts";
import type { ResolvedConfig } from "../../config/resolved.ts";
import type { Script, TypecheckOptions } from "../../scripts/typecheck/index.ts";
import { progress } from "../progress.ts";
import { UnusableConfig, UsageError, type ExitCode } from "../exit.ts";
import { printFindings } from "../findings.ts";
import { reasonOf } from "../../files/system-error.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";
import { formatOption, profileOption, projectOptions, type FindingFlags } from "../options.ts";
import { generatedFile, namedDeclaration, outputFolder, pickContract, resolveProject } from "../project.ts";

interface TypecheckFlags extends FindingFlags {
  readonly declaration?: string;
  readonly profile?: string;
  readonly kind?: string;
}

export function define(command: Command): void {
  command.argument("<scripts...>", "files, folders or quoted patterns");
  profileOption(formatOption(projectOptions(command))).option(
    "--declaration <file>",
    "the declaration to check against (default: the generated secure-exec.d.ts)",
  );
  command.option(
    "--kind <name>",
    "the kind of those scripts that name none by a line `// @script name` (default: what their folder's tsconfig.json says)",
  );
  examples(
    command,
    [
      ["isobind typecheck scripts", "every .ts and .js file of a folder"],
      ["isobind typecheck 'customers/**/*.{ts,js}' --format github", "as annotations of a pull request"],
      ["isobind typecheck a.ts --declaration old/secure-exec.d.ts", "against another declaration"],
    ],
    "Scripts see SecureExec, ECMAScript as the config's `engines` have it, and what the sandbox has beside it (docs/globals.md): nothing of Node, nothing of the DOM.",
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<TypecheckFlags>();
  const found = await findDeclaration(io, flags).catch(keepUnusable);
  if (found instanceof UnusableConfig) {
    // In the format that was asked for, as `check` does.
    const findings = { ok: false, diagnostics: found.diagnostics, files: [] };
    await printFindings(io, findings, { format: flags.format, root: found.root });
    return 2;
  }
  const { file, engine, project } = found;
  const declaration = readDeclaration(file, flags.declaration);
  const { findScripts } = await import("../../scripts/typecheck/find-scripts.ts");
  const { hostFilesOf } = await import("../../scripts/typecheck/host-files.ts");
  const { typecheckStored } = await import("../../scripts/typecheck/stored.ts");
  const { sortDiagnostics } = await import("../../diagnostics/sort.ts");

  const { scripts: all, diagnostics: passed } = await findScripts(
    command.args,
    io.cwd,
    project && hostFilesOf(project),
  );
  const { kind } = flags;
  const scripts = kind === undefined ? all : all.map((script) => ({ ...script, kind }));
  const started = performance.now();
  const contracts = await contractsFor(scripts, declaration, join(dirname(file), "contract.json"));
  const line = progress(io);
  const onChecked = (done: number): void =>
    line.count("checking scripts", Math.min(done, scripts.length), scripts.length);
  const options = { ...contracts, engine, onChecked, folder: io.cwd };
  const findings = await typecheckStored(scripts, declaration, options);
  line.end();
  const diagnostics = sortDiagnostics([...passed, ...findings]);
  const ok = diagnostics.every(({ severity }) => severity !== "error");
  await printFindings(io, { ok, diagnostics, files: [] }, { format: flags.format, root: io.cwd });
  if (flags.format === "text" && diagnostics.length === 0) {
    io.stdout.write(`${counted(scripts.length, "script")} checked, no findings\n`);
  }
  if (flags.verbose === true) {
    const { printPhases } = await import("../phases.ts");
    printPhases(io, [
      {
        name: `check ${counted(scripts.length, "script")}`,
        ms: performance.now() - started,
      },
    ]);
  }
  // A script that is not there is a mistake of the command line, as for `run` and `diff`.
  if (leaveNothing(passed)) return 2;
  return ok ? 0 : 1;
}

/**
 * The contract of the declaration, and those that scripts name instead, as far as git remembers them: a script that was
 * written for another contract is told what has changed since.
 */
async function contractsFor(
  scripts: readonly Script[],
  declaration: string,
  file: string,
): Promise<TypecheckOptions> {
  const { readHeader } = await import("../../model/identity/header.ts");
  const { readPragma } = await import("../../model/pragma.ts");
  const current = readHeader(declaration).digest;
  const named = new Set(scripts.map(({ text }) => readPragma(text)?.digest));
  const others = [...named].filter((digest) => digest !== undefined && digest !== current) as string[];
  if (others.length === 0 || !existsSync(file)) return {};
  const { contractsInHistory } = await import("../../changes/index.ts");
  const { parseContract } = await import("../../model/file/deserialize.ts");
  try {
    const contract = parseContract(readFileSync(file, "utf8"));
    return { contract, known: await contractsInHistory(file, others) };
  } catch {
    // Written by another release: the mismatch is still named, only not explained.
    return {};
  }
}

function keepUnusable(error: unknown): UnusableConfig {
  if (error instanceof UnusableConfig) return error;
  throw error;
}

/** Every script would be wrong against a file that is no declaration. */
function readDeclaration(file: string, typed: string | undefined): string {
  const shown = typed ?? file;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(
      `the declaration \`${shown}\` cannot be read: ${reasonOf(error)}.`,
      typed === undefined
        ? "Run `isobind generate` first."
        : "Check the path; it is taken from the working folder.",
    );
  }
  if (/\bSecureExec\b/.test(text)) return text;
  throw new UsageError(
    `\`${shown}\` does not declare \`SecureExec\`.`,
    "Name a generated `secure-exec.d.ts`.",
  );
}

/** The declaration, and the engine its scripts run on: the config's, or that of the library beside a file that was named. */
async function findDeclaration(
  io: Io,
  flags: TypecheckFlags,
): Promise<{ file: string; engine: EngineName; project?: ResolvedConfig }> {
  if (flags.declaration !== undefined) {
    const file = namedDeclaration(io, flags.declaration);
    return { file, engine: engineBeside(file) ?? oldestEngine(defaultEngines) };
  }
  const project = await resolveProject(io, flags);
  const contract = pickContract(project, flags.contract);
  const file = generatedFile(io, outputFolder(contract, flags.profile), "secure-exec.d.ts");
  return { file, engine: contract.engine, project };
}

/** A profile's declaration is in a folder of its own, inside that of the library. */
function engineBeside(file: string): EngineName | null {
  const library = [dirname(file), dirname(dirname(file))]
    .map((folder) => join(folder, libraryName))
    .find((path) => existsSync(path));
  return library === undefined ? null : engineIn(readFileSync(library, "utf8"));
}
