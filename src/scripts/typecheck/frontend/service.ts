/**
 * Runs one language service for any number of scripts and a declaration that may be exchanged. Knows
 * the compiler, and nothing of what is looked for. Scripts see exactly what exists in an isolate of the engine: its
 * library, and the declaration. No file is read from disk.
 */
import type { EngineName } from "../../../config/engines.ts";
import { scriptOptions } from "../../../library/options.ts";
import { verbatim } from "../../../library/compose.ts";
import { inputGlobal } from "../../../library/sandbox-globals.ts";
import { libraryOf } from "../../../library/library.ts";
import { candidates, isRelative, resolveSpecifier, specifierFrom } from "../../../model/specifier.ts";
import { libFolder, ts } from "../../../read/frontend/ts6/compiler.ts";
import { holdDefault, type Inserted } from "./held.ts";
import { anyKind, type Kind } from "./kind.ts";

export { ts };

export interface Script {
  /** The name that findings carry; relative to the working folder, with `/`. */
  readonly file: string;
  readonly text: string;
  /** The kind of script it is when it names none itself, by a line `// @script …`. */
  readonly kind?: string;
}

/** A script in a program. `text` is what was checked. */
export interface CheckedScript {
  readonly script: Script;
  readonly source: ts.SourceFile;
  readonly program: ts.Program;
  readonly engine: EngineName;
  /** What the script could import, as it would name it. Asked with a name that leads nowhere. */
  readonly importable: (specifier: string) => readonly string[];
  /** A name of any form may lead to a module. */
  readonly isHost: boolean;
  /** Why a specifier that leads to no module does not, where that is known. */
  readonly whyNot: (specifier: string) => string | null;
  readonly kind: Kind;
  /** What the text has that the script has not, behind its default export. */
  readonly inserted: Inserted | null;
}

/** Where the modules are that are no scripts of a check themselves; names are those of scripts. */
export interface ScriptModules {
  /** Asked for relative names; for all others too where `isHost`. */
  find(specifier: string, from: string): string | null;
  /** `null`: it is not there any more. */
  read(name: string): string | null;
  names(from: string): readonly string[];
  whyNot?(specifier: string, from: string): string | null;
  /** A host gives them, so that a name of any form may lead to one. */
  readonly isHost?: boolean;
  /** Scripts are no modules, for one another and for themselves. */
  readonly areScriptsNone?: boolean;
  /** The compiler's extension for a module; without it the one of its name. */
  extension?(name: string): Extension;
}

export type Extension = ".ts" | ".js" | ".json";

/** Names of files that exist in memory only; no script has one of them. */
export const declarationFile = "/isobind/secure-exec.d.ts";
const libraryFile = "/isobind/library.d.ts";
/** The global that scripts of each kind have another type for. */
const inputFile = "/isobind/input.d.ts";

function optionsOf(engine: EngineName): ts.CompilerOptions {
  const { options } = ts.convertCompilerOptionsFromJson(scriptOptions(engine), "/isobind");
  return options;
}

export interface OpenOptions {
  /** What the scripts may import beside one another. Default: what the service was opened with. */
  readonly modules?: ScriptModules;
  /** All scripts there are, when these are some of them: what they may import. */
  readonly among?: readonly Script[];
  /** What all of them are; nothing is said of it, unless told. */
  readonly kind?: Kind;
}

export interface ScriptService {
  /** Exchanges the declaration; scripts and libraries stay parsed. */
  setDeclaration(text: string): void;
  /**
   * The scripts in a program, each isolated from the others it does not import; and, behind them, the modules they import that are none of them. Call
   * `diagnostics` before the next `open`.
   */
  open(scripts: readonly Script[], options?: OpenOptions): readonly CheckedScript[];
  /** Which script or module a source of the last `open` is. */
  fileOf(source: ts.SourceFile): string | undefined;
  /** The compiler's findings in one script, syntax first. */
  diagnostics(checked: CheckedScript): readonly ts.Diagnostic[];
  /** Answers for the scripts of the last `open`, by the names of their sources. */
  readonly language: ts.LanguageService;
}

const noModules: ScriptModules = { find: () => null, read: () => null, names: () => [] };

/** Opens a service for scripts that run on an engine. */
export function openScriptService(engine: EngineName, given: ScriptModules = noModules): ScriptService {
  const options = optionsOf(engine);
  let modules = given;
  const files = new Map<string, { text: string; version: number; snapshot: ts.IScriptSnapshot }>();
  /** What was put into the files of scripts, by their names. */
  const inserted = new Map<string, Inserted | null>();
  let roots: readonly string[] = [];
  let revision = 0;
  /** Scripts and modules by the name they have in the program, and back. */
  const scriptOf = new Map<string, Script>();
  const nameOf = new Map<string, string>();
  /** Modules that were found beside the scripts of this check: their names in the program. */
  const found = new Map<string, string>();
  let stale = false;
  const put = (name: string, text: string): void => {
    const old = files.get(name);
    if (old?.text === text) return;
    files.set(name, { text, version: (old?.version ?? 0) + 1, snapshot: ts.ScriptSnapshot.fromString(text) });
    revision += 1;
  };
  const library = libraryOf(engine);
  put(libraryFile, library.text.replace(verbatim(inputGlobal), ""));
  put(inputFile, inputGlobal);
  // Only what the library refers to is served, so a `/// <reference lib="dom" />` in a script brings nothing.
  const readLibrary = (name: string): string | undefined =>
    name.startsWith(`${libFolder}/`) ? library.files.get(name.slice(libFolder.length + 1)) : undefined;
  put(declarationFile, "");

  // The compiler's types leave out what tells it to resolve names again.
  const host: ts.LanguageServiceHost & { hasInvalidatedResolutions(): boolean } = {
    getCompilationSettings: () => options,
    getProjectVersion: () => String(revision),
    getScriptFileNames: () => [declarationFile, libraryFile, inputFile, ...roots],
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
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => ({ resolvedModule: resolveModule(text, from) })),
    // What a name leads to depends on which scripts there are.
    hasInvalidatedResolutions: () => stale,
  };
  const service = ts.createLanguageService(host, ts.createDocumentRegistry(true));

  function resolveModule(specifier: string, from: string): ts.ResolvedModuleFull | undefined {
    const script = scriptOf.get(from);
    if (!script || !(isRelative(specifier) || modules.isHost === true)) return undefined;
    const name = scriptNamed(specifier, script) ?? enterModule(specifier, script.file);
    if (name === undefined) return undefined;
    const extension = name.slice(name.lastIndexOf(".")) as ts.Extension;
    return { resolvedFileName: name, extension, isExternalLibraryImport: false };
  }

  function scriptNamed(specifier: string, { file }: Script): string | undefined {
    if (modules.isHost === true || modules.areScriptsNone === true) return undefined;
    const own = candidates(resolveSpecifier(specifier, file)).find((name) => nameOf.has(name));
    return own === undefined ? undefined : nameOf.get(own);
  }

  function enterModule(specifier: string, from: string): string | undefined {
    const file = modules.find(specifier, from);
    if (file === null) return undefined;
    const known = nameOf.get(file) ?? found.get(file);
    if (known !== undefined) return known;
    const text = modules.read(file);
    if (text === null) return undefined;
    const extension = modules.extension?.(file) ?? (file.endsWith(".json") ? ".json" : extensionOf(file));
    const name = `/scripts/beside/${found.size}${extension}`;
    found.set(file, name);
    scriptOf.set(name, { file, text });
    put(name, text);
    return name;
  }

  /** Modules that were read for an earlier check may be others by now; those of another place are. */
  function refresh(wanted: ScriptModules): void {
    if (wanted !== modules) {
      for (const name of found.values()) scriptOf.delete(name);
      revision += 1;
      found.clear();
      stale = true;
    }
    modules = wanted;
    for (const [file, name] of found) {
      const text = modules.read(file) ?? "";
      scriptOf.set(name, { file, text });
      put(name, text);
    }
  }

  function checkedIn(program: ts.Program, script: Script, name: string, kind: Kind): CheckedScript | null {
    const source = program.getSourceFile(name);
    if (!source) return null;
    const importable = (specifier: string): readonly string[] =>
      [...nameOf.keys(), ...modules.names(script.file)]
        .filter((file) => file !== script.file)
        .map((file) => (isRelative(specifier) ? specifierFrom(file, script.file) : file))
        // What was written leads nowhere: a host's module of such a name is meant without the dot.
        .map((name) => (name === specifier ? name.replace(/^\.\//u, "") : name));
    const { isHost = false } = modules;
    const why = modules.whyNot?.bind(modules);
    const whyNot = (specifier: string): string | null => why?.(specifier, script.file) ?? null;
    return {
      script,
      source,
      program,
      engine,
      importable,
      isHost,
      whyNot,
      kind,
      inserted: inserted.get(name) ?? null,
    };
  }

  return {
    setDeclaration: (text) => put(declarationFile, text),
    open(scripts, { among = scripts, kind = anyKind, modules: wanted = given } = {}) {
      put(inputFile, kind.input);
      inserted.clear();
      const asked = new Set(scripts);
      stale = false;
      refresh(wanted);
      nameOf.clear();
      const own = new Map<Script, string>();
      among.forEach((script, index) => {
        const name = `/scripts/${index}${extensionOf(script.file)}`;
        const held =
          kind.result === null || !asked.has(script)
            ? { text: script.text, inserted: null }
            : holdDefault(name, script.text, kind.result);
        inserted.set(name, held.inserted);
        stale ||= files.get(name)?.text !== held.text;
        scriptOf.set(name, script);
        nameOf.set(script.file, name);
        own.set(script, name);
        put(name, held.text);
      });
      const names = scripts.map((script) => own.get(script) ?? "");
      if (roots.join() !== names.join()) {
        roots = names;
        stale = true;
        revision += 1;
      }
      const program = service.getProgram();
      if (!program) throw new Error("The language service has no program, though its host has files.");
      const opened = scripts.map((script, index): CheckedScript => {
        const checked = checkedIn(program, script, names[index] ?? "", kind);
        if (!checked) throw new Error(`The script ${script.file} is not in the program it was put into.`);
        return checked;
      });
      for (const name of found.values()) {
        const module = scriptOf.get(name);
        const checked =
          module && !module.file.endsWith(".json")
            ? checkedIn(program, module, name, { ...kind, result: null })
            : null;
        if (checked) opened.push(checked);
      }
      return opened;
    },
    fileOf: ({ fileName }) => scriptOf.get(fileName)?.file,
    diagnostics: ({ program, source }) => [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ],
    language: service,
  };
}

/** What a script's name says about its language; anything unusual is JavaScript. */
function extensionOf(file: string): string {
  return /\.[cm]?ts$/u.test(file) ? ".ts" : ".js";
}
