/**
 * Checks scripts against a declaration: the compiler's findings, the globals it lets pass, promises that are not awaited, and changes of what the host gave.
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
import { kindName, kindOf, type Kinds, kindsOf } from "./frontend/kind.ts";
import { fromCompiler } from "./rules/compiler.ts";
import { findChanges } from "./rules/given.ts";
import { assignedGlobals, findCommonJs, isRequired } from "./rules/globals.ts";
import { findExcluded, splitExcluded } from "./rules/profile.ts";
import { findUnknownKind } from "./rules/kind.ts";
import { type FileFindings, type Part, putTogether } from "./parts.ts";
import { findExports } from "./rules/exports.ts";
import { findResult, splitResult } from "./rules/result.ts";
import { findFloatingPromises } from "./rules/promises.ts";
import { findJsx, findUnsupportedSyntax } from "./rules/unsupported.ts";

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
  /** The same of some scripts among all, to be put together with what others find in theirs. */
  part(scripts: readonly Script[], declaration: string, settings?: CheckSettings): Part<CheckedFile>;
}

/** What was found in a file, with the program it was found in. */
interface CheckedFile extends FileFindings {
  readonly checked: CheckedScript;
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
  function part(
    scripts: readonly Script[],
    declaration: string,
    { modules, among = scripts, onChecked }: CheckSettings = {},
  ): Part<CheckedFile> {
    service.setDeclaration(declaration);
    const kinds = kindsOf(declaration);
    // `input` is a global of every file of a program, and each kind has its own.
    const groups = Array.from(Map.groupBy(scripts, kindName), ([name, members]) => ({
      kind: kindOf(name, kinds),
      members,
    }));
    const imported = new Set<string>();
    const found = new Map<string, CheckedFile>();
    for (const { members, kind } of groups) {
      const open = (some: readonly Script[]): readonly CheckedScript[] =>
        service.open(some, { among, kind, ...(modules && { modules }) });
      const opened = open(members);
      for (const file of importedFiles(service, opened)) imported.add(file);
      for (const some of apart(opened, members)) {
        for (const checked of open(some)) {
          const { file } = checked.script;
          if (found.has(file)) continue;
          found.set(file, findings(service, checked, kinds));
          onChecked?.(found.size);
        }
      }
    }
    return { found: [...found.values()], imported: [...imported] };
  }
  return {
    part,
    check: (scripts, declaration, settings) => putTogether(scripts, [part(scripts, declaration, settings)]),
  };
}

/** Files that these import. */
function importedFiles(service: ScriptService, opened: readonly CheckedScript[]): ReadonlySet<string> {
  const imported = new Set<string>();
  for (const { source, program } of opened) {
    const { imports = [] } = source as { imports?: readonly ts.Node[] };
    for (const literal of imports) {
      const [module] = program.getTypeChecker().getSymbolAtLocation(literal)?.declarations ?? [];
      const file = module && ts.isSourceFile(module) ? service.fileOf(module) : undefined;
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

function findings(service: ScriptService, checked: CheckedScript, kinds: Kinds): CheckedFile {
  // The compiler goes first: once it has checked a file, every type our own rules ask about is known.
  const raw = service
    .diagnostics(checked)
    .filter((finding) => !isRequired(checked, finding) && !saidByRules.has(finding.code));
  const jsx = raw.some(isOfSyntax) ? findJsx(checked) : [];
  if (jsx.length > 0)
    return {
      script: checked.script,
      kind: checked.kind.name,
      own: jsx,
      ofExports: [],
      compiler: [],
      checked,
    };
  const outside = findExcluded(checked);
  const { others: unexcluded, excluded } = splitExcluded(checked, raw, outside);
  const { others, results } = splitResult(checked, unexcluded);
  return {
    script: checked.script,
    kind: checked.kind.name,
    own: [
      ...findUnknownKind(checked.script, kinds),
      ...outside,
      ...excluded,
      ...findCommonJs(checked),
      ...findFloatingPromises(checked),
      ...findChanges(checked, raw),
      ...findUnsupportedSyntax(checked),
    ],
    ofExports: [...results, ...findResult(checked), ...findExports(checked)],
    compiler: others.map((finding) => fromCompiler(checked, finding)),
    checked,
  };
}

const isOfSyntax = ({ code }: ts.Diagnostic): boolean => code < 2000;

/** What a rule of ours says: of `Disposable`, that an engine has no `using`; of elements without types or an option, that scripts have no JSX. */
const saidByRules: ReadonlySet<number> = new Set([2318, 7026, 17004]);
