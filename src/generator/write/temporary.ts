/**
 * The names of everything that writing leaves in an outDir for a moment. One prefix, hidden, and no extension that a
 * compiler would pick up, so that the next run can recognise what a killed one left behind.
 */
import { readdirSync } from "node:fs";

const prefix = ".isobind-";

export const lockName = `${prefix}lock`;
export const breakerName = `${prefix}lock-breaker`;
export const journalName = `${prefix}journal`;

/** A file with the text of one output, before it gets its name. */
export function stagedName(token: string, name: string): string {
  return `${prefix}${token}-${name}.tmp`;
}

/** A lock on its way to being one. Its maker's process id tells whether it is still wanted. */
export function lockDraftName(pid: number, token: string): string {
  return `${prefix}draft-${pid}-${token}`;
}

export function isTemporary(name: string): boolean {
  return name.startsWith(prefix);
}

/** Whether a killed run left something in a folder, its lock included, or another one is writing there. */
export function hasTemporary(folder: string, readFolder: (path: string) => string[] = readdirSync): boolean {
  try {
    return readFolder(folder).some(isTemporary);
  } catch {
    return false; // there is no such folder, or none that can be read: nothing of ours can be in it
  }
}

/**
 * Left behind, as far as the holder of the lock can tell: everything but the lock itself and what a process that still
 * waits for it needs.
 */
export function isLeftover(name: string, isAlive: (pid: number) => boolean): boolean {
  if (!isTemporary(name) || name === lockName) return false;
  const draft = new RegExp(`^\\${prefix}draft-(\\d+)-`).exec(name);
  return draft === null || !isAlive(Number(draft[1]));
}
