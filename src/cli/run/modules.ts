/** What a script on disk may import: the files beside it. And which of them a path to no script was meant for. */
import { basename, dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { meantModule } from "../../model/specifier.ts";
import type { ModuleLoader } from "../../runtime/index.ts";
import { filesBeside, type Beside } from "../../scripts/beside/beside.ts";

/** `sources` gets the text of each module under its name, for code frames. */
export function besideScript(script: string, cwd: string, sources: Record<string, string>): ModuleLoader {
  const beside = filesBeside(script, cwd);
  return {
    resolve: (specifier, referrer) => found(beside, specifier, referrer),
    load(id) {
      const source = beside.read(id);
      if (source !== null) sources[id] = source;
      return source;
    },
    names: () => beside.names(script),
  };
}

/** The same under `file:` URLs, by which debuggers find files. */
export function besideAsUrls(file: string, sources: Record<string, string>): ModuleLoader {
  const beside = filesBeside(file, dirname(file));
  const asUrl = (name: string): string => pathToFileURL(name).href;
  return {
    resolve(specifier, referrer) {
      const name = found(beside, specifier, fileURLToPath(referrer));
      return name === null ? null : asUrl(name);
    },
    load(id) {
      const source = beside.read(fileURLToPath(id));
      if (source !== null) sources[id] = source;
      return source;
    },
    names: () => beside.names(file).map(asUrl),
  };
}

/** Throws for a name that leads to what a script may not have. */
function found(beside: Beside, specifier: string, from: string): string | null {
  const name = beside.find(specifier, from);
  const why = name === null ? beside.whyNot(specifier, from) : null;
  if (why !== null) throw Object.assign(new Error(`${why}.`), { code: "ERR_MODULE_NOT_FOUND" });
  return name;
}

/** The script that a path which leads nowhere is most likely meant for: of the same name in a folder below, or of nearly the same path. */
export function scriptMeant(script: string, cwd: string): string | null {
  const names = filesBeside(script, cwd)
    .names(script)
    .filter((name) => !name.endsWith(".json"));
  const inFolder = names.filter((name) => basename(name) === basename(script));
  return inFolder.length === 1 ? inFolder[0]! : meantModule(script, names);
}
