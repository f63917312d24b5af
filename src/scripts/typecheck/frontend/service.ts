/**
 * Runs one language service for any number of scripts and a declaration that may be exchanged. Knows
 * the compiler, and nothing of what is looked for. Scripts see exactly what exists in an isolate of the engine: its
 * library, and the declaration. No file is read from disk.
 */
import type { EngineName } from "../../../config/engines.ts";
import { scriptOptions } from "../../../library/options.ts";
import { libraryOf } from "../../../library/library.ts";
import { libFolder, ts } from "../../../read/frontend/ts6/compiler.ts";

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
  readonly engine: EngineName;
}

/** Names of files that exist in memory only; no script has one of them. */
export const declarationFile = "/isobind/secure-exec.d.ts";
const libraryFile = "/isobind/library.d.ts";

function optionsOf(engine: EngineName): ts.CompilerOptions {
  const { options } = ts.convertCompilerOptionsFromJson(scriptOptions(engine), "/isobind");
  // A sandbox has no module loader, and one script must not see another.
  return { ...options, noResolve: true };
}

export interface ScriptService {
  /** Exchanges the declaration; scripts and libraries stay parsed. */
  setDeclaration(text: string): void;
  /** The scripts in a program, each isolated from the others. Call `diagnostics` before the next `open`. */
  open(scripts: readonly Script[]): readonly CheckedScript[];
  /** The compiler's findings in one script, syntax first. */
  diagnostics(checked: CheckedScript): readonly ts.Diagnostic[];
}

/** Opens a service for scripts that run on an engine. */
export function openScriptService(engine: EngineName): ScriptService {
  const options = optionsOf(engine);
  const files = new Map<string, { text: string; version: number; snapshot: ts.IScriptSnapshot }>();
  let roots: readonly string[] = [];
  let revision = 0;
  const put = (name: string, text: string): void => {
    const old = files.get(name);
    if (old?.text === text) return;
    files.set(name, { text, version: (old?.version ?? 0) + 1, snapshot: ts.ScriptSnapshot.fromString(text) });
    revision += 1;
  };
  const library = libraryOf(engine);
  put(libraryFile, library.text);
  // Only what the library refers to is served, so a `/// <reference lib="dom" />` in a script brings nothing.
  const readLibrary = (name: string): string | undefined =>
    name.startsWith(`${libFolder}/`) ? library.files.get(name.slice(libFolder.length + 1)) : undefined;
  put(declarationFile, "");

  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => options,
    getProjectVersion: () => String(revision),
    getScriptFileNames: () => [declarationFile, libraryFile, ...roots],
    getScriptVersion: (name) => String(files.get(name)?.version ?? 0),
    getScriptSnapshot: (name) => {
      const text = files.get(name)?.snapshot;
      if (text) return text;
      const library = readLibrary(name);
      return library === undefined ? undefined : ts.ScriptSnapshot.fromString(library);
    },
    getCurrentDirectory: () => "/isobind",
    getDefaultLibFileName: () => `${libFolder}/lib.es5.d.ts`,
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
        return { script, source, program, engine };
      });
    },
    diagnostics: ({ program, source }) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ],
  };
}

/** What a script's name says about its language; anything unusual is JavaScript. */
function extensionOf(file: string): string {
  return /\.[cm]?ts$/u.test(file) ? ".ts" : ".js";
}
