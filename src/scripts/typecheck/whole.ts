/**
 * All that checks scripts with the compiler isobind carries, as one module: it is loaded when a script has to be looked at, in the middle of a call that
 * returns findings and no promise.
 */
export { createScriptChecker, type ScriptChecker } from "./check-scripts.ts";
export { extensionOf, gatherModules } from "./gather.ts";
export { typecheckScripts } from "./typecheck.ts";
