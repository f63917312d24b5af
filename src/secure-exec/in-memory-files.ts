/**
 * Keeps files in memory, for a kernel to start scripts from. Folders are names with `/` in them, and nothing more: scripts
 * have no filesystem, so nobody lists one.
 */
import { posix } from "node:path";

export interface VirtualFileSystem {
  /** Rejects with the code `ENOENT` when there is no such file. */
  readFile(path: string): Promise<Uint8Array>;
  readTextFile(path: string): Promise<string>;
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  exists(path: string): Promise<boolean>;
  removeFile(path: string): Promise<void>;
}

/**
 * An empty filesystem in memory. Relative paths start at `/`.
 *
 * @example
 * const files = createInMemoryFileSystem();
 * await files.writeFile("/app/main.mjs", "console.log(1)");
 */
export function createInMemoryFileSystem(): VirtualFileSystem {
  const files = new Map<string, Uint8Array>();
  const at = (path: string): string => posix.resolve("/", path);
  const read = (path: string): Uint8Array => {
    const content = files.get(at(path));
    if (content === undefined) throw missing(path);
    return content;
  };
  return {
    readFile: async (path) => read(path).slice(),
    readTextFile: async (path) => new TextDecoder().decode(read(path)),
    async writeFile(path, content) {
      files.set(at(path), typeof content === "string" ? new TextEncoder().encode(content) : content.slice());
    },
    exists: async (path) => files.has(at(path)),
    async removeFile(path) {
      if (!files.delete(at(path))) throw missing(path);
    },
  };
}

function missing(path: string): Error {
  return Object.assign(new Error(`There is no file ${JSON.stringify(path)}.`), { code: "ENOENT" });
}
