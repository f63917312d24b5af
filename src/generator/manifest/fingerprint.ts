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
 * What is known of a file, if it is still what it was: with its time of now, where its text had to be read to tell.
 *
 * A file system's clock ticks in steps: a file written twice within one may keep its time. So a time that lies within
 * such a step of the moment it was recorded proves nothing, and the text is read.
 */
export function recognized(file: string, known: Fingerprint, recordedAt: number): Fingerprint | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) return null;
  const { size, mtimeMs } = stat;
  if (size === known.size && mtimeMs === known.mtimeMs && isSettled(mtimeMs, recordedAt)) return known;
  return hashOf(readFileSync(file)) === known.hash ? { size, mtimeMs, hash: known.hash } : null;
}

/** Whether a file of this time, seen at that moment, will have another one when it is written again. */
export function isSettled(mtimeMs: number, seenAt: number): boolean {
  return mtimeMs < seenAt - stepOf(mtimeMs);
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
