/**
 * Finds the TypeScript 7 that a project has installed, without loading anything. A project may have it under another name, beside an
 * older `typescript`.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What it is called when a project does not say. */
const usualName = "typescript";

/** Where a project has it; or why it cannot be used, as a clause (`is not installed`) and a way out. */
export type Found =
  { readonly folder: string; readonly version: string } | { readonly reason: string; readonly help: string };

/**
 * Looks for it as an import in the project's root would, without loading anything.
 *
 * @example
 * findTypeScript7("/home/me/app", "typescript-7"); // { folder: "/home/me/app/node_modules/typescript-7", version: "7.0.2" }
 */
export function findTypeScript7(root: string, name: string): Found {
  const folder = folderOf(root, name);
  const install =
    name === usualName
      ? 'Install it: `npm install --save-dev typescript@7`; beside an older one as `npm install --save-dev typescript-7@npm:typescript@7` with `compiler: { native: "typescript-7" }`.'
      : `Install it: \`npm install --save-dev ${name}@npm:typescript@7\`.`;
  if (folder === null) return { reason: `the package \`${name}\` is not installed`, help: install };
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version?: unknown };
  if (typeof version !== "string" || !/^7\./.test(version)) {
    return { reason: `the package \`${name}\` is TypeScript ${String(version)}, not 7`, help: install };
  }
  return { folder, version };
}

/** The package's folder, where Node would find it; a package that exports nothing of itself is found too. */
function folderOf(root: string, name: string): string | null {
  for (let at = root; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (existsSync(join(folder, "package.json"))) return folder;
    if (dirname(at) === at) return null;
  }
}
