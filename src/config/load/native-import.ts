/** Imports a module with Node's own `import()`, also where a bundler or a test runner has loaded this file with its own. */
import { constants, Script } from "node:vm";
import { quietly } from "./quietly.ts";

/**
 * An `import()` that bundlers and test runners, which may load us, do not rewrite into their own. Node announces the
 * constant as experimental; a user need not know.
 */
export function nativeImport(url: string): Promise<{ readonly [name: string]: unknown }> {
  return quietly(() => {
    const script = new Script("(url) => import(url)", {
      // Without a name the import would count as the program's entry point.
      filename: import.meta.url,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    return (script.runInThisContext() as typeof nativeImport)(url);
  });
}
