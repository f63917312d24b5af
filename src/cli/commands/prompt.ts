/** `isobind prompt`: the API as compact TypeScript for a language model. */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Command } from "commander";
import { counted } from "../../model/counted.ts";
import type { PromptErrorCode } from "../../prompt/index.ts";
import { UsageError, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { examples } from "../examples.ts";
import { profileOption, projectOptions, type ProjectFlags } from "../options.ts";
import { outputFolder, pickContract, resolveProject } from "../project.ts";

interface PromptFlags extends ProjectFlags {
  readonly budget: string;
  readonly rules?: true;
  readonly profile?: string;
  readonly from?: string;
}

export function define(command: Command): void {
  profileOption(projectOptions(command))
    .option("--budget <tokens>", "the most tokens the text may have, counted as `o200k_base`", "2000")
    .option("--rules", "above the API what a script is, for a prompt that does not say so itself")
    .option("--from <file>", "the contract to show (default: the generated contract.json)");
  examples(
    command,
    [
      ["isobind prompt", "the whole API, documentation shortened until it fits"],
      ["isobind prompt --budget 500", "as much as fits, and an index of the rest"],
      ["isobind prompt --rules", "with what a script is and has: all that a model needs to write one"],
      ["isobind prompt --profile pro > api.txt", "what the scripts of a profile may call"],
    ],
    "Standard error says how many tokens the text has, and what is only in the index.",
  );
}

export async function run(io: Io, command: Command): Promise<ExitCode> {
  const flags = command.opts<PromptFlags>();
  const { prompt, PromptError } = await import("../../prompt/index.ts");
  const budget = parseBudget(flags.budget);
  const file = await contractFile(io, flags);
  try {
    const { text, tokens, detail, omitted } = await prompt(file, { budget, rules: flags.rules === true });
    io.stdout.write(text);
    const rest =
      omitted.length === 0 ? "all bindings" : `${counted(omitted.length, "binding")} only in the index`;
    io.stderr.write(`${counted(tokens, "token")}, ${rest}, documentation: ${detail}\n`);
    return 0;
  } catch (error) {
    if (error instanceof PromptError) throw new UsageError(error.message, helpOf[error.code]);
    throw error;
  }
}

async function contractFile(io: Io, flags: PromptFlags): Promise<string> {
  if (flags.from !== undefined) return resolve(io.cwd, flags.from);
  const contract = pickContract(await resolveProject(io, flags), flags.contract);
  const file = join(outputFolder(contract, flags.profile), "contract.json");
  if (existsSync(file)) return file;
  throw new UsageError(`\`${relative(io.cwd, file)}\` does not exist yet.`, "Run `isobind generate` first.");
}

function parseBudget(text: string): number {
  const number = Number(text.replaceAll("_", ""));
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new UsageError(`\`--budget ${text}\` is no number of tokens.`, "For example `--budget 2000`.");
}

const helpOf: Readonly<Record<PromptErrorCode, string>> = {
  ERR_PROMPT_CONTRACT: "Name a `contract.json` that `isobind generate` wrote.",
  ERR_PROMPT_BUDGET: "Give it a larger `--budget`.",
  ERR_PROMPT_OPTION: "`isobind prompt --help` lists what it takes.",
};
