/**
 * Finds which scripts a change of the contract breaks, where, and which change is to blame. Scripts are checked
 * against the old and the new declaration in one language service; what is new is the change's doing.
 */
import type { EngineName } from "../../config/engines.ts";
import type { Contract } from "../../model/contract.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { report } from "../../diagnostics/report.ts";
import type { Change } from "../../diff/change.ts";
import { diffContracts } from "../../diff/diff.ts";
import { createScriptChecker, type ScriptChecker, type ScriptFindings } from "../typecheck/check-scripts.ts";
import type { Script, ScriptModules } from "../typecheck/frontend/service.ts";
import { causeOf } from "./cause.ts";

/** One side of a change. */
export interface Side {
  readonly contract: Contract;
  /** The text of the `secure-exec.d.ts` that belongs to it. */
  readonly declaration: string;
}

export interface BrokenScript {
  readonly file: string;
  /** What the new declaration made wrong, in order of place; each with the change that caused it when one is found. */
  readonly breaks: readonly Break[];
}

export interface Break {
  /** Code `script-broken`: the finding in the script, with its file, line and column. */
  readonly diagnostic: Diagnostic;
  /** The compiler's or our own finding as `typecheck` reports it. */
  readonly finding: Diagnostic;
  readonly cause: Change | null;
}

export interface Impact {
  readonly scripts: number;
  readonly broken: readonly BrokenScript[];
  /** Scripts that did not fit the old contract either, with what was wrong then. They may be in `broken` too. */
  readonly brokenBefore: readonly { readonly file: string; readonly diagnostics: readonly Diagnostic[] }[];
  /** All of it as diagnostics: `script-broken` errors, then `script-broken-before` warnings. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ImpactOptions {
  /** What the scripts run on. Default: the oldest engine there is. */
  readonly engine?: EngineName;
  /** Modules that scripts import and that are none of them. */
  readonly modules?: ScriptModules;
  /** A checker to reuse between calls, for scripts of its own engine. */
  readonly checker?: ScriptChecker;
  /** Called after each script of each side: how many of how many are done. */
  readonly onChecked?: (done: number, all: number) => void;
  /** The changes between the two sides, when they are known already. */
  readonly changes?: readonly Change[];
}

/**
 * Type-checks scripts against both sides of a change and reports those that the change breaks.
 *
 * @example
 * const { broken } = impact(scripts, { contract, declaration }, { contract: next, declaration: nextDeclaration });
 * broken[0].breaks[0].cause?.message; // "`db.query`, `result[].email`: the property `email` is gone."
 */
export function impact(
  scripts: readonly Script[],
  before: Side,
  after: Side,
  options: ImpactOptions = {},
): Impact {
  const checker = options.checker ?? createScriptChecker(options.engine, options.modules);
  const changes = options.changes ?? diffContracts(before.contract, after.contract);
  const all = scripts.length * 2;
  const tell = (from: number) => ({
    onChecked: (done: number) => options.onChecked?.(Math.min(all, from + done), all),
    ...(options.modules && { modules: options.modules }),
  });
  const old = checker.check(scripts, before.declaration, tell(0));
  const now = checker.check(scripts, after.declaration, tell(scripts.length));
  const broken: BrokenScript[] = [];
  const brokenBefore: { file: string; diagnostics: readonly Diagnostic[] }[] = [];
  const earlierOf = new Map(old.map((findings) => [findings.script.file, findings]));
  for (const findings of now) {
    const earlier = earlierOf.get(findings.script.file);
    if (!earlier) continue;
    const { file } = findings.script;
    if (earlier.diagnostics.length > 0) brokenBefore.push({ file, diagnostics: earlier.diagnostics });
    const breaks = newFindings(earlier, findings).map((finding) =>
      toBreak(finding, earlier, findings, changes),
    );
    if (breaks.length > 0) broken.push({ file, breaks });
  }
  return {
    scripts: scripts.length,
    broken,
    brokenBefore,
    diagnostics: [
      ...broken.flatMap(({ breaks }) => breaks.map(({ diagnostic }) => diagnostic)),
      ...brokenBefore.flatMap(({ diagnostics }) => diagnostics.map(toWarning)),
    ],
  };
}

/** Findings that were not there before: the texts of both sides are the same, so place and code identify one. */
function newFindings(before: ScriptFindings, after: ScriptFindings): readonly Diagnostic[] {
  const key = ({ code, line, column }: Diagnostic): string => `${line}:${column}:${code}`;
  const known = new Set(before.diagnostics.map(key));
  return after.diagnostics.filter((finding) => !known.has(key(finding)));
}

function toBreak(
  finding: Diagnostic,
  before: ScriptFindings,
  after: ScriptFindings,
  changes: readonly Change[],
): Break {
  const cause = causeOf(finding, before.checked, after.checked, changes);
  const { file, line, column, endLine, endColumn } = finding;
  const place =
    file === null || line === null || column === null
      ? null
      : { file, line, column, endLine: endLine ?? line, endColumn: endColumn ?? column };
  const text = {
    text: finding.message,
    cause: cause ? ` Because of ${cause.message}` : "",
    help: cause?.help ?? finding.help,
  };
  const path = cause && cause.path.length > 0 ? cause.path : finding.path;
  return { diagnostic: report("script-broken", text, place, path), finding, cause };
}

function toWarning(finding: Diagnostic): Diagnostic {
  const { message, help } = report("script-broken-before", { text: finding.message }, null);
  return { ...finding, code: "script-broken-before", severity: "warning", message, help };
}
