/**
 * Writes to a standard output that is no terminal, without Node's stream around it: opening one for a pipe loads sockets,
 * and takes a good part of a run that finds nothing to do. What cannot be written at once is left to the stream.
 */
import { fstatSync, writeSync } from "node:fs";
import type { Out } from "./io.ts";

const stdout = 1;

interface Stream {
  write(bytes: Buffer): unknown;
}

/** `null` for a terminal, and where pipes are not written to at once. `stream` is opened when a write does not succeed. */
export function plainOut(platform: NodeJS.Platform, stream: () => Stream): Out | null {
  if (platform === "win32" || isTerminal()) return null;
  let instead: Stream | null = null;
  return {
    write(text) {
      const rest = instead === null ? unwritten(Buffer.from(text)) : Buffer.from(text);
      if (rest.length === 0) return;
      // The reader is slow, or has gone: the stream waits for the one, and ends the process for the other.
      instead ??= stream();
      instead.write(rest);
    },
  };
}

/** Writes as much as is taken, and gives back the rest, which may begin inside a character. */
function unwritten(bytes: Buffer): Buffer {
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(stdout, bytes, at);
    } catch {
      return bytes.subarray(at);
    }
  }
  return bytes.subarray(at);
}

function isTerminal(): boolean {
  try {
    return fstatSync(stdout).isCharacterDevice();
  } catch {
    return true;
  }
}
