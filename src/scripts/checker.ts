/**
 * The check of scripts as an API: opens a declaration once and checks any number of scripts against it, as `isobind typecheck` does. The
 * compiler and its libraries stay loaded between checks.
 */
import type { EngineName } from "../config/engines.ts";
import { declarationOf } from "../declaration.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Registry } from "../model/registry.ts";
import { createScriptChecker } from "./typecheck/check-scripts.ts";
import { typecheckScripts } from "./typecheck/typecheck.ts";

/** Exactly one of `contract` and `declaration`. */
export interface CheckerOptions {
  /** The content of a `contract.json`, parsed or as text, or a registry. */
  readonly contract?: Registry | object | string;
  /** The text of a `secure-exec.d.ts`. */
  readonly declaration?: string;
  /** What the scripts run on. Default: `node22`, the oldest there is. */
  readonly engine?: EngineName;
}

export interface CheckOptions {
  /** Names the script in findings; its extension says the language. Default: `script.ts`. */
  readonly filename?: string;
  /** The kind of script, of the definition's `Scripts`, when it names none itself. */
  readonly kind?: string;
}

export interface Checker {
  /** What is wrong with a script, by place: the findings of `isobind typecheck`. Empty when it fits. */
  check(source: string, options?: CheckOptions): readonly Diagnostic[];
}

/**
 * Opens a checker. Keep it: its first check reads the libraries, every later one only its script.
 *
 * Throws a `TypeError` when neither or both of `contract` and `declaration` are given, or when a declaration does not declare `SecureExec`.
 *
 * @example
 * const checker = createChecker({ contract: JSON.parse(await readFile("generated/contract.json", "utf8")) });
 * checker.check("SecureExec.bindings.grete('x');", { filename: "a.ts" })[0].message;
 * // "`SecureExec.bindings` has no `grete`. Did you mean `greet`? (TS2551)"
 */
export function createChecker({ contract, declaration, engine }: CheckerOptions): Checker {
  if ((contract === undefined) === (declaration === undefined)) {
    throw new TypeError("createChecker: give either `contract` or `declaration`.");
  }
  const text = declaration ?? declarationOf(contract as Registry | object | string);
  if (!/\bSecureExec\b/u.test(text)) {
    throw new TypeError(
      "createChecker: the declaration does not declare `SecureExec`; give the text of a `secure-exec.d.ts`.",
    );
  }
  const checker = createScriptChecker(engine);
  return {
    check: (source, { filename = "script.ts", kind } = {}) =>
      typecheckScripts([{ file: filename, text: source, ...(kind !== undefined && { kind }) }], text, {
        checker,
      }),
  };
}
