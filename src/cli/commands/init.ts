/** Runs `isobind init`: writes a config, a definition, a first script and its tsconfig; nothing that exists is changed. */
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { Option, type Command } from "commander";
import { readText } from "../../files/read-text.ts";
import { relativePath } from "../../files/relative-path.ts";
import { UsageError, type ExitCode } from "../exit.ts";
import { refuseFiles } from "../init/folders.ts";
import {
  defaults,
  definitionAt,
  beginsWithHello,
  hostAt,
  placeAt,
  projectFiles,
  styles,
  type Answers,
  type Setting,
  type Style,
} from "../init/project.ts";
import { secureExecFiles, secureExecSteps } from "../init/secure-exec.ts";
import { aroundKind } from "../init/around-kind.ts";
import { declaringKind } from "../init/declaring-kind.ts";
import { writeFiles } from "../init/write.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";
import { isInstalled, managerOf } from "../package-manager.ts";
import { configNames } from "../../config/load/find.ts";
import { isIdentifier } from "../../model/names.ts";
import { packageType } from "../../config/load/module-syntax.ts";

interface InitFlags {
  readonly yes?: true;
  readonly definition?: string;
  readonly outDir?: string;
  readonly scripts?: string;
  readonly kind?: string;
  readonly style: Style;
  readonly secureExec?: true;
}

export function define(command: Command): void {
  command
    .option("-y, --yes", "ask nothing, take the usual names")
    .option("--definition <path>", "where the definition goes: a file, or a folder for bindings.ts")
    .option("--out-dir <folder>", "where generated files go")
    .option("--scripts <folder>", "where scripts are")
    .option("--kind <name>", "the kind that all scripts of that folder are of")
    .addOption(
      new Option("--style <style>", "functions in the definition, or types alone that a host implements")
        .choices(styles)
        .default("implementation" satisfies Style),
    )
    .addOption(
      new Option(
        "--secure-exec",
        "only a local package @anthropic-ai/secure-exec, which is isobind/secure-exec",
      ).conflicts(["definition", "outDir", "scripts", "kind"]),
    );
  examples(command, [
    ["isobind init", "asks where things go, on a terminal"],
    ["isobind init --yes", "bindings.config.ts, bindings.ts, scripts/hello.ts, scripts/tsconfig.json"],
    ["isobind init --yes --style contract", "a definition of types, and a host.ts that implements them"],
    ["isobind init --yes --definition src --out-dir src/generated", "in the places of your project"],
    ["isobind init --yes --scripts rules --kind rule", "one more folder, of scripts of the kind `rule`"],
    ["isobind init --secure-exec", "for code that imports @anthropic-ai/secure-exec"],
  ]);
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<InitFlags>();
  if (flags.secureExec) return initSecureExec(io, command);
  const { config, answers: found } = await existing(io);
  const known = { ...found, ...placesIn(flags, found, config) };
  const isAsking = flags.yes !== true && io.stdin.isTTY === true;
  const answers = isAsking
    ? await (await import("../init/ask.ts")).ask(io, known)
    : { ...defaults, ...known };
  if (!isAsking && flags.yes !== true) io.stderr.write("No terminal to ask on: taking the usual names.\n");

  const definition = readText(join(io.cwd, answers.definition));
  const { style } = flags;
  if (style === "contract" && /\.[cm]?jsx?$/.test(answers.definition)) {
    throw new UsageError(
      `\`${answers.definition}\` cannot declare types, because it is JavaScript.`,
      "Name a `.ts` file with --definition, or take --style implementation.",
    );
  }
  const setting: Setting = {
    style,
    hasDefinition: definition !== null,
    declaresScripts: /\b(interface|type)\s+Scripts?\b/.test(definition ?? ""),
    importExtension: importExtensionIn(io.cwd),
    isCommonJs: packageType(io.cwd) === "commonjs",
  };
  const files = projectFiles(answers, setting).map((file) =>
    config !== null && file.path === configNames[0] ? { ...file, path: config } : file,
  );
  refuseFiles(io.cwd, [answers.outDir, ...files.map(({ path }) => posix.dirname(path))]);
  writeFiles(io, files);
  io.stdout.write(`\n${nextSteps(io, answers, setting)}`);
  return 0;
}

/** Beside a project that has its bindings already: no question, no config. */
function initSecureExec(io: Io, command: Command): ExitCode {
  if (command.getOptionValueSource("style") === "cli") {
    throw new UsageError(
      "--secure-exec makes no definition, so there is no --style to choose.",
      "Leave out --style.",
    );
  }
  if (!existsSync(join(io.cwd, "package.json"))) {
    throw new UsageError(
      "There is no package.json here to add a dependency to.",
      "Run `isobind init --secure-exec` in the folder of the package that imports @anthropic-ai/secure-exec.",
    );
  }
  writeFiles(io, secureExecFiles);
  const missing = ["isobind", "isolated-vm"].filter((name) => !isInstalled(io.cwd, name));
  io.stdout.write(`\n${secureExecSteps(io, missing)}`);
  return 0;
}

/** A config that is here already, under whichever of its names, and what it has answered. */
async function existing(io: Io): Promise<{ config: string | null; answers: Partial<Answers> }> {
  const name = configNames.find((one) => existsSync(join(io.cwd, one)));
  if (name === undefined) return { config: null, answers: {} };
  const { resolveProject } = await import("../project.ts");
  const { contracts } = await resolveProject(io, { config: name });
  const inside = (path: string): string => relativePath(io.cwd, path);
  const [first] = contracts;
  if (first === undefined) return { config: name, answers: {} };
  return { config: name, answers: { definition: inside(first.definition), outDir: inside(first.outDir) } };
}

/** What flags say, in the words of the questions. A config that is there is not changed, so it must say the same. */
function placesIn(flags: InitFlags, found: Partial<Answers>, config: string | null): Partial<Answers> {
  const places: Partial<Answers> = {
    ...(flags.definition !== undefined && { definition: definitionAt(flags.definition) }),
    ...(flags.outDir !== undefined && { outDir: placeAt(flags.outDir) }),
    ...(flags.scripts !== undefined && { scripts: placeAt(flags.scripts) }),
    ...(flags.kind !== undefined && { kind: kindIn(flags) }),
  };
  for (const [key, flag] of [
    ["definition", "--definition"],
    ["outDir", "--out-dir"],
  ] as const) {
    if (places[key] === undefined || found[key] === undefined || places[key] === found[key]) continue;
    throw new UsageError(
      `\`${config ?? ""}\` is there already and says \`${found[key]}\`, not \`${places[key]}\`.`,
      `Leave out ${flag}, or change the config.`,
    );
  }
  return places;
}

function kindIn({ kind = "", scripts }: InitFlags): string {
  if (!isIdentifier(kind))
    throw new UsageError(
      `\`${kind}\` cannot be the name of a kind of script.`,
      "Name a property of the definition's `Scripts`, or `default`.",
    );
  if (scripts !== undefined) return kind;
  throw new UsageError(
    "--kind says of which kind the scripts of a folder are.",
    `Name the folder too, for example \`--scripts ${kind}\`.`,
  );
}

/** What a host module beside the definition imports the registry with: as `isobind generate` decides it for a definition. */
function importExtensionIn(folder: string): ".ts" | ".js" {
  const text = readText(join(folder, "tsconfig.json"));
  const allowed = /"(allowImportingTsExtensions|rewriteRelativeImportExtensions)"\s*:\s*true/;
  return text === null || allowed.test(text) ? ".ts" : ".js";
}

function nextSteps(io: Io, answers: Answers, setting: Setting): string {
  const { style, hasDefinition } = setting;
  const { add, isobind } = managerOf(io);
  const steps: string[] = [];
  const packages = ["isobind", "isolated-vm"].filter((name) => !isInstalled(io.cwd, name));
  if (packages.length > 0) steps.push(`${add} ${packages.join(" ")}`);
  steps.push(...declaringKind(io, answers));
  const host = style === "contract" && !hasDefinition ? ` --registry ${hostAt(answers)}` : "";
  steps.push(`${isobind} generate`);
  if (beginsWithHello(answers, setting))
    steps.push(`${isobind} run ${posix.join(answers.scripts, "hello.ts")}${host}`);
  if (answers.kind !== undefined) steps.push(...aroundKind(io, answers));
  return `Next:\n${steps.map((step) => `  ${step}\n`).join("")}`;
}
