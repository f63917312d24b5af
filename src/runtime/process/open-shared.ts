/**
 * Opens the memory that a supervisor shares with one worker: a file without a name in the folder that Linux keeps in memory. Nothing of it is
 * left when nobody has it open any more, however they ended.
 */
import { constants, existsSync, openSync, statfsSync } from "node:fs";
import { prlimit } from "./os-limits.ts";

const folder = "/dev/shm";

/** Of a file system in memory; on a disk, payloads would be written to it. */
const tmpfs = 0x0102_1994;

/** `O_TMPFILE`, which Node has no name for. */
const withoutName = 0o20_000_000 | constants.O_DIRECTORY;

/** A descriptor, or `null` where there is none to be had, or nothing that bounds how much a worker writes: then all goes through the pipe. */
export function openShared(inFolder = folder, limiter = prlimit): number | null {
  if (process.platform !== "linux" || !existsSync(limiter)) return null;
  try {
    if (statfsSync(inFolder).type !== tmpfs) return null;
    return openSync(inFolder, constants.O_RDWR | withoutName, 0o600);
  } catch {
    return null;
  }
}
