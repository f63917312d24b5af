/**
 * Takes stamps of paths: what a look says about a file without reading it. Two looks that give the same stamps found the
 * same files; a write, a replacement by renaming, a removal and a return each change one.
 */
import { statSync, type Stats } from "node:fs";

/** By absolute path. */
export type Stamps = ReadonlyMap<string, Stamp>;

export interface Stamp {
  /** Differs after every change; "" where nothing is. */
  readonly mark: string;
  /** Milliseconds since 1970; 0 where nothing is. Not the time of the last write, which tools set back. */
  readonly changedAt: number;
}

export const nothing: Stamp = { mark: "", changedAt: 0 };
const unreadable: Stamp = { mark: "?", changedAt: 0 };
/** What happens inside a folder is not a change of it. */
const folder: Stamp = { mark: "/", changedAt: 0 };

export function stampsOf(paths: Iterable<string>): Stamps {
  const stamps = new Map<string, Stamp>();
  for (const path of paths) stamps.set(path, stampOf(path));
  return stamps;
}

/** The paths of `after` that had another stamp in `before`, sorted. One that `before` does not know counts as changed. */
export function changedBetween(before: Stamps, after: Stamps): readonly string[] {
  const changed: string[] = [];
  for (const [path, { mark }] of after) if (before.get(path)?.mark !== mark) changed.push(path);
  return changed.sort();
}

function stampOf(path: string): Stamp {
  let stats: Stats | undefined;
  try {
    stats = statSync(path, { throwIfNoEntry: false });
  } catch {
    return unreadable;
  }
  if (stats === undefined) return nothing;
  if (stats.isDirectory()) return folder;
  return { mark: `${stats.ino}:${stats.size}:${stats.ctimeMs}`, changedAt: stats.ctimeMs };
}
