/**
 * The check of scripts as an API: opens a declaration once and checks any number of scripts against it, as `isobind typecheck` does. The
 * compiler and its libraries stay loaded between checks.
 */
import type { EngineName } from "../config/engines.ts";
import { declarationOf } from "../declaration.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { unknownOptions, type OptionNames } from "../model/option-names.ts";
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
 * Throws a `TypeError` when neither or both of `contract` and `declaration` are given, when a declaration does not declare `SecureExec`, and, as `check`, for an option that does not exist.
 *
 * @example
 * const checker = createChecker({ contract: JSON.parse(await readFile("generated/contract.json", "utf8")) });
 * checker.check("SecureExec.bindings.grete('x');", { filename: "a.ts" })[0].message;
 * // "`SecureExec.bindings` has no `grete`. Did you mean `greet`? (TS2551)"
 */
export function createChecker(options: CheckerOptions): Checker {
  refuseUnknown("createChecker", options, checkerNames);
  const { contract, declaration, engine } = options;
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
    check(source, asked = {}) {
      refuseUnknown("check", asked, checkNames);
      const { filename = "script.ts", kind } = asked;
      return typecheckScripts([{ file: filename, text: source, ...(kind !== undefined && { kind }) }], text, {
        checker,
      });
    },
  };
}

const checkerNames: OptionNames<CheckerOptions> = { contract: true, declaration: true, engine: true };
const checkNames: OptionNames<CheckOptions> = { filename: true, kind: true };

function refuseUnknown(of: string, options: unknown, known: Readonly<Record<string, true>>): void {
  const why = unknownOptions(of, options, known);
  if (why !== null) throw new TypeError(why);
}
