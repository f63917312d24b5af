/**
 * Finds where a build plugin looks for the config: from the build tool's own root, so that a build started from another
 * folder of a workspace takes the config of the project it builds.
 */
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";

export interface ToolRoot {
  /** Absolute. */
  readonly folder: string;
  /** For a tool without a root of its own: the folder all entries are in, at or below `folder`. `null` for the others. */
  readonly entries: string | null;
}

/** The folder a config is looked for from, and what its path is relative to. */
export function lookFrom(
  root: ToolRoot,
  { cwd, config }: { readonly cwd?: string; readonly config?: unknown },
): string {
  if (cwd !== undefined) return resolve(root.folder, cwd);
  // A config that was named is named from the folder the tool resolves its own paths in.
  return config === undefined ? (root.entries ?? root.folder) : root.folder;
}

/**
 * The root of a tool that knows only the current folder.
 *
 * ```
 * ["packages/app/src/main.js"], started in /repo → { folder: "/repo", entries: "/repo/packages/app/src" }
 * ```
 */
export function rootOfEntries(
  input: string | readonly string[] | Readonly<Record<string, string>> | undefined,
): ToolRoot {
  const folder = process.cwd();
  const names = typeof input === "string" ? [input] : Object.values(input ?? {});
  // Modules that another plugin makes have no place.
  const places = names.filter((name) => !/^\0|^[\w-]{2,}:/u.test(name));
  const entries = places.map((name) => dirname(resolve(folder, name))).reduce<string | null>(common, null);
  return { folder, entries: entries !== null && isInside(entries, folder) ? entries : null };
}

function common(one: string | null, other: string): string {
  if (one === null) return other;
  let shared = one;
  while (!isInside(other, shared)) shared = dirname(shared);
  return shared;
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
