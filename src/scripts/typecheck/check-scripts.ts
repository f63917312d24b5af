/**
 * Checks scripts against a declaration: the compiler's findings, the globals it lets pass, promises that are not awaited.
 */
import { defaultEngines, type EngineName, oldestEngine } from "../../config/engines.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import {
  type CheckedScript,
  openScriptService,
  type Script,
  type ScriptModules,
  type ScriptService,
  ts,
} from "./frontend/service.ts";
import { type Kind, kindName, kindOf, type Kinds, kindsOf } from "./frontend/kind.ts";
import { fromCompiler } from "./rules/compiler.ts";
import { assignedGlobals, findCommonJs, isRequired } from "./rules/globals.ts";
import { findExcluded, splitExcluded } from "./rules/profile.ts";
import { findUnknownKind } from "./rules/kind.ts";
import { findExports } from "./rules/exports.ts";
import { findResult, splitResult } from "./rules/result.ts";
import { findFloatingPromises } from "./rules/promises.ts";
import { findUnsupportedSyntax } from "./rules/unsupported.ts";

/** One script with its findings, sorted by place. */
export interface ScriptFindings {
  readonly script: Script;
  readonly diagnostics: readonly Diagnostic[];
  /** The script in the program it was checked in, for those who must look closer. */
  readonly checked: CheckedScript;
}

export interface ScriptChecker {
  /**
   * Checks scripts against a declaration, and behind them the modules they import that are none of them; libraries and unchanged scripts stay parsed
   * between calls.
   */
  check(scripts: readonly Script[], declaration: string, settings?: CheckSettings): readonly ScriptFindings[];
}

export interface CheckSettings {
  /** What the scripts of this check may import beside one another. Default: what the checker was made with. */
  readonly modules?: ScriptModules;
  /** All scripts there are, when these are some of them: what they may import. */
  readonly among?: readonly Script[];
  readonly onChecked?: OnChecked;
}

/** Called after each script: how many are done. */
export type OnChecked = (done: number) => void;

/**
 * Opens a checker for scripts of an engine, by default the oldest there is. It is kept for many checks: the first one pays for the
 * libraries, every later one for its scripts.
 *
 * @example
 * const checker = createScriptChecker();
 * checker.check([{ file: "a.ts", text: "SecureExec.bindings.grete('x');" }], declaration)[0].diagnostics;
 */
export function createScriptChecker(engine?: EngineName, modules?: ScriptModules): ScriptChecker {
  return createScriptCheckerOf(openScriptService(engine ?? oldestEngine(defaultEngines), modules));
}

/** The same with a compiler that others ask as well. */
export function createScriptCheckerOf(service: ScriptService): ScriptChecker {
  return {
    check(scripts, declaration, { modules, among = scripts, onChecked } = {}) {
      service.setDeclaration(declaration);
      const kinds = kindsOf(declaration);
      // `input` is a global of every file of a program, and each kind has its own.
      const groups = Array.from(Map.groupBy(scripts, kindName), ([name, members]) => ({
        kind: kindOf(name, kinds),
        members,
      }));
      const open = (members: readonly Script[], kind: Kind): readonly CheckedScript[] =>
        service.open(members, { among, kind, ...(modules && { modules }) });
      const imported = new Set(
        groups.flatMap(({ members, kind }) => [...importedFiles(open(members, kind))]),
      );
      const results = new Map<string, ScriptFindings>();
      for (const { members, kind } of groups) {
        for (const part of apart(open(members, kind), members)) {
          for (const checked of open(part, kind)) {
            const { file } = checked.script;
            if (results.has(file)) continue;
            results.set(file, findings(service, checked, { imported, kinds }));
            onChecked?.(results.size);
          }
        }
      }
      // Behind the scripts the modules that they import.
      const files = new Set([...scripts.map(({ file }) => file), ...results.keys()]);
      return [...files].flatMap((file) => results.get(file) ?? []);
    },
  };
}

/** Files that others import: what they export is for those, and need not cross. */
function importedFiles(opened: readonly CheckedScript[]): ReadonlySet<string> {
  const files = new Map(opened.map(({ source, script }) => [source, script.file]));
  const imported = new Set<string>();
  for (const { source, program } of opened) {
    const { imports = [] } = source as { imports?: readonly ts.Node[] };
    for (const literal of imports) {
      const [module] = program.getTypeChecker().getSymbolAtLocation(literal)?.declarations ?? [];
      const file = module && ts.isSourceFile(module) ? files.get(module) : undefined;
      if (file !== undefined) imported.add(file);
    }
  }
  return imported;
}

/** `declare global` reaches every file of a program: such a script gets a program of its own. */
function apart(opened: readonly CheckedScript[], members: readonly Script[]): readonly (readonly Script[])[] {
  const leaking = new Set(opened.filter(leaks).map(({ script }) => script));
  if (leaking.size === 0) return [members];
  const clean = members.filter((script) => !leaking.has(script));
  return [clean, ...[...leaking].map((script) => [script])];
}

function leaks({ source, program }: CheckedScript): boolean {
  program.getTypeChecker();
  const { moduleAugmentations } = source as { moduleAugmentations?: readonly unknown[] };
  return (moduleAugmentations ?? []).length > 0 || assignedGlobals(source).size > 0;
}

interface Known {
  readonly imported: ReadonlySet<string>;
  readonly kinds: Kinds;
}

function findings(
  service: ScriptService,
  checked: CheckedScript,
  { imported, kinds }: Known,
): ScriptFindings {
  // The compiler goes first: once it has checked a file, every type our own rules ask about is known.
  const raw = service
    .diagnostics(checked)
    .filter((finding) => !isRequired(checked, finding) && finding.code !== globalTypeMissing);
  const outside = findExcluded(checked);
  const { others: unexcluded, excluded } = splitExcluded(checked, raw, outside);
  const { others, results } = splitResult(checked, unexcluded);
  const compiler = others.map((finding) => fromCompiler(checked, finding));
  const own = [
    ...findUnknownKind(checked.script, kinds),
    ...outside,
    ...excluded,
    ...findCommonJs(checked),
    ...findFloatingPromises(checked),
    ...findUnsupportedSyntax(checked),
    // What a module exports is for those that import it.
    ...(imported.has(checked.script.file)
      ? []
      : [...results, ...findResult(checked), ...findExports(checked)]),
  ];
  // One place, one finding: what the compiler says about a promise in a condition is enough.
  const places = new Set<string>();
  const diagnostics = [...own, ...compiler].sort(byPlace).filter((diagnostic) => {
    const place = `${diagnostic.line}:${diagnostic.column}:${diagnostic.code}`;
    return !places.has(place) && places.add(place);
  });
  return { script: checked.script, diagnostics, checked };
}

/** `Disposable`, where an engine has no `using`: a rule of ours says that. */
const globalTypeMissing = 2318;

const byPlace = (a: Diagnostic, b: Diagnostic): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || (a.code < b.code ? -1 : 1);
