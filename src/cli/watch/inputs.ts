/**
 * Waits for a change of the inputs of a generation: the files it read, the paths it looked for in vain, and what it has made, when that is gone. What changed is found by
 * looking at all of them; the file system only hints when to look. So a hint that is lost, as happens on a busy
 * machine, on a network drive and in a container's mount, delays a change and never hides it.
 */
import { existsSync } from "node:fs";
import { hintsOf } from "./hints.ts";
import { changedBetween, nothing, stampsOf, type Stamps } from "./stamps.ts";

export interface WatchedInputs {
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly missing: readonly string[];
  /** What was made of them and shall stay: told of when it is gone, and not when it changes, for whoever makes it writes it. */
  readonly kept?: readonly string[];
}

/** What is known of both, without what is kept. */
export function mergeInputs(a: WatchedInputs, b: WatchedInputs): WatchedInputs {
  return {
    files: [...new Set([...a.files, ...b.files])],
    missing: [...new Set([...a.missing, ...b.missing])],
  };
}

export interface InputWatcher {
  /**
   * Resolves when inputs have changed since they were read, to their paths, sorted; to an empty list when it was interrupted.
   * `since` is when they began to be read (`Date.now()`): what changed between that moment and now is told of as well.
   */
  next(inputs: WatchedInputs, since: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A burst of writes is one change: editors touch a file several times within a save, checkouts touch many files. */
const quietMs = 50;
/** A file that is written to without end must not keep a change from being seen. */
const patienceMs = 500;
/** How often to look without a hint. A look takes some 2 µs an input. */
const lookMs = 1_000;

/** `root` is the folder where a project is expected, also while nothing is in it. */
export function watchInputs(root: string, interrupted: AbortSignal): InputWatcher {
  let known: Stamps = new Map();
  let wake = (): void => {};
  const hints = hintsOf(root, () => wake());
  interrupted.addEventListener("abort", () => wake(), { once: true });

  const hintOrTime = async (ms: number): Promise<void> => {
    if (interrupted.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    wake = resolve;
    await promise;
    clearTimeout(timer);
  };

  /** Looks until two looks agree. */
  async function settled(paths: ReadonlySet<string>): Promise<Stamps> {
    const patience = Date.now() + patienceMs;
    let before = stampsOf(paths);
    while (!interrupted.aborted) {
      await pause(quietMs);
      const now = stampsOf(paths);
      if (changedBetween(before, now).length === 0 || Date.now() >= patience) return now;
      before = now;
    }
    return before;
  }

  return {
    async next(inputs, since) {
      const paths = new Set([...inputs.files, ...inputs.missing]);
      const kept = inputs.kept ?? [];
      const around = new Set([...paths, ...kept]);
      known = asRead(inputs, since, known);
      while (!interrupted.aborted) {
        hints.about(around);
        if (changedBetween(known, stampsOf(paths)).length > 0 || goneOf(kept).length > 0) {
          const now = await settled(paths);
          const changed = [...changedBetween(known, now), ...goneOf(kept)].sort();
          known = now;
          if (changed.length > 0 && !interrupted.aborted) return changed;
          // A change that was taken back within the quiet is none; what happened in the quiet is looked at again.
        } else {
          await hintOrTime(lookMs);
        }
      }
      return [];
    },
    close: () => hints.close(),
  };
}

/**
 * The stamps the inputs had when they were read: those of the look before, or else what is there now, unless it is newer or gone.
 * An input without a stamp counts as changed.
 */
function asRead(inputs: WatchedInputs, since: number, before: Stamps): Stamps {
  const stamps = new Map(before);
  for (const [path, stamp] of stampsOf(inputs.files)) {
    // `since` is cut to whole milliseconds.
    if (!before.has(path) && stamp !== nothing && stamp.changedAt <= since + 1) stamps.set(path, stamp);
  }
  for (const path of inputs.missing) if (!before.has(path)) stamps.set(path, nothing);
  return stamps;
}

function goneOf(kept: readonly string[]): readonly string[] {
  return kept.filter((path) => !existsSync(path));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
