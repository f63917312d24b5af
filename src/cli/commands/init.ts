/** `isobind init`: a config, a definition, a first script and its tsconfig; nothing that exists is changed. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { colors } from "../color.ts";
import { wantsColor } from "../wants-color.ts";
import type { ExitCode } from "../exit.ts";
import { defaults, projectFiles } from "../init/project.ts";
import type { Io } from "../io.ts";
import { examples } from "../options.ts";
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
  const isAsking = flags.yes !== true && io.stdin.isTTY === true;
  const answers = isAsking ? await (await import("../init/ask.ts")).ask(io) : defaults;
  if (!isAsking && flags.yes !== true) io.stderr.write("No terminal to ask on: taking the usual names.\n");

  for (const file of projectFiles(answers)) {
    const isNew = write(join(io.cwd, file.path), file.text);
    const state = isNew ? paint.green("wrote") : paint.yellow("kept ");
    const note = isNew ? file.what : "it exists; not touched";
    io.stdout.write(`${state}  ${file.path.padEnd(22)}  ${paint.dim(note)}\n`);
  }
  io.stdout.write(`\n${nextSteps(io, answers.scripts)}`);
  return 0;
}

/** False when the file is there already. `wx` decides and writes in one step. */
function write(path: string, text: string): boolean {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function nextSteps(io: Io, scripts: string): string {
  const steps: string[] = [];
  const has = (name: string): boolean => existsSync(join(io.cwd, "node_modules", name));
  const packages = ["isobind", "isolated-vm"].filter((name) => !has(name));
  if (packages.length > 0) steps.push(`npm i ${packages.join(" ")}`);
  if (packageType(io.cwd) !== "module") steps.push("npm pkg set type=module");
  steps.push("npx isobind generate", `npx isobind run ${scripts}/hello.ts`);
  return `Next:\n${steps.map((step) => `  ${step}\n`).join("")}`;
}
