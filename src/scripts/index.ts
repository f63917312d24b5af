/**
 * `isobind/scripts`: checks of scripts as an API. Loads a compiler: a server imports it where it checks, not where it runs.
 */
export {
  createChecker,
  type Checker,
  type CheckerOptions,
  type CheckLoader,
  type CheckOptions,
  type Gathered,
  type GatherOptions,
} from "./checker.ts";
export type { Diagnostic } from "../diagnostics/diagnostic.ts";
export { engineNames, type EngineName } from "../config/engines.ts";
