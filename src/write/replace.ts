/**
 * Replaces files of one folder: each is written whole under another name, then renamed, so that no reader and no kill ever
 * meets half a file. All are on the disk before the first gets its name; what can fail, fails while nothing has changed.
 */
import fs from "node:fs";
import { dirname, join } from "node:path";
import { draftIn } from "../files/draft.ts";
import type { OutputFile } from "../stages.ts";
import { isSystemError } from "../files/system-error.ts";

export interface Changes {
  readonly write: readonly OutputFile[];
  /** Names of files that shall be gone; a folder goes with its last file. */
  readonly remove: readonly OutputFile["name"][];
}

/** How many files were replaced or removed, and the error that ended it; `null` when all were. */
export interface Replaced {
  readonly changed: number;
  readonly error: unknown;
}

/** A process that is killed in between leaves files of two generations: every later run looks for that. */
export function replaceFiles(outDir: string, { write, remove }: Changes): Replaced {
  const drafts = write.map((file) => ({ file, draft: draftIn(outDir) }));
  let changed = 0;
  try {
    fs.mkdirSync(outDir, { recursive: true });
    for (const { file, draft } of drafts) writeDurably(draft, file.text);
    for (const folder of foldersOf(write)) fs.mkdirSync(join(outDir, folder), { recursive: true });
    for (const { file, draft } of drafts) {
      rename(draft, join(outDir, file.name));
      changed++;
    }
    for (const name of remove) {
      fs.rmSync(join(outDir, name), { force: true });
      changed++;
    }
    for (const name of remove) removeIfEmpty(join(outDir, dirname(name)));
    for (const folder of [".", ...foldersOf(write)]) syncFolder(join(outDir, folder));
    return { changed, error: null };
  } catch (error) {
    for (const { draft } of drafts) removeIfPossible(draft);
    return { changed, error };
  }
}

/** The folders of profiles. */
function foldersOf(files: readonly OutputFile[]): readonly string[] {
  return [...new Set(files.map(({ name }) => dirname(name)))].filter((folder) => folder !== ".");
}

/** Waits until the text is on the disk: a rename must never publish an empty file after a power cut. */
function writeDurably(file: string, text: string): void {
  const handle = fs.openSync(file, "wx");
  try {
    fs.writeFileSync(handle, text);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Renames over an existing file. On Windows a scanner or an editor may hold the target for a moment. */
function rename(from: string, to: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      return fs.renameSync(from, to);
    } catch (error) {
      const isHeld = process.platform === "win32" && isSystemError(error, "EPERM", "EBUSY", "EACCES");
      if (!isHeld || attempt === 20) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10 * attempt);
    }
  }
}

/** A draft that cannot be removed now is removed by a later run. */
function removeIfPossible(draft: string): void {
  try {
    fs.rmSync(draft, { force: true });
  } catch {
    // The error that brought us here is the one to report.
  }
}

/** Someone's own files keep a folder. */
function removeIfEmpty(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    if (!isSystemError(error, "ENOENT", "ENOTDIR", "ENOTEMPTY", "EEXIST")) throw error;
  }
}

/** Makes renames durable. Windows cannot open a folder, and needs no such call. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const handle = fs.openSync(folder, "r");
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
