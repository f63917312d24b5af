/**
 * Finds the files of profiles that are no more, in a folder of the profile's name, and of kinds of script that are no more. Both are marked by
 * isobind with that name; anything else is someone's own, and stays.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { kindOfOutput } from "../library/names.ts";
import { type OutputFile, type OutputName, outputNames } from "../stages.ts";
import { isSystemError } from "../files/system-error.ts";
import { isGenerated } from "./generated.ts";

/**
 * Names in `outDir` of the files to remove, for example `admin/registry.ts`. `wanted`: the names of what shall be there, files of
 * profiles among them.
 */
export function findObsolete(outDir: string, wanted: readonly string[]): readonly OutputFile["name"][] {
  const current = new Set(wanted.map((name) => name.split("/")[0]));
  const folders = ifThere([], () => readdirSync(outDir))
    // Names of profiles have no dot, which leaves out nearly every file.
    .filter((name) => /^[a-z][a-z0-9-]*$/.test(name) && !current.has(name))
    .sort();
  const ofProfiles = folders.flatMap((folder) =>
    [...outputNames, ...kindOutputs(join(outDir, folder))]
      .map((output) => `${folder}/${output}` as const)
      .filter((name) => profileOf(outDir, name) === folder),
  );
  const inUse = ["", ...[...current].filter((name) => !name?.includes("."))];
  const ofKinds = inUse.flatMap((folder) =>
    kindOutputs(join(outDir, folder ?? ""))
      .map((output): OutputFile["name"] => (folder === "" ? output : `${folder}/${output}`))
      .filter((name) => !wanted.includes(name) && isKinds(outDir, name)),
  );
  return [...ofProfiles, ...ofKinds];
}

/** Names in a folder that files of kinds have. */
function kindOutputs(folder: string): readonly OutputName[] {
  return ifThere([], () => readdirSync(folder))
    .filter((name): name is OutputName => kindOfOutput(name) !== null)
    .sort();
}

/** Whether a file says that it is for the kind in its name. */
function isKinds(outDir: string, name: OutputFile["name"]): boolean {
  const text = ifThere("", () => readFileSync(join(outDir, name), "utf8"));
  return /^\/\/ @kind (\S+)\s*$/mu.exec(text)?.[1] === kindOfOutput(basename(name));
}

/** The profile that a generated file says it is for. */
function profileOf(outDir: string, name: OutputFile["name"]): string | null {
  const text = ifThere("", () => readFileSync(join(outDir, name), "utf8"));
  if (!isGenerated(name, text)) return null;
  const match = /^\/\/ @profile (\S+)\s*$/m.exec(text) ?? /"profile":\s*\{\s*"name":\s*"([^"]+)"/.exec(text);
  return match?.[1] ?? null;
}

/** What is not there, or is no folder or no file, is nothing of ours; what cannot be read must not be passed over. */
function ifThere<T>(otherwise: T, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (isSystemError(error, "ENOENT", "ENOTDIR", "EISDIR")) return otherwise;
    throw error;
  }
}
