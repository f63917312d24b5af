/**
 * Takes hints from the file system that something may have happened to an input. They only say when to look; a hint too many
 * costs a look, a hint that never comes costs a second. Watches folders, not files: editors save by writing a new file and
 * renaming it over the old one, and a file that does not exist yet can only be seen by its folder.
 */
import { existsSync } from "node:fs";
import { dirname, sep } from "node:path";
import { watch, type FSWatcher } from "chokidar";
import { upward } from "../../files/upward.ts";

export interface Hints {
  /** From now on these paths count. Absolute paths. */
  about(paths: ReadonlySet<string>): void;
  close(): Promise<void>;
}

/** Watches in and below `root` and wherever an input lies, except in packages: they are many, and change by being installed. */
export function hintsOf(root: string, onHint: () => void): Hints {
  // A watcher for each folder: chokidar's `unwatch` would ignore everything below a folder from then on.
  const watchers = new Map<string, FSWatcher>();
  let wanted: ReadonlySet<string> = new Set();

  function open(folder: string): FSWatcher {
    const watcher = watch(folder, {
      ignoreInitial: true,
      depth: 0,
      // Other entries are neither watched nor read again: a folder may hold thousands.
      ignored: (path) => path !== folder && !wanted.has(path),
    });
    watcher.on("all", onHint);
    // A change before the watcher was ready has given no hint.
    watcher.on("ready", onHint);
    // A folder that vanished or may not be read: the next generation says so better than a watcher can.
    watcher.on("error", () => {});
    return watcher;
  }

  return {
    about(paths) {
      wanted = withFoldersAround(paths);
      const folders = foldersOf(root, paths);
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue;
        watchers.delete(folder);
        void watcher.close();
      }
      for (const folder of folders) if (!watchers.has(folder)) watchers.set(folder, open(folder));
    },
    async close() {
      await Promise.all([...watchers.values()].map((watcher) => watcher.close()));
    },
  };
}

/** The folders in which something can happen to `paths`. */
function foldersOf(root: string, paths: ReadonlySet<string>): ReadonlySet<string> {
  const own = [...paths].filter((path) => !path.includes(`${sep}node_modules${sep}`));
  const holding = new Set([root, ...own.filter((path) => existsSync(path)).map((path) => dirname(path))]);
  // What is waited for above the project, up to the root of the disk, is not worth a watcher in a busy folder.
  const waiting = own
    .map(nearestFolder)
    .filter((folder) => [...holding].some((above) => folder.startsWith(above + sep)));
  return new Set([...holding, ...waiting].filter((folder) => existsSync(folder)));
}

/** A file in a folder that is still missing begins with that folder. */
function withFoldersAround(paths: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(paths);
  for (const path of paths) {
    for (const folder of upward(dirname(path))) all.add(folder);
  }
  return all;
}

function nearestFolder(path: string): string {
  return upward(dirname(path)).find((folder) => existsSync(folder)) ?? path;
}
