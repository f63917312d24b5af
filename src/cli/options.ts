/** Defines the options that several commands share. */
import { Option, type Command } from "commander";

export const findingFormats = ["text", "json", "sarif", "github"] as const;
export type FindingFormat = (typeof findingFormats)[number];

/** Flags of every command that works on a project. */
export interface ProjectFlags {
  readonly config?: string;
  readonly contract?: string;
  readonly verbose?: true;
}

export interface FindingFlags extends ProjectFlags {
  readonly format: FindingFormat;
}

/** `--config`, `--contract`, `--verbose`. `more`: what the command says more of with it. */
export function projectOptions(command: Command, more = ""): Command {
  return command
    .option("-c, --config <path>", "the config file, or its folder (default: the nearest bindings.config.ts)")
    .option("--contract <name>", "only this contract, when the config has several")
    .option("-v, --verbose", `${more}show where the time went`);
}

/** `--profile`, for commands that use generated files. */
export function profileOption(command: Command): Command {
  return command.option("--profile <name>", "use the files of this profile (`@profile` in the definition)");
}

/** `--format`, for commands that report findings. */
export function formatOption(command: Command, formats: readonly string[] = findingFormats): Command {
  return command.addOption(
    new Option("--format <format>", "how findings are printed").choices([...formats]).default("text"),
  );
}

/** For an option that may be given again: all of its values. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
