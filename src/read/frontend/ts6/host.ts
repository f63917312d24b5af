/**
 * Makes the compiler host: parses files for a program, each again only when its text is another one.
 */
import { dirname } from "node:path";
import { optimizeAgain } from "../../../code-cache/optimizing.ts";
import { libFolder, libText, ts } from "./compiler.ts";
import type { FileSystem } from "./file-system.ts";
import { parsedOnce } from "./latest.ts";
import { isPackageFile } from "../views/compiler.ts";

/** Letters of all files, beyond which a run takes seconds. The library alone has half as many. */
const shortRun = 2_000_000;
let parsed = 0;

/**
 * The text of a file cut down to what is needed, with every offset kept; the file as it was parsed when all of it is
 * needed; `null` when it was not looked at.
 */
export type Prune = (fileName: string) => string | ts.SourceFile | null;

export function createHost(
  fileSystem: FileSystem,
  options: ts.CompilerOptions,
  definition: string,
  prune: Prune,
): ts.CompilerHost {
  const settings = bindingOptions(options);

  const host: ts.CompilerHost & OfEditors = {
    getSourceFile(fileName, languageVersion) {
      const parseOptions = parseOptionsFor(fileName, languageVersion);
      const own =
        libText(fileName) ??
        (isPackageFile(fileName) ? null : prune(fileName)) ??
        fileSystem.readFile(fileName);
      const { impliedNodeFormat } = parseOptions;
      // Parsing depends on whether a file is a module, and of one without imports and exports the program says so.
      if (typeof own === "object" && ts.isExternalModule(own)) {
        own.impliedNodeFormat ??= impliedNodeFormat;
        if (own.impliedNodeFormat === impliedNodeFormat) return own;
      }
      const text = typeof own === "object" ? own.text : own;
      if (text === undefined) return undefined;
      const key = `${settings} ${impliedNodeFormat} ${fileName}`;
      return parsedOnce(key, text, () => {
        parsed += text.length;
        if (parsed > shortRun) optimizeAgain();
        return ts.createSourceFile(fileName, text, parseOptions);
      });
    },
    // As in editors: the outcome is that of the sources, whether or when somebody has built the projects a tsconfig refers to.
    useSourceOfProjectReferenceRedirect: () => true,
    getParsedCommandLine: (path) => referenced(fileSystem, path, definition),
    getDefaultLibFileName: () => `${libFolder}/lib.es2023.d.ts`,
    getDefaultLibLocation: () => libFolder,
    fileExists: (path) => libText(path) !== undefined || fileSystem.fileExists(path),
    readFile: (path) => libText(path) ?? fileSystem.readFile(path),
    directoryExists: (path) => path === libFolder || fileSystem.directoryExists(path),
    getDirectories: (path) => fileSystem.getDirectories(path),
    realpath: (path) => fileSystem.realpath(path),
    getCurrentDirectory: () => dirname(definition),
    getCanonicalFileName: (path) => (fileSystem.useCaseSensitiveFileNames ? path : path.toLowerCase()),
    useCaseSensitiveFileNames: () => fileSystem.useCaseSensitiveFileNames,
    getNewLine: () => "\n",
    writeFile: () => {
      throw new Error("The reader never writes a file.");
    },
  };
  return host;
}

/** What the compiler asks the hosts of editors, and does not declare. */
interface OfEditors {
  readonly useSourceOfProjectReferenceRedirect: () => boolean;
}

/**
 * What a project that is referred to consists of, and where its output would be. Nothing of one that is not there, or that includes
 * the definition too: its files would be resolved with the options of that one.
 */
function referenced(
  fileSystem: FileSystem,
  path: string,
  definition: string,
): ts.ParsedCommandLine | undefined {
  const project = ts.getParsedCommandLineOfConfigFile(
    path,
    {},
    {
      ...fileSystem,
      getCurrentDirectory: () => dirname(path),
      onUnRecoverableConfigFileDiagnostic: () => undefined,
    },
  );
  return project?.fileNames.includes(definition) ? undefined : project;
}

/** A SourceFile is bound once, under the options it was first bound with: those that make a difference, as a key. */
export function bindingOptions(options: ts.CompilerOptions): string {
  const { module, moduleResolution, jsx, jsxImportSource } = options;
  return JSON.stringify([module, moduleResolution, jsx, jsxImportSource]);
}

/** The doc comments of packages are not the author's, and types do not need them: they are not parsed. */
function parseOptionsFor(
  fileName: string,
  languageVersion: ts.ScriptTarget | ts.CreateSourceFileOptions,
): ts.CreateSourceFileOptions {
  const given = typeof languageVersion === "object" ? languageVersion : { languageVersion };
  const ours = !isPackageFile(fileName) && !fileName.startsWith(`${libFolder}/`);
  return {
    ...given,
    jsDocParsingMode: ours ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone,
  };
}
