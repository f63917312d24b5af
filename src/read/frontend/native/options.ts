/**
 * Writes the tsconfig that TypeScript 7 reads a definition with: the project's own, with what would change the meaning of its types
 * set as `ts6/options.ts` sets it. What 7 has left out of the language of tsconfigs is told, never guessed.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OpenOptions } from "../open.ts";
import type { Listening } from "./file-system.ts";
import type { Sync } from "./typescript.ts";
import { Unsayable } from "./unsayable.ts";

export interface NativeProject {
  /** Path of the tsconfig in memory. */
  readonly file: string;
  readonly importExtension: ".ts" | ".js";
}

/** As `ts6/options.ts` forces them; those of the strict family one by one, because a tsconfig may set each. */
const forced = {
  target: "esnext",
  noEmit: true,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  allowImportingTsExtensions: true,
  moduleDetection: "force",
  strict: true,
  strictNullChecks: true,
  strictFunctionTypes: true,
  strictBindCallApply: true,
  strictPropertyInitialization: true,
  strictBuiltinIteratorReturn: true,
  noImplicitAny: true,
  noImplicitThis: true,
  useUnknownInCatchVariables: true,
  noLib: false,
  noResolve: false,
  noErrorTruncation: false,
  libReplacement: false,
  checkJs: false,
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  emitDeclarationOnly: false,
  isolatedDeclarations: false,
  maxNodeModuleJsDepth: 0,
};

/** Values of enums in a parsed tsconfig that 7 has no longer. */
const oldModules: ReadonlySet<unknown> = new Set([0, 2, 3, 4]);
const oldResolutions: ReadonlySet<unknown> = new Set([1, 2]);

export function writeTsconfig(api: Sync.API, fileSystem: Listening, open: OpenOptions): NativeProject {
  const { environment } = open;
  const definition = open.definition.replaceAll("\\", "/");
  const named = open.tsconfig?.replaceAll("\\", "/") ?? nearest(fileSystem, definition);
  const isProject = environment === "project";
  const everything = isProject ? { lib: ["esnext.full"], types: ["*"] } : { lib: ["es2023"], types: [] };
  if (named === null) {
    const file = join(dirname(definition), memoryName);
    const resolution = { module: "esnext", moduleResolution: "bundler", resolveJsonModule: true };
    fileSystem.put(
      file,
      JSON.stringify({ compilerOptions: { ...forced, ...resolution, ...everything }, files: [definition] }),
    );
    return { file, importExtension: ".ts" };
  }
  fileSystem.note(named);
  // Which of several projects a definition belongs to is a question of patterns, and a broken one is told by its own words.
  if (!fileSystem.exists(named)) throw new Unsayable("why a tsconfig cannot be read");
  if (/"references"/.test(readFileSync(named, "utf8"))) {
    throw new Unsayable("which project of several a file belongs to");
  }
  if (isProject) fileSystem.showFolders();
  const { options, fileNames } = api.parseConfigFile(named);
  refuseOld(options);
  const unset = (name: string, value: unknown): object =>
    options[name] === undefined ? { [name]: value } : {};
  const compilerOptions = {
    ...forced,
    ...unset("module", "esnext"),
    ...(options["module"] === undefined ? unset("moduleResolution", "bundler") : {}),
    ...unset("resolveJsonModule", true),
    ...(isProject
      ? {
          lib: options["lib"] === undefined ? everything.lib : ["es2023", ...libNames(options["lib"])],
          ...unset("types", everything.types),
        }
      : everything),
  };
  const files = isProject
    ? [definition, ...fileNames.filter((name) => /\.d\.[cm]?ts$/.test(name))]
    : [definition];
  const file = join(dirname(named), memoryName);
  fileSystem.put(file, JSON.stringify({ extends: named, compilerOptions, files, include: [], exclude: [] }));
  const allows =
    options["allowImportingTsExtensions"] === true || options["rewriteRelativeImportExtensions"] === true;
  return { file, importExtension: allows ? ".ts" : ".js" };
}

/** Nobody has a file of this name, and a message never shows it. */
const memoryName = "tsconfig.isobind-native.json";

function refuseOld(options: Record<string, unknown>): void {
  const refuse = (construct: string): never => {
    throw new Unsayable(construct);
  };
  if (options["baseUrl"] !== undefined) refuse("what `baseUrl` of a tsconfig means");
  if (oldModules.has(options["module"])) refuse("what an old `module` of a tsconfig means");
  if (oldResolutions.has(options["moduleResolution"]))
    refuse("what an old `moduleResolution` of a tsconfig means");
  if (options["esModuleInterop"] === false || options["allowSyntheticDefaultImports"] === false) {
    refuse("what imports mean without `esModuleInterop`");
  }
}

/** `lib.es2023.d.ts` -> `es2023`. */
function libNames(files: unknown): readonly string[] {
  return (files as readonly string[]).map((file) => file.replace(/^lib\.|\.d\.ts$/g, ""));
}

function nearest(fileSystem: Listening, definition: string): string | null {
  for (let folder = dirname(definition); ; folder = dirname(folder)) {
    const file = join(folder, "tsconfig.json").replaceAll("\\", "/");
    if (fileSystem.exists(file)) return file;
    if (dirname(folder) === folder) return null;
  }
}
