/**
 * Identifies the state of one file by its size and time, which are cheap to ask, and by its hash, asked only when the time has
 * moved. Text is hashed without carriage returns, so that a check-out with CRLF is not another state.
 */
import { readFileSync, statSync } from "node:fs";

export interface Fingerprint {
  readonly size: number;
  readonly mtimeMs: number;
  readonly hash: string;
}

/** The fingerprint of a file; `null` when there is none, or it is no file. */
export function fingerprint(file: string): Fingerprint | null {
  try {
    const { size, mtimeMs } = statSync(file);
    return { size, mtimeMs, hash: hashOf(readFileSync(file)) };
  } catch {
    return null;
  }
}

/**
 * Whether a file is still what it was.
 *
 * A file system's clock ticks in steps: a file written twice within one may keep its time. So a time that lies within
 * such a step of the moment it was recorded proves nothing, and the text is read.
 */
export function isSame(file: string, known: Fingerprint, recordedAt: number): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) return false;
  const isTrusted = stat.mtimeMs === known.mtimeMs && stat.mtimeMs < recordedAt - stepOf(stat.mtimeMs);
  return isTrusted && stat.size === known.size ? true : hashOf(readFileSync(file)) === known.hash;
}

/**
 * The step of the clock that gave a time. One with a part of a millisecond is of a file system that stores nanoseconds
 * and is stamped at the ticks of its kernel; any other may be of the coarsest in use (FAT: two seconds). To trust the
 * first saves hashing what the run before has written.
 */
function stepOf(mtimeMs: number): number {
  return Number.isInteger(mtimeMs) ? 2_000 : 10;
}

/** The hash of a text or of its bytes. */
export function hashOf(text: string | Buffer): string {
  const content = typeof text === "string" ? Buffer.from(text) : text;
  // Loaded when a hash is needed: in a run without changes none is, and loading it is a good part of such a run.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const plain = content.includes(13) ? content.toString("utf8").replaceAll("\r\n", "\n") : content;
  return createHash("sha256").update(plain).digest("hex").slice(0, 32);
}
