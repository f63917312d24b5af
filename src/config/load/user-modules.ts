/**
 * Lets Node load the user's TypeScript as it stands, for programs that import their modules, as `isobind run` does.
 */
import { registerHooks } from "node:module";
import { loadModuleSyntax } from "./module-syntax.ts";
import { resolveToSources } from "./sources.ts";

let isHooked = false;

/** Installs the hooks for the rest of the process. */
export function loadUserModules(): void {
  if (isHooked) return;
  isHooked = true;
  registerHooks({ resolve: resolveToSources, load: loadModuleSyntax });
}
