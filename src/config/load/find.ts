/**
 * Finds the config: the one that is named, by its file or its folder, or the nearest `bindings.config.*` from a folder upward, as other
 * tools of a project do. Looks at names only; nothing is read.
 */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { upward } from "../../files/upward.ts";

/** In the order of preference of documentation; two of them in one folder are an error, not a preference. */
export const configNames = [
  "bindings.config.ts",
  "bindings.config.mts",
  "bindings.config.js",
  "bindings.config.mjs",
] as const;

/**
 * Absolute paths of the configs that may be meant: the one that is named, those in the folder that is named, or those in the nearest folder
 * that has one. A file that is named need not exist; else the list is empty when there is none.
 */
export function findConfigs(cwd: string, named?: string): readonly string[] {
  if (named !== undefined) {
    const path = resolve(cwd, named);
    return isFolder(path) ? configsIn(path) : [path];
  }
  for (const folder of upward(cwd)) {
    const found = configsIn(folder);
    if (found.length > 0) return found;
  }
  return [];
}

function configsIn(folder: string): readonly string[] {
  return configNames.map((name) => join(folder, name)).filter((file) => existsSync(file));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A workspace has its packages two or three levels down; deeper lies what nobody would start a command for. */
const levelsBelow = 4;

/** Folders looked at: a suggestion is worth a few milliseconds. */
const foldersBelow = 2_000;

/** Configs in folders below one, the nearest first; for a suggestion. */
export function findConfigsBelow(cwd: string): readonly string[] {
  const found: string[] = [];
  let level = [cwd];
  let seen = 0;
  for (let depth = 0; depth < levelsBelow && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++seen > foldersBelow) return found;
      next.push(...foldersIn(folder));
    }
    found.push(...next.flatMap(configsIn));
    level = next;
  }
  return found;
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
      .map(({ name }) => join(folder, name))
      .sort();
  } catch {
    // Not ours to look into.
    return [];
  }
}
