/** Script checks, as the generator and the command line use them. */
export { createScriptChecker, type ScriptChecker, type ScriptFindings } from "./check-scripts.ts";
export { findScripts } from "./find-scripts.ts";
export type { Script } from "./frontend/service.ts";
export { checkPragma, type KnownContract } from "./pragma.ts";
export { typecheckScripts, type TypecheckOptions } from "./typecheck.ts";
