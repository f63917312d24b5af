/** Writes a package into its folder: all of it beside the old one, then in its place, so that nobody finds half of one. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import type { PackedFile } from "../../pack/index.ts";
import { isSystemError, reasonOf } from "../../files/system-error.ts";
import { UsageError } from "../exit.ts";
import type { Io } from "../io.ts";

/** Throws a `UsageError` where a folder holds anything that `pack` has not written; where it holds a part of the project, whatever is said. */
export function refuseForeign(
  io: Io,
  folder: string,
  { isForced, project }: { readonly isForced: boolean; readonly project: readonly string[] },
): void {
  if (project.some((path) => holds(folder, path))) {
    throw new UsageError(
      `\`${relative(io.cwd, folder) || "."}\` holds the project itself, and the folder of a package is replaced whole.`,
      "Name another folder with `--out`.",
    );
  }
  if (isForced || !existsSync(folder) || isOurs(folder)) return;
  throw new UsageError(
    `\`${relative(io.cwd, folder) || "."}\` is not empty, and \`isobind pack\` has not written what is there.`,
    "Name another folder with `--out`, or say `--force` to replace all of it.",
  );
}

function holds(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

function isOurs(folder: string): boolean {
  try {
    if (readdirSync(folder).length === 0) return true;
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { isobind?: unknown };
    return typeof manifest.isobind === "object" && manifest.isobind !== null;
  } catch {
    return false;
  }
}

/**
 * A folder cannot take another's place in one step: for a moment there is neither, and whoever is killed then leaves the old one beside it, as `.name-old-…`. When
 * only the new one cannot take the place, the old one is put back.
 *
 * Throws a `UsageError` with what the system says, and then nothing has changed.
 */
export function writePackage(folder: string, files: readonly PackedFile[], rename = renameSync): void {
  try {
    replace(folder, files, rename);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new UsageError(
      `\`${basename(folder)}\` cannot be written: ${reasonOf(error)}.`,
      "Name another folder with `--out`.",
    );
  }
}

function replace(folder: string, files: readonly PackedFile[], rename: typeof renameSync): void {
  mkdirSync(dirname(folder), { recursive: true });
  const beside = (what: string): string =>
    join(dirname(folder), `.${basename(folder)}-${what}-${process.pid}`);
  const draft = beside("new");
  const old = beside("old");
  try {
    for (const { name, text } of files) {
      const file = join(draft, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const isThere = existsSync(folder);
    if (isThere) rename(folder, old);
    try {
      rename(draft, folder);
    } catch (error) {
      if (isThere) rename(old, folder);
      throw error;
    }
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
