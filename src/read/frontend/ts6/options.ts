/**
 * Reads the user's tsconfig leniently: a whitelist of options that change how a definition is *resolved* or what its
 * types mean. Everything else (targets, emit, strictness that only adds errors, options of other TypeScript versions)
 * is left out, so a tsconfig written for TypeScript 5 or 7 reads the same.
 */
import { dirname } from "node:path";
import { hasLib, ts } from "./compiler.ts";
import type { FileSystem } from "./file-system.ts";
import { unreadable } from "../unreadable.ts";
import { owningProject } from "./owning-project.ts";

export interface ProjectOptions {
  readonly options: ts.CompilerOptions;
  /** Ambient declaration files of the project; used only when a name does not resolve without them. */
  readonly ambientFiles: readonly string[];
  /** Projects whose sources stand for what is built of them. */
  readonly references: readonly ts.ProjectReference[];
  readonly importExtension: ".ts" | ".js";
  /** Why the tsconfig cannot be used. */
  readonly problems: readonly { readonly message: string; readonly file: string }[];
}

const whitelist = [
  "paths",
  "baseUrl",
  "rootDirs",
  "module",
  "moduleResolution",
  "moduleSuffixes",
  "customConditions",
  "resolvePackageJsonExports",
  "resolvePackageJsonImports",
  "resolveJsonModule",
  "allowArbitraryExtensions",
  "allowJs",
  "esModuleInterop",
  "allowSyntheticDefaultImports",
  "preserveSymlinks",
  "disableSourceOfProjectReferenceRedirect",
  "jsx",
  "jsxImportSource",
  "exactOptionalPropertyTypes",
  "noUncheckedIndexedAccess",
  // Where `paths` and automatic types are relative to.
  "pathsBasePath",
  "configFilePath",
] as const;

/**
 * Forced for every definition. `strict` too: without it `null` and `undefined` vanish from types, and a declaration
 * would then promise less than what arrives.
 */
const forced: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  moduleDetection: ts.ModuleDetectionKind.Force,
};

/** Without a tsconfig: the resolution that accepts every way of writing a relative import. */
const fallback: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  resolveJsonModule: true,
  esModuleInterop: true,
};

const leanLib = "lib.es2023.d.ts";

/** What a project has that says nothing: all libraries, and every package of ambient types that is installed. */
const everything = { lib: ["lib.esnext.full.d.ts"], types: ["*"] };

export function readOptions(
  fileSystem: FileSystem,
  tsconfig: string | null,
  definition: string,
  environment: "lean" | "project",
): ProjectOptions {
  const named = tsconfig ?? nearest(fileSystem, definition);
  const file = named && owningProject(fileSystem, named.replaceAll("\\", "/"), definition);
  const isJavaScript = /\.[cm]?jsx?$/.test(definition);
  const base: ts.CompilerOptions = {
    ...forced,
    ...(isJavaScript ? { allowJs: true } : {}),
    lib: [leanLib],
    types: [],
  };
  if (file === null) {
    const options = { ...fallback, ...base, ...(environment === "project" ? everything : {}) };
    return { options, ambientFiles: [], references: [], importExtension: ".ts", problems: [] };
  }
  const read = ts.readConfigFile(file, (path) => fileSystem.readFile(path));
  const parsed = ts.parseJsonConfigFileContent(
    read.config ?? {},
    environment === "project" ? fileSystem : { ...fileSystem, readDirectory: () => [] },
    dirname(file),
    undefined,
    file,
  );
  const problems = [...(read.error ? [read.error] : []), ...parsed.errors]
    .filter(({ code }) => unreadable.has(code))
    .map(({ messageText }) => ({ message: ts.flattenDiagnosticMessageText(messageText, " "), file }));
  const kept = whitelist.filter((name) => parsed.options[name] !== undefined);
  const options: ts.CompilerOptions = {
    ...fallback,
    ...Object.fromEntries(kept.map((name) => [name, parsed.options[name]])),
  };
  // A module kind decides the resolution when the tsconfig names no resolution of its own.
  if (parsed.options.module !== undefined && parsed.options.moduleResolution === undefined) {
    delete options.moduleResolution;
  }
  Object.assign(options, base);
  if (environment === "project") {
    const lib = (parsed.options.lib ?? []).filter(hasLib);
    // An unknown `lib` would leave none at all and lose every global, so the lean one is always there.
    options.lib = parsed.options.lib === undefined ? everything.lib : [leanLib, ...lib];
    options.types = parsed.options.types ?? everything.types;
    if (parsed.options.typeRoots !== undefined) options.typeRoots = parsed.options.typeRoots;
  }
  const { allowImportingTsExtensions: allows, rewriteRelativeImportExtensions: rewrites } = parsed.options;
  return {
    options,
    ambientFiles: parsed.fileNames.filter((name) => /\.d\.[cm]?ts$/.test(name)),
    references: parsed.projectReferences ?? [],
    importExtension: allows === true || rewrites === true ? ".ts" : ".js",
    problems,
  };
}

function nearest(fileSystem: FileSystem, definition: string): string | null {
  return ts.findConfigFile(dirname(definition), (path) => fileSystem.fileExists(path)) ?? null;
}
