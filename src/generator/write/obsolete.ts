/**
 * The files of profiles that are no more: in a folder of the profile's name, and marked by isobind with that name.
 * Anything else in such a folder is someone's own, and stays.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { OutputFile, OutputName } from "../stages.ts";

export interface ObsoleteFile {
  readonly name: OutputFile["name"];
  readonly text: string;
}

interface Reader {
  readdirSync(folder: string): string[];
  readFileSync(file: string, encoding: "utf8"): string;
}

const outputNames: readonly OutputName[] = ["registry.ts", "secure-exec.d.ts", "contract.json"];

/** `wanted`: the names of what shall be in `outDir`, files of profiles among them. */
export function findObsolete(
  outDir: string,
  wanted: readonly string[],
  disk: Reader = { readdirSync, readFileSync },
): readonly ObsoleteFile[] {
  const current = new Set(wanted.map((name) => name.split("/")[0]));
  // Names of profiles have no dot, which leaves out nearly every file.
  const folders = list(disk, outDir).filter((name) => /^[a-z][a-z0-9-]*$/.test(name) && !current.has(name));
  return folders.sort().flatMap((folder) =>
    outputNames.flatMap((output): ObsoleteFile[] => {
      const name = `${folder}/${output}` as const;
      const text = read(disk, join(outDir, name));
      return text !== null && profileIn(text) === folder ? [{ name, text }] : [];
    }),
  );
}

/** The profile that a generated file says it is for. */
function profileIn(text: string): string | null {
  if (!/sha256-[0-9a-f]{64}/.test(text)) return null;
  const match = /^\/\/ @profile (\S+)\s*$/m.exec(text) ?? /"profile":\s*\{\s*"name":\s*"([^"]+)"/.exec(text);
  return match?.[1] ?? null;
}

function list(disk: Reader, folder: string): readonly string[] {
  try {
    return disk.readdirSync(folder);
  } catch (error) {
    return orAbsent(error, []);
  }
}

function read(disk: Reader, file: string): string | null {
  try {
    return disk.readFileSync(file, "utf8");
  } catch (error) {
    return orAbsent(error, null);
  }
}

/** What is not there, or is no folder or no file, is nothing of ours; what cannot be read must not be passed over. */
function orAbsent<T>(error: unknown, value: T): T {
  const { code } = error as { code?: unknown };
  if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return value;
  throw error;
}
