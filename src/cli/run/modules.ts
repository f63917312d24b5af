/** What a script on disk may import: the files beside it. And which of them a path to no script was meant for. */
import { basename, dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { meantModule } from "../../model/specifier.ts";
import type { ModuleLoader } from "../../runtime/index.ts";
import { filesBeside } from "../../scripts/beside/beside.ts";

/** `sources` gets the text of each module under its name, for code frames. */
export function besideScript(script: string, cwd: string, sources: Record<string, string>): ModuleLoader {
  const beside = filesBeside(script, cwd);
  return {
    resolve: (specifier, referrer) => beside.find(specifier, referrer),
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
      const found = beside.find(specifier, fileURLToPath(referrer));
      return found === null ? null : asUrl(found);
    },
    load(id) {
      const source = beside.read(fileURLToPath(id));
      if (source !== null) sources[id] = source;
      return source;
    },
    names: () => beside.names(file).map(asUrl),
  };
}

/** The script that a path which leads nowhere is most likely meant for: of the same name in a folder below, or of nearly the same path. */
export function scriptMeant(script: string, cwd: string): string | null {
  const names = filesBeside(script, cwd)
    .names(script)
    .filter((name) => !name.endsWith(".json"));
  const inFolder = names.filter((name) => basename(name) === basename(script));
  return inFolder.length === 1 ? inFolder[0]! : meantModule(script, names);
}
