/**
 * Finds the tsconfig whose project a definition belongs to. That of the Vite, Vue, Nx and Angular templates holds nothing but
 * `references`, and the options are those of the project that includes the file: an editor reads it with them, so they say what
 * its types mean.
 */
import { dirname } from "node:path";
import { ts } from "./compiler.ts";
import type { FileSystem } from "./file-system.ts";

/** The tsconfig itself where it includes the file, or where none of the projects it refers to does. */
export function owningProject(fileSystem: FileSystem, tsconfig: string, definition: string): string {
  return owner(fileSystem, tsconfig, definition, new Set()) ?? tsconfig;
}

function owner(
  fileSystem: FileSystem,
  tsconfig: string,
  definition: string,
  seen: Set<string>,
): string | null {
  if (seen.has(tsconfig) || !fileSystem.fileExists(tsconfig)) return null;
  seen.add(tsconfig);
  const json: unknown = ts.readConfigFile(tsconfig, (path) => fileSystem.readFile(path)).config;
  // The usual tsconfig refers to nothing, and needs no look at what it includes.
  if (seen.size === 1 && !hasReferences(json)) return tsconfig;
  const { fileNames, projectReferences = [] } = ts.parseJsonConfigFileContent(
    json,
    { ...fileSystem, readDirectory: only(definition) },
    dirname(tsconfig),
    /\.[cm]?jsx?$/.test(definition) ? { allowJs: true } : undefined,
    tsconfig,
  );
  if (fileNames.includes(definition)) return tsconfig;
  for (const reference of projectReferences) {
    const found = owner(fileSystem, ts.resolveProjectReferencePath(reference), definition, seen);
    if (found !== null) return found;
  }
  return null;
}

function hasReferences(json: unknown): boolean {
  return typeof json === "object" && json !== null && "references" in json;
}

type MatchFiles = (
  path: string,
  extensions: readonly string[],
  excludes: readonly string[] | undefined,
  includes: readonly string[] | undefined,
  useCaseSensitiveFileNames: boolean,
  currentDirectory: string,
  depth: number | undefined,
  entriesOf: (path: string) => { readonly files: readonly string[]; readonly directories: readonly string[] },
  realpath: (path: string) => string,
) => string[];

/** A directory listing with one file, so that asking whether a pattern has it does not read the whole project. */
export function only(file: string): ts.ParseConfigHost["readDirectory"] {
  const { matchFiles } = ts as unknown as { matchFiles: MatchFiles };
  const entriesOf = (path: string): { files: string[]; directories: string[] } => {
    const folder = path.endsWith("/") ? path : `${path}/`;
    if (!file.startsWith(folder)) return { files: [], directories: [] };
    const [name = "", ...rest] = file.slice(folder.length).split("/");
    return rest.length === 0 ? { files: [name], directories: [] } : { files: [], directories: [name] };
  };
  return (root, extensions, excludes, includes, depth) =>
    matchFiles(root, extensions, excludes, includes, true, root, depth, entriesOf, (path) => path);
}
