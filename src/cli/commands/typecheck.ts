/** `isobind typecheck <scripts…>`: scripts against the declaration, as the sandbox would have them. */
import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Command } from "commander";
import { UsageError, type ExitCode } from "../exit.ts";
import { printFindings } from "../findings.ts";
import type { Io } from "../io.ts";
import { examples, formatOption, profileOption, projectOptions, type FindingFlags } from "../options.ts";
import { outputFolder, pickContract, resolveProject } from "../project.ts";

interface TypecheckFlags extends FindingFlags {
  readonly declaration?: string;
  readonly profile?: string;
}

export function define(command: Command): void {
  command.argument("<scripts...>", "files, folders or quoted patterns");
  profileOption(formatOption(projectOptions(command))).option(
    "--declaration <file>",
    "the declaration to check against (default: the generated secure-exec.d.ts)",
  );
  examples(
    command,
    [
      ["isobind typecheck scripts", "every .ts and .js file of a folder"],
      ["isobind typecheck 'customers/**/*.{ts,js}' --format github", "as annotations of a pull request"],
      ["isobind typecheck a.ts --declaration old/secure-exec.d.ts", "against another declaration"],
    ],
    "Scripts see SecureExec, ECMAScript and the sandbox's console: nothing of Node, nothing of the DOM.",
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<TypecheckFlags>();
  const declaration = await readDeclaration(io, flags);
  const { findScripts, typecheckScripts } = await import("../../generator/typecheck/index.ts");
  const { sortDiagnostics } = await import("../../diagnostics/sort.ts");

  const { scripts, diagnostics: missing } = await findScripts(command.args, io.cwd);
  const started = performance.now();
  const diagnostics = sortDiagnostics([...missing, ...typecheckScripts(scripts, declaration)]);
  const ok = diagnostics.every(({ severity }) => severity !== "error");
  await printFindings(io, { ok, diagnostics, files: [] }, { format: flags.format, root: io.cwd });
  if (flags.format === "text" && diagnostics.length === 0) {
    io.stdout.write(`${scripts.length} script${scripts.length === 1 ? "" : "s"} checked, no findings\n`);
  }
  if (flags.verbose === true) {
    const { printPhases } = await import("../phases.ts");
    printPhases(io, [{ name: `check ${scripts.length} scripts`, ms: performance.now() - started }]);
  }
  return ok ? 0 : 1;
}

async function readDeclaration(io: Io, flags: TypecheckFlags): Promise<string> {
  if (flags.declaration !== undefined) {
    const file = resolve(io.cwd, flags.declaration);
    if (!existsSync(file)) throw new UsageError(`the declaration \`${flags.declaration}\` does not exist.`);
    return readFileSync(file, "utf8");
  }
  const contract = pickContract(await resolveProject(io, flags), flags.contract);
  const file = join(outputFolder(contract, flags.profile), "secure-exec.d.ts");
  if (!existsSync(file)) {
    throw new UsageError(
      `\`${relative(io.cwd, file)}\` does not exist yet.`,
      "Run `isobind generate` first.",
    );
  }
  return readFileSync(file, "utf8");
}
