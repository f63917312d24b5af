/**
 * What writing needs of the machine it runs on. The file system is Node's own, call by call, so that a test can make
 * every single call fail, or end the process there.
 */
import fs from "node:fs";
import { hostname } from "node:os";
import { setTimeout } from "node:timers/promises";
import { renameApart, type Step } from "./renames.ts";

/** Only synchronous calls: a generation is committed without ever giving up the thread. */
export type Disk = Pick<
  typeof fs,
  | "closeSync"
  | "fsyncSync"
  | "linkSync"
  | "mkdirSync"
  | "openSync"
  | "readdirSync"
  | "readFileSync"
  | "renameSync"
  | "rmdirSync"
  | "rmSync"
  | "statSync"
  | "writeFileSync"
>;

export interface Machine {
  readonly disk: Disk;
  readonly pid: number;
  readonly host: string;
  isAlive(pid: number): boolean;
  /** Makes the steps of a journal where our own end cannot interrupt them, if this machine can. */
  renameApart(folder: string, journal: string, steps: readonly Step[]): void;
  now(): number;
  sleep(ms: number): Promise<unknown>;
}

export const thisMachine: Machine = {
  disk: fs,
  pid: process.pid,
  host: hostname(),
  isAlive(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return codeOf(error) === "EPERM"; // alive, and another user's
    }
  },
  renameApart,
  now: Date.now,
  sleep: setTimeout,
};

/** `ENOENT` and the like; empty for what is no system error. */
export function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === "string" ? code : "";
}

/** The text of a file, or `null` when there is none. */
export function readText(disk: Disk, file: string): string | null {
  try {
    return disk.readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** Writes a new file and waits until it is on the disk: a rename must never publish an empty file after a power cut. */
export function writeDurably(disk: Disk, file: string, text: string): void {
  const handle = disk.openSync(file, "w");
  try {
    disk.writeFileSync(handle, text);
    disk.fsyncSync(handle);
  } finally {
    disk.closeSync(handle);
  }
}

/** Renames over an existing file. On Windows a scanner or an editor may hold the target for a moment. */
export function rename(disk: Disk, from: string, to: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      return disk.renameSync(from, to);
    } catch (error) {
      const isHeld = process.platform === "win32" && ["EPERM", "EBUSY", "EACCES"].includes(codeOf(error));
      if (!isHeld || attempt === 20) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10 * attempt);
    }
  }
}
