/**
 * Loads the TypeScript 7 that a project has installed, starts it and ends it. This is the only file that names its API, which is
 * called `typescript/unstable/…` in 7.0 and will be called otherwise in 7.1.
 *
 * It is native code in a process of its own, which answers one question after the other. Its types are those of the development
 * dependency; a user installs it as an optional peer, under whatever name a project has for it beside an older `typescript`.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Sync from "typescript/unstable/sync";
import type * as Ast from "typescript/unstable/ast";
import type { FileSystem } from "typescript/unstable/fs";

export type { Ast, FileSystem, Sync };

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

/** Starts its process. Whoever has it ends it. */
export function startTypeScript7({ sync }: TypeScript7, cwd: string, fs: FileSystem): Sync.API {
  return new sync.API({ cwd, fs });
}

/**
 * Ends its process. Asked to end, it lets go of every object first, and writes a line about the signal on stderr, which is the user's.
 * It has nothing to finish, so it is not asked.
 */
export function endTypeScript7(api: Sync.API): void {
  const { client } = api as unknown as { client?: Partial<Client> };
  if (client?.channel?.child === undefined || client.close === undefined) return api.close();
  client.channel.child.kill("SIGKILL");
  client.close();
}

/** What its client does not show. */
interface Client {
  readonly channel: { readonly child?: { kill(signal: "SIGKILL"): boolean } };
  close(): void;
}
