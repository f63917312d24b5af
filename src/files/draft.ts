/**
 * Names drafts, and clears away those that killed runs left. A text is first written under a name that no one reads, then renamed, so that a
 * reader finds the old text or the new one, never half of one. A process that is killed in between leaves its draft behind,
 * and the next run clears it away. A draft's name tells whose it is: `.isobind-<process id>-<random>.tmp`.
 */
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const prefix = ".isobind-";

/** A draft becomes a file within milliseconds: an older one is of a process that died, whatever lives under its id now. */
const lifetimeMs = 60_000;

/** A new name for a draft. It must be in a folder of the file system that its file is in. */
export function draftIn(folder: string): string {
  return join(folder, `${prefix}${process.pid}-${Math.random().toString(36).slice(2)}.tmp`);
}

export function isDraft(name: string): boolean {
  return name.startsWith(prefix);
}

/** Removes a draft whose write has failed. Where it cannot be, it was never made. */
export function removeDraft(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // `force` takes a missing file, and not a folder that is none or cannot be changed.
  }
}

/** Whether someone is writing into a folder, or was killed while it did. */
export function hasDrafts(folder: string): boolean {
  return list(folder).some(isDraft);
}

/** Removes the drafts of processes that are no more. Never fails: who cannot tidy a folder can perhaps still write to it. */
export function removeDrafts(folder: string): void {
  for (const name of list(folder).filter(isDraft)) {
    const file = join(folder, name);
    try {
      const pid = Number(/^\D*(\d+)-/.exec(name)?.[1]);
      if (!isAlive(pid) || Date.now() - statSync(file).mtimeMs > lifetimeMs) rmSync(file, { force: true });
    } catch {
      // Another run was faster.
    }
  }
}

/** Of a folder that is missing or may not be read: nothing. */
function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: unknown }).code === "EPERM"; // alive, and another user's
  }
}
