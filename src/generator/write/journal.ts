/**
 * Several files change as one. No file system renames three files at once, so the intention is written down first: all
 * new texts are staged, a journal that lists them appears in one rename, and from then on the generation is decided.
 * A process that survives ours makes the renames, where there is one; whoever finds the journal, after the end of both, finishes
 * it; without a journal nothing has been renamed.
 */
import { dirname, join } from "node:path";
import { codeOf, type Disk, type Machine, readText, rename, writeDurably } from "./machine.ts";
import type { Step } from "./renames.ts";
import { journalName, stagedName } from "./temporary.ts";

/** What a file shall hold; `null`: it shall not exist. */
export interface Change {
  readonly name: string;
  readonly text: string | null;
}

/**
 * Makes all changes, or none: when a rename fails, the files get their previous texts back and the error is thrown.
 *
 * The caller holds the lock of `folder`.
 */
export function commit(
  machine: Machine,
  folder: string,
  token: string,
  changes: readonly Change[],
  previous: readonly Change[],
): void {
  const { disk } = machine;
  const steps = stage(disk, folder, token, changes);
  // One file needs no journal: its rename is the decision.
  if (steps.length > 1) publish(disk, folder, token, steps);
  try {
    carryOut(machine, folder, steps);
  } catch (error) {
    // The way back is a generation like any other, journal included: a crash on it is finished by the next run too.
    const back = stage(disk, folder, `${token}-back`, previous);
    publish(disk, folder, token, back);
    carryOut(machine, folder, back);
    throw error;
  }
}

/** Finishes what a killed run had decided. True when there was something to finish. */
export function recover(machine: Machine, folder: string): boolean {
  const text = readText(machine.disk, join(folder, journalName));
  if (text === null) return false;
  carryOut(machine, folder, JSON.parse(text) as readonly Step[]);
  return true;
}

export function hasJournal(disk: Disk, folder: string): boolean {
  return disk.statSync(join(folder, journalName), { throwIfNoEntry: false }) !== undefined;
}

function stage(disk: Disk, folder: string, token: string, changes: readonly Change[]): readonly Step[] {
  return changes.map(({ name, text }) => {
    if (text === null) return { name, staged: null };
    const staged = stagedName(token, name.replace("/", "-"));
    writeDurably(disk, join(folder, staged), text);
    return { name, staged };
  });
}

function publish(disk: Disk, folder: string, token: string, steps: readonly Step[]): void {
  const draft = join(folder, stagedName(token, "journal"));
  writeDurably(disk, draft, JSON.stringify(steps));
  rename(disk, draft, join(folder, journalName));
  syncFolder(disk, folder);
}

/** Twice is fine: a step whose staged file is gone has been made. */
function carryOut({ disk, renameApart }: Machine, folder: string, steps: readonly Step[]): void {
  // The folders of profiles: made with their first file, gone with their last.
  const inner = (some: readonly Step[]): readonly string[] =>
    [...new Set(some.map(({ name }) => dirname(name)))].filter((name) => name !== ".");
  const placed = steps.filter(({ staged }) => staged !== null);
  const removed = steps.filter(({ staged }) => staged === null);
  for (const name of inner(placed)) disk.mkdirSync(join(folder, name), { recursive: true });
  if (steps.length > 1) renameApart(folder, journalName, steps);
  for (const { name, staged } of steps) {
    if (staged === null) disk.rmSync(join(folder, name), { force: true });
    else renameIfThere(disk, join(folder, staged), join(folder, name));
  }
  for (const name of inner(placed)) syncFolder(disk, join(folder, name));
  for (const name of inner(removed)) removeIfEmpty(disk, join(folder, name));
  syncFolder(disk, folder);
  disk.rmSync(join(folder, journalName), { force: true });
}

function renameIfThere(disk: Disk, from: string, to: string): void {
  try {
    rename(disk, from, to);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** Someone's own files keep a folder. */
function removeIfEmpty(disk: Disk, folder: string): void {
  try {
    disk.rmdirSync(folder);
  } catch (error) {
    if (!["ENOENT", "ENOTDIR", "ENOTEMPTY", "EEXIST"].includes(codeOf(error))) throw error;
  }
}

/** Makes renames durable. Windows cannot open a folder, and needs no such call. */
function syncFolder(disk: Disk, folder: string): void {
  if (process.platform === "win32") return;
  const handle = disk.openSync(folder, "r");
  try {
    disk.fsyncSync(handle);
  } finally {
    disk.closeSync(handle);
  }
}
