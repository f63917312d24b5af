/**
 * Finds the files of profiles that are no more: in a folder of the profile's name, and marked by isobind with that name.
 * Anything else in such a folder is someone's own, and stays.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type OutputFile, outputNames } from "../stages.ts";
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
  return folders.flatMap((folder) =>
    outputNames
      .map((output) => `${folder}/${output}` as const)
      .filter((name) => profileOf(outDir, name) === folder),
  );
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
