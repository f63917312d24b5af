/**
 * Runs one language service for any number of scripts and a declaration that may be exchanged. Knows
 * the compiler, and nothing of what is looked for. Scripts see exactly what exists in an isolate: the ECMAScript
 * library without shared memory, the declaration, and the sandbox's small globals. No file is read from disk.
 */
import { libFolder, libText, ts } from "../../../read/frontend/ts6/compiler.ts";

export { ts };

export interface Script {
  /** The name that findings carry; relative to the working folder, with `/`. */
  readonly file: string;
  readonly text: string;
}

/** A script in a program. `text` is what was checked. */
export interface CheckedScript {
  readonly script: Script;
  readonly source: ts.SourceFile;
  readonly program: ts.Program;
}

/** Names of files that exist in memory only; no script has one of them. */
export const declarationFile = "/isobind/secure-exec.d.ts";
const globalsFile = "/isobind/script-globals.d.ts";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts"],
  types: [],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  // Each script is a module of its own with top-level await, also without an import or export.
  moduleDetection: ts.ModuleDetectionKind.Force,
  // A sandbox has no module loader, and one script must not see another.
  noResolve: true,
  strict: true,
  // Validators refuse an explicit `undefined` where none is declared; so does the check.
  exactOptionalPropertyTypes: true,
  // Types are stripped before a script runs: what needs code (enums, namespaces) would not be there.
  erasableSyntaxOnly: true,
  // They are stripped from each script alone: the export of a type, and a member of a constant enum that is only declared, would be left behind.
  verbatimModuleSyntax: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
};

export interface ScriptService {
  /** Exchanges the declaration; scripts and libraries stay parsed. */
  setDeclaration(text: string): void;
  /** The scripts in a program, each isolated from the others. Call `diagnostics` before the next `open`. */
  open(scripts: readonly Script[]): readonly CheckedScript[];
  /** The compiler's findings in one script, syntax first. */
  diagnostics(checked: CheckedScript): readonly ts.Diagnostic[];
}

/** Opens a service. `globals` is the declaration of what every script has beside its bindings. */
export function openScriptService(globals: string): ScriptService {
  const files = new Map<string, { text: string; version: number; snapshot: ts.IScriptSnapshot }>();
  let roots: readonly string[] = [];
  let revision = 0;
  const put = (name: string, text: string): void => {
    const old = files.get(name);
    if (old?.text === text) return;
    files.set(name, { text, version: (old?.version ?? 0) + 1, snapshot: ts.ScriptSnapshot.fromString(text) });
    revision += 1;
  };
  put(globalsFile, globals);
  put(declarationFile, "");

  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => options,
    getProjectVersion: () => String(revision),
    getScriptFileNames: () => [declarationFile, globalsFile, ...roots],
    getScriptVersion: (name) => String(files.get(name)?.version ?? 0),
    getScriptSnapshot: (name) => {
      const text = files.get(name)?.snapshot;
      if (text) return text;
      const library = readLibrary(name);
      return library === undefined ? undefined : ts.ScriptSnapshot.fromString(library);
    },
    getCurrentDirectory: () => "/isobind",
    getDefaultLibFileName: () => `${libFolder}/lib.es2023.d.ts`,
    fileExists: (name) => files.has(name) || readLibrary(name) !== undefined,
    readFile: (name) => files.get(name)?.text ?? readLibrary(name),
    directoryExists: () => true,
    getDirectories: () => [],
  };
  const service = ts.createLanguageService(host, ts.createDocumentRegistry(true));

  return {
    setDeclaration: (text) => put(declarationFile, text),
    open(scripts) {
      const names = scripts.map((script, index) => {
        const name = `/scripts/${index}${extensionOf(script.file)}`;
        put(name, script.text);
        return name;
      });
      if (roots.join() !== names.join()) {
        roots = names;
        revision += 1;
      }
      const program = service.getProgram();
      if (!program) throw new Error("The language service has no program, though its host has files.");
      return scripts.map((script, index): CheckedScript => {
        const source = program.getSourceFile(names[index] ?? "");
        if (!source) throw new Error(`The script ${script.file} is not in the program it was put into.`);
        return { script, source, program };
      });
    },
    diagnostics: ({ program, source }) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ],
  };
}

/**
 * The library without `SharedArrayBuffer` and `Atomics`: the sandbox has neither. Only ECMAScript is served, so a
 * `/// <reference lib="dom" />` in a script brings nothing.
 */
function readLibrary(name: string): string | undefined {
  if (!/\/lib\.(?:es|decorators)[\w.]*\.d\.ts$/u.test(name)) return undefined;
  return /sharedmemory/u.test(name) ? "" : libText(name);
}

/** What a script's name says about its language; anything unusual is JavaScript. */
function extensionOf(file: string): string {
  return /\.[cm]?ts$/u.test(file) ? ".ts" : ".js";
}
