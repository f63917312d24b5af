/**
 * Reads and writes files in the folder of Node's compile cache, where an earlier process has left what it made of a script. They are
 * trusted as that cache is, and like it they may vanish at any time; nothing here ever fails.
 */
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";

/**
 * The name of the file for what is made of `of`, for example `isobind-0f…c2.code`. `of` is all that it is made of: sizes and times
 * do not tell two scripts apart, because a package manager gives every file it installs the same time, and a mended letter leaves
 * the size. V8 itself compares lengths only.
 */
export function cachedName(of: string | Uint8Array, kind: string): string {
  const { hash } = process.getBuiltinModule("node:crypto");
  return `isobind-${hash("sha256", of).slice(0, 32)}.${kind}`;
}

/** Only what this user wrote and nobody else can have changed: V8 believes what it reads, and the folder may be everybody's. */
export function readCached(file: string): Buffer | null {
  try {
    const handle = openSync(file, "r");
    try {
      const { uid, mode } = fstatSync(handle);
      const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
      return isOurs ? readFileSync(handle) : null;
    } finally {
      closeSync(handle);
    }
  } catch {
    return null;
  }
}

/** When all output is out. Whole or not at all, also after a power cut. Makes nothing where nothing can be written. */
export function cacheAtExit(file: string, make: () => Uint8Array | null): void {
  process.once("exit", () => {
    const draft = `${file}.${process.pid}`;
    try {
      mkdirSync(dirname(file), { recursive: true });
      const handle = openSync(draft, "wx", 0o600);
      try {
        const bytes = make();
        if (bytes === null) return remove(draft);
        writeFileSync(handle, bytes);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(draft, file);
    } catch {
      remove(draft);
    }
  });
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // It was never made.
  }
}
