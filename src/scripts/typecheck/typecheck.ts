/**
 * Checks scripts against the declaration alone. Text in, diagnostics out; which files those are is found elsewhere.
 */
import type { EngineName } from "../../config/engines.ts";
import type { Contract } from "../../model/contract.ts";
import { readHeader } from "../../model/identity/header.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { createScriptChecker, type OnChecked, type ScriptChecker } from "./check-scripts.ts";
import type { Script, ScriptModules } from "./frontend/service.ts";
import { checkPragma, type KnownContract } from "./pragma.ts";

export interface TypecheckOptions {
  /** What the scripts run on. Default: the oldest engine there is. */
  readonly engine?: EngineName;
  /** Modules that scripts import and that are none of them. Without it scripts may import one another, and nothing else. */
  readonly modules?: ScriptModules;
  /** A checker to reuse between calls, for scripts of its own engine. */
  readonly checker?: ScriptChecker;
  /** The digest scripts must name in a `// @contract` line. Default: the one in the declaration's header. */
  readonly digest?: string;
  /** The contract behind the declaration, and older ones: so that a mismatch can say what changed. */
  readonly contract?: Contract;
  readonly known?: readonly KnownContract[];
  /** Scripts that are known to have no finding but that of their `// @contract` line. */
  readonly fitting?: ReadonlySet<Script>;
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
  const digest = options.digest ?? readHeader(declaration).digest;
  const current =
    digest === null ? null : { digest, ...(options.contract && { contract: options.contract }) };
  const { modules, onChecked, fitting = new Set() } = options;
  const others = fitting.size === 0 ? scripts : scripts.filter((script) => !fitting.has(script));
  const settings = {
    among: scripts,
    ...(modules && { modules }),
    ...(onChecked && { onChecked: (done: number) => onChecked(fitting.size + done) }),
  };
  const checked = others.length === 0 ? [] : checker.check(others, declaration, settings);
  const known = [...fitting].map((script) => ({ script, diagnostics: [] }));
  return [...known, ...checked].flatMap(({ script, diagnostics }) => {
    const mismatch = current && checkPragma(script, current, options.known);
    return mismatch ? [mismatch, ...diagnostics] : diagnostics;
  });
}
