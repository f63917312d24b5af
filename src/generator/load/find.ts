/**
 * Finds the config: the nearest `bindings.config.*` from a folder upward, as other tools of a project do. Looks at
 * names only; nothing is read.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** In the order of preference of documentation; two of them in one folder are an error, not a preference. */
export const configNames = [
  "bindings.config.ts",
  "bindings.config.mts",
  "bindings.config.js",
  "bindings.config.mjs",
] as const;

/** Absolute paths of the configs in the nearest folder that has one; empty when no folder up to the root has. */
export function findConfigs(cwd: string): readonly string[] {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = configNames.map((name) => join(folder, name)).filter((file) => existsSync(file));
    if (found.length > 0 || dirname(folder) === folder) return found;
  }
}
