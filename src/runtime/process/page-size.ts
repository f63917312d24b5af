/**
 * Reads how large a page of memory is, in which the kernel counts what a process holds: 4 KiB on most machines, 16 or 64 on some.
 */
import { readFileSync } from "node:fs";

const usualBytes = 4096;
/** The kind of the entry in the list that the kernel hands to each program (`getauxval(3)`). */
const pageSizeEntry = 6n;
const entryBytes = 16;

let known: number | undefined;

export function pageBytes(): number {
  known ??= ofThisMachine();
  return known;
}

function ofThisMachine(): number {
  try {
    return pageBytesIn(readFileSync("/proc/self/auxv"));
  } catch {
    return usualBytes;
  }
}

/** Of a list of pairs, each a kind and a value of 64 bits. */
export function pageBytesIn(pairs: Buffer): number {
  for (let at = 0; at + entryBytes <= pairs.length; at += entryBytes) {
    if (pairs.readBigUInt64LE(at) === pageSizeEntry)
      return Number(pairs.readBigUInt64LE(at + entryBytes / 2));
  }
  return usualBytes;
}
