/**
 * Shows the compiler the file system, and records every file it reads and every look-up that failed, because the outcome
 * depends on both. Read-only.
 */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { ts } from "./compiler.ts";
import type { Inputs } from "../../../stages.ts";

export interface FileSystem extends ts.ParseConfigHost {
  readFile(path: string): string | undefined;
  fileExists(path: string): boolean;
  directoryExists(path: string): boolean;
  getDirectories(path: string): string[];
  realpath(path: string): string;
  inputs(): Inputs;
}

export function createFileSystem(): FileSystem {
  const files = new Set<string>();
  const missing = new Set<string>();
  const kinds = new Map<string, "file" | "directory" | null>();

  /** One `stat` a path: resolution asks for the same folders again and again. */
  const kindOf = (path: string): "file" | "directory" | null => {
    const known = kinds.get(path);
    if (known !== undefined) return known;
    const stats = statSync(path, { throwIfNoEntry: false, bigint: false });
    const kind = stats?.isFile() ? "file" : stats?.isDirectory() ? "directory" : null;
    kinds.set(path, kind);
    if (kind === null) missing.add(path);
    return kind;
  };
  const quietly = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch {
      // Unreadable is as good as absent to the compiler; the finding is then about what is missing.
      return otherwise;
    }
  };

  return {
    useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames,
    readFile(path) {
      if (quietly(() => kindOf(path), null) !== "file") return undefined;
      files.add(path);
      // Without the byte order mark, so that columns mean the same with and without it.
      return quietly(() => readFileSync(path, "utf8").replace(/^\uFEFF/, ""), undefined);
    },
    fileExists: (path) => quietly(() => kindOf(path), null) === "file",
    directoryExists: (path) => quietly(() => kindOf(path), null) === "directory",
    getDirectories: (path) =>
      quietly(
        () =>
          readdirSync(path, { withFileTypes: true })
            .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
            .map(({ name }) => name)
            .sort(),
        [],
      ),
    realpath: (path) => quietly(() => realpathSync.native(path), path),
    readDirectory: (...parameters) => [...ts.sys.readDirectory(...parameters)].sort(),
    inputs: () => ({ files: [...files].sort(), missing: [...missing].sort() }),
  };
}
