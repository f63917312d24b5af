/** What a script on disk may import: the files beside it. */
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
