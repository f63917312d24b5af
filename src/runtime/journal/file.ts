/**
 * Keeps a journal in a file, so that a run survives its process, and with `sync` its machine.
 */
import {
  closeSync,
  fdatasyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Journal } from "./journal.ts";

export interface FileJournalOptions {
  /**
   * When the operating system is asked to put the bytes on the disk. `entry` (default): with each entry, so that a call is made only when a loss of
   * power cannot forget it. `run`: when the run ends or is suspended; the end of the process alone loses nothing either way.
   */
  readonly sync?: "entry" | "run";
}

/**
 * A journal in a file, which is made when it is not there, and so is its folder. One run at a time: two processes that write one file damage it, and the next
 * run that reads it says so.
 *
 * @example
 * const result = await sandbox.run(source, { journal: fileJournal("runs/42.journal") });
 */
export function fileJournal(path: string | URL, { sync = "entry" }: FileJournalOptions = {}): Journal {
  let file: number | null = null;
  const open = (): number => {
    if (file !== null) return file;
    mkdirSync(dirname(path instanceof URL ? fileURLToPath(path) : path), { recursive: true });
    return (file = openSync(path, "a+", 0o600));
  };
  return {
    read() {
      open();
      return readFileSync(path);
    },
    append(bytes) {
      const descriptor = open();
      for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
      if (sync === "entry") fdatasyncSync(descriptor);
    },
    truncate(length) {
      ftruncateSync(open(), length);
    },
    close() {
      if (file === null) return;
      try {
        fdatasyncSync(file);
      } finally {
        closeSync(file);
        file = null;
      }
    },
  };
}
