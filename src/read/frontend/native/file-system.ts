/**
 * Listens to what TypeScript 7 asks of the file system, because the outcome depends on every file it reads and every look-up that
 * fails. It reads the files itself; only a tsconfig that exists nowhere is handed in.
 */
import { readdirSync, statSync } from "node:fs";
import type { Inputs } from "../../../stages.ts";
import type { FileSystem } from "./typescript.ts";

export interface Listening extends FileSystem {
  /** A file that exists in memory only. */
  put(path: string, text: string): void;
  /** Folders look empty until it is called: what a pattern of a tsconfig matches is not asked for. */
  showFolders(): void;
  exists(path: string): boolean;
  /** Takes a file for read. */
  note(path: string): void;
  inputs(): Inputs;
}

export function listen(isLibraryFile: (path: string) => boolean): Listening {
  const own = new Map<string, string>();
  const kinds = new Map<string, "file" | "directory" | null>();
  const files = new Set<string>();
  let hasFolders = false;

  const kindOf = (path: string): "file" | "directory" | null => {
    const known = kinds.get(path);
    if (known !== undefined) return known;
    let kind: "file" | "directory" | null = null;
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      kind = stats?.isFile() ? "file" : stats?.isDirectory() ? "directory" : null;
    } catch {
      // What cannot be looked at is as good as absent.
    }
    kinds.set(path, kind);
    return kind;
  };
  const note = (path: string): void => {
    if (kindOf(path) === "file") files.add(path);
  };

  return {
    put: (path, text) => void own.set(path, text),
    showFolders: () => (hasFolders = true),
    exists: (path) => kindOf(path) === "file",
    note,
    readFile: (path) => {
      if (own.has(path)) return own.get(path);
      if (!isLibraryFile(path)) note(path);
      return undefined;
    },
    fileExists: (path) => own.has(path) || kindOf(path) === "file",
    directoryExists: (path) => kindOf(path) === "directory",
    getAccessibleEntries: (path) => (hasFolders ? entriesOf(path) : { files: [], directories: [] }),
    inputs: () => ({
      files: [...files].sort(),
      missing: [...kinds].flatMap(([path, kind]) => (kind === null ? [path] : [])).sort(),
    }),
  };
}

function entriesOf(path: string): { files: string[]; directories: string[] } {
  const entries = { files: [] as string[], directories: [] as string[] };
  try {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (entry.isFile()) entries.files.push(entry.name);
      else if (entry.isDirectory()) entries.directories.push(entry.name);
      else if (entry.isSymbolicLink()) {
        const stats = statSync(`${path}/${entry.name}`, { throwIfNoEntry: false });
        if (stats?.isFile()) entries.files.push(entry.name);
        if (stats?.isDirectory()) entries.directories.push(entry.name);
      }
    }
  } catch {
    // As above.
  }
  return entries;
}
