/**
 * Finds the TypeScript 7 that a project has installed, and starts it. This is the only file that names it: its API is called
 * `typescript/unstable/…` in 7.0 and will be called otherwise in 7.1.
 *
 * It is native code in a process of its own, which answers one question after the other. Its types are those of the development
 * dependency; a user installs it as an optional peer, under whatever name a project has for it beside an older `typescript`.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type * as Sync from "typescript/unstable/sync";
import type * as Ast from "typescript/unstable/ast";
import type { FileSystem } from "typescript/unstable/fs";

export type { Ast, FileSystem, Sync };

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

/** What of it is used: the client of its process, and the functions that know its syntax trees. */
export interface TypeScript7 {
  readonly sync: typeof Sync;
  readonly ast: typeof Ast;
  readonly is: typeof import("typescript/unstable/ast/is");
}

const loaded = new Map<string, TypeScript7>();

/** Loads its client. Throws what Node throws when the package is not what its version says. */
export function loadTypeScript7(folder: string): TypeScript7 {
  const known = loaded.get(folder);
  if (known !== undefined) return known;
  const require = createRequire(join(folder, "package.json"));
  // A package may ask for its own exports by its own name, whatever folder it lies in.
  const { name } = require("./package.json") as { name: string };
  const part = <T>(path: string): T => require(`${name}/unstable/${path}`) as T;
  const api = {
    sync: part<typeof Sync>("sync"),
    ast: part<typeof Ast>("ast"),
    is: part<TypeScript7["is"]>("ast/is"),
  };
  loaded.set(folder, api);
  return api;
}

/** Starts its process. Whoever has it closes it: `api.close()`. */
export function startTypeScript7({ sync }: TypeScript7, cwd: string, fs: FileSystem): Sync.API {
  return new sync.API({ cwd, fs });
}
