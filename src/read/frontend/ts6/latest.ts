/**
 * Keeps files as they were last parsed: the author's, and those of libraries and packages. A watcher opens a program for each edit, and
 * all its files but one are what they were; a file that is not parsed again need not be bound again either.
 */
import type { ts } from "./compiler.ts";

/** Enough for a definition with its modules, the libraries, and the packages of a large project; beyond, the oldest are parsed again. */
const cachedFiles = 2_500;
const latest = new Map<string, ts.SourceFile>();

/** What was parsed for this key the last time, if it was this very text. */
export function parsedOnce(key: string, text: string, parse: () => ts.SourceFile): ts.SourceFile {
  const known = latest.get(key);
  if (known?.text === text) return known;
  const file = parse();
  latest.delete(key);
  latest.set(key, file);
  if (latest.size > cachedFiles) latest.delete(latest.keys().next().value ?? key);
  return file;
}

/** Forgets every file. Needed when the compiler fails while it binds them: a file that is bound half-way would pass for a bound one. */
export function forgetParsed(): void {
  latest.clear();
}
