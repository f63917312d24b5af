/** `isobind init`: a config, a definition, a first script and its tsconfig; nothing that exists is changed. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import type { Command } from "commander";
import { colors } from "../color.ts";
import { wantsColor } from "../wants-color.ts";
import { UsageError, type ExitCode } from "../exit.ts";
import { defaults, projectFiles, type Answers, type NewFile } from "../init/project.ts";
import type { Io } from "../io.ts";
import { examples } from "../options.ts";
import { configNames } from "../../generator/load/find.ts";
import { packageType } from "../../generator/load/module-syntax.ts";

interface InitFlags {
  readonly yes?: true;
}

export function define(command: Command): void {
  command.option("-y, --yes", "ask nothing, take the usual names");
  examples(command, [
    ["isobind init", "asks where things go, on a terminal"],
    ["isobind init --yes", "bindings.config.ts, bindings.ts, scripts/hello.ts, scripts/tsconfig.json"],
  ]);
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<InitFlags>();
  const paint = colors(wantsColor(io.stdout, io.env));
  const { config, answers: known } = await existing(io);
  const isAsking = flags.yes !== true && io.stdin.isTTY === true;
  const answers = isAsking
    ? await (await import("../init/ask.ts")).ask(io, known)
    : { ...defaults, ...known };
  if (!isAsking && flags.yes !== true) io.stderr.write("No terminal to ask on: taking the usual names.\n");

  const files = projectFiles(answers).map((file) =>
    config !== null && file.path === configNames[0] ? { ...file, path: config } : file,
  );
  const width = Math.max(...files.map(({ path }) => path.length));
  for (const file of files) {
    const isNew = write(io.cwd, file);
    const state = isNew ? paint.green("wrote") : paint.yellow("kept ");
    const note = isNew ? file.what : "it exists; not touched";
    io.stdout.write(`${state}  ${file.path.padEnd(width)}  ${paint.dim(note)}\n`);
  }
  io.stdout.write(`\n${nextSteps(io, answers.scripts)}`);
  return 0;
}

/** A config that is here already, under whichever of its names, and what it has answered. */
async function existing(
  io: Io,
): Promise<{ config: string | null; answers: Partial<Omit<Answers, "scripts">> }> {
  const name = configNames.find((one) => existsSync(join(io.cwd, one)));
  if (name === undefined) return { config: null, answers: {} };
  const { resolveProject } = await import("../project.ts");
  const { contracts } = await resolveProject(io, { config: name });
  const inside = (path: string): string => relative(io.cwd, path).split(sep).join("/");
  const [first] = contracts;
  if (first === undefined) return { config: name, answers: {} };
  return { config: name, answers: { definition: inside(first.definition), outDir: inside(first.outDir) } };
}

/** False when the file is there already. `wx` decides and writes in one step. */
function write(folder: string, { path, text }: NewFile): boolean {
  const file = join(folder, path);
  try {
    if (existsSync(file)) return false;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "") throw error;
    throw new UsageError(
      `\`${path}\` could not be written: ${reasons[code] ?? code}.`,
      "Mend that and run `isobind init` again; what was written before stays and is kept.",
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission was denied",
  EPERM: "permission was denied",
  EROFS: "the file system is read-only",
  EEXIST: "a file is where a folder should be",
  ENOTDIR: "a file is where a folder should be",
  ENOSPC: "the disk is full",
};

function nextSteps(io: Io, scripts: string): string {
  const steps: string[] = [];
  const packages = ["isobind", "isolated-vm"].filter((name) => !isInstalled(io.cwd, name));
  if (packages.length > 0) steps.push(`npm i ${packages.join(" ")}`);
  if (packageType(io.cwd) !== "module") steps.push("npm pkg set type=module");
  steps.push("npx isobind generate", `npx isobind run ${posix.join(scripts, "hello.ts")}`);
  return `Next:\n${steps.map((step) => `  ${step}\n`).join("")}`;
}

/** Here or in a folder above, where a workspace keeps the packages of all its members. */
function isInstalled(folder: string, name: string): boolean {
  if (existsSync(join(folder, "node_modules", name))) return true;
  return dirname(folder) !== folder && isInstalled(dirname(folder), name);
}
