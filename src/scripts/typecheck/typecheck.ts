/**
 * Checks scripts against the declaration alone. Text in, diagnostics out; which files those are is found elsewhere.
 */
import type { EngineName } from "../../config/engines.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { createScriptChecker, type OnChecked, type ScriptChecker } from "./check-scripts.ts";
import type { Script, ScriptModules } from "./frontend/service.ts";
import { type Contracts, withContracts } from "./pragma.ts";

export interface TypecheckOptions extends Contracts {
  /** What the scripts run on. Default: the oldest engine there is. */
  readonly engine?: EngineName;
  /** Modules that scripts import and that are none of them. Without it scripts may import one another, and nothing else. */
  readonly modules?: ScriptModules;
  /** A checker to reuse between calls, for scripts of its own engine. */
  readonly checker?: ScriptChecker;
  /** Called after each script, for progress. */
  readonly onChecked?: OnChecked;
}

/**
 * Type-checks scripts in TypeScript and JavaScript against a declaration and what an engine's isolate has: nothing of Node
 * or the DOM. Each script is a module of its own with top-level await; what it imports is checked as well, and reported there.
 *
 * @example
 * typecheckScripts([{ file: "a.ts", text: "SecureExec.bindings.db.qurey('x');" }], declaration)[0].message;
 * // "`SecureExec.bindings.db` has no `qurey`. Did you mean `query`? (TS2551)"
 */
export function typecheckScripts(
  scripts: readonly Script[],
  declaration: string,
  options: TypecheckOptions = {},
): Diagnostic[] {
  const checker = options.checker ?? createScriptChecker(options.engine, options.modules);
  const { modules, onChecked } = options;
  const settings = { ...(modules && { modules }), ...(onChecked && { onChecked }) };
  return withContracts(scripts, checker.check(scripts, declaration, settings), declaration, options);
}
