/** Exports the checks of scripts, as the generator and the command line use them. */
export type { Script, ScriptModules } from "./frontend/service.ts";
export { typecheckScripts, type TypecheckOptions } from "./typecheck.ts";
