/**
 * Watches the inputs of a generation: the files it read and the paths it looked for in vain. Watches their folders, not the files:
 * editors save by writing a new file and renaming it over the old one, and a file that does not exist yet can only be seen
 * by its folder.
 */
import { existsSync, statSync } from "node:fs";
import { basename, dirname, sep } from "node:path";
import { watch, type FSWatcher } from "chokidar";
import { interestIn } from "./interest.ts";

export interface WatchedInputs {
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly missing: readonly string[];
}

export interface InputWatcher {
  /**
   * From now on these inputs count. Resolves when their folders are watched. `since` is when they began to be read (`Date.now()`):
   * what changed between that moment and the watch is told of as well.
   */
  set(inputs: WatchedInputs, since: number): Promise<void>;
  close(): Promise<void>;
}

/** Folders with many entries and no input of ours. */
const skipped = new Set(["node_modules", ".git"]);

/** A burst of events is one change: editors touch a file several times within a save, checkouts touch many files. */
const quietMs = 50;
/** A file that is written to without end must not keep a change from being seen. */
const patienceMs = 500;

/** Calls `onChange` with the inputs that changed, once for each burst, and never before the previous call has settled. */
export function watchInputs(onChange: (changed: readonly string[]) => Promise<void>): InputWatcher {
  let interest = interestIn(new Set());
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let first = 0;
  let running: Promise<void> | null = null;
  let isClosed = false;

  // A watcher for each folder: chokidar's `unwatch` would ignore everything below a folder from then on.
  const watchers = new Map<string, FSWatcher>();

  async function open(folder: string): Promise<void> {
    const watcher = watch(folder, {
      ignoreInitial: true,
      depth: 0,
      // An own wait for the second half of an atomic save; the event that follows is then a change, not a removal.
      atomic: quietMs,
      ignored: (path) => path !== folder && skipped.has(basename(path)),
    });
    watchers.set(folder, watcher);
    watcher.on("all", (_event, path) => {
      if (interest.concerns(path)) note(path);
    });
    // A folder that vanished or may not be read: the next generation says so better than a watcher can.
    watcher.on("error", () => {});
    await new Promise<void>((resolve) => watcher.once("ready", resolve));
  }

  function note(path: string): void {
    if (isClosed) return;
    if (changed.size === 0) first = Date.now();
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(fire, Math.min(quietMs, Math.max(0, first + patienceMs - Date.now())));
  }

  function fire(): void {
    if (running !== null || isClosed || changed.size === 0) return;
    const batch = [...changed].sort();
    changed.clear();
    running = onChange(batch).finally(() => {
      running = null;
      // What changed meanwhile is a change of its own.
      if (changed.size > 0 && !isClosed) timer = setTimeout(fire, quietMs);
    });
  }

  return {
    async set(inputs, since) {
      const all = new Set([...inputs.files, ...inputs.missing]);
      interest = interestIn(all);
      const wanted = new Set([...all].filter(isOwn).map(nearestFolder));
      for (const [folder, watcher] of watchers) {
        if (wanted.has(folder)) continue;
        watchers.delete(folder);
        await watcher.close();
      }
      const fresh = new Set([...wanted].filter((folder) => !watchers.has(folder)));
      await Promise.all([...fresh].map(open));
      for (const file of inputs.missing) if (isOwn(file) && existsSync(file)) note(file);
      for (const file of inputs.files) if (fresh.has(dirname(file)) && isNewer(file, since)) note(file);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
      await Promise.all([...watchers.values()].map((watcher) => watcher.close()));
    },
  };
}

/** Packages change by installing, which is not an edit; their folders are too many to watch. */
function isOwn(path: string): boolean {
  return !path.includes(`${sep}node_modules${sep}`);
}

function nearestFolder(path: string): string {
  let folder = dirname(path);
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

function isNewer(file: string, since: number): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined || stats.mtimeMs >= since;
}
