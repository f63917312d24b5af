/** Resolves the project a command works on: its resolved config, or an error that says what is wrong with it. */
import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { ResolvedConfig, ResolvedContract } from "../config/resolved.ts";
import { orMeantFile } from "../files/meant-file.ts";
import { didYouMean } from "../model/suggest.ts";
import { UnusableConfig, UsageError } from "./exit.ts";
import type { Io } from "./io.ts";

export interface ProjectPlace {
  readonly config?: string;
}

/** Loads the config without touching a compiler. */
export async function resolveProject(io: Io, place: ProjectPlace): Promise<ResolvedConfig> {
  const { loadConfig } = await import("../config/load/load.ts");
  const { config, diagnostics, root } = await loadConfig({
    cwd: io.cwd,
    ...(place.config === undefined ? {} : { config: place.config }),
  });
  if (config === null) throw new UnusableConfig(diagnostics, root);
  return config;
}

/** The one contract, or the one that is named. */
export function pickContract(project: ResolvedConfig, name: string | undefined): ResolvedContract {
  const names = project.contracts.map((contract) => contract.name);
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  const found = project.contracts.find((contract) => contract.name === wanted);
  if (found) return found;
  if (wanted === undefined) {
    throw new UsageError(
      `the config has several contracts: ${names.join(", ")}.`,
      `Name one, for example \`--contract ${names[0] ?? ""}\`.`,
    );
  }
  throw new UsageError(
    `there is no contract \`${wanted}\` in ${project.file === null ? "the config" : relative(project.root, project.file)}.${didYouMean(wanted, names)}`,
    `The config has ${names.join(", ")}.`,
  );
}

/** The folder of a contract's generated files, or of one of its profiles. */
export function outputFolder({ outDir }: ResolvedContract, profile: string | undefined): string {
  if (profile === undefined) return outDir;
  const folder = join(outDir, profile);
  if (existsSync(join(folder, "secure-exec.d.ts"))) return folder;
  const profiles = profilesIn(outDir);
  const help =
    profiles.length === 0
      ? "Run `isobind generate`; profiles come from `@profile` tags in the definition."
      : `There are ${profiles.join(", ")}.`;
  throw new UsageError(`there is no generated profile \`${profile}\`.${didYouMean(profile, profiles)}`, help);
}

/** The absolute path of a generated file; throws a `UsageError` while it is not there. */
export function generatedFile(io: Io, folder: string, name: string): string {
  const file = join(folder, name);
  if (existsSync(file)) return file;
  throw new UsageError(`\`${relative(io.cwd, file)}\` does not exist yet.`, "Run `isobind generate` first.");
}

/** The absolute path of the declaration that `--declaration` names; throws a `UsageError` when there is none. */
export function namedDeclaration(io: Io, flag: string): string {
  const file = resolve(io.cwd, flag);
  if (existsSync(file)) return file;
  throw new UsageError(
    `the declaration \`${flag}\` does not exist.${orMeantFile(flag, io.cwd)}`,
    "Check the path; it is taken from the working folder. `isobind generate` writes a declaration.",
  );
}

/** Names of generated profiles. */
export function profilesIn(outDir: string): readonly string[] {
  if (!existsSync(outDir)) return [];
  const folders = readdirSync(outDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name).filter((name) => existsSync(join(outDir, name, "secure-exec.d.ts")));
}
