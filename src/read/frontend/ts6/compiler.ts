/**
 * Holds the compiler that ts-morph carries, and serves the library files it needs from memory. This is the only import of a
 * compiler in the product. The user's own `typescript` is never loaded: it may be absent, of another major version, or
 * patched.
 */
import { getLibFiles } from "@ts-morph/common";
import { ts } from "ts-morph";

export { ts };

/** A folder that exists in memory only. */
export const libFolder = "/isobind-lib";

let files: ReadonlyMap<string, { readonly text: string }> | undefined;

/** Text of a library file such as `lib.es2023.d.ts`, or `undefined`. */
export function libText(path: string): string | undefined {
  if (!path.startsWith(`${libFolder}/`)) return undefined;
  files ??= new Map(getLibFiles().map((file) => [file.fileName, file]));
  return files.get(path.slice(libFolder.length + 1))?.text;
}

/** True when the library has this file: what a tsconfig's `lib` may name. */
export function hasLib(fileName: string): boolean {
  return libText(`${libFolder}/${fileName}`) !== undefined;
}
