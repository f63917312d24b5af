/**
 * renames: gives staged files their names from a process of its own, so that the death of ours, by a signal or a crash,
 * cannot fall between two renames: a shell that was told goes on. What it cannot do is left to the caller, who makes the
 * same steps afterwards and finds them made: on Windows, without `/bin/sh`, and where no process may be started.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** One step of a journal: a staged file gets a name, or, with `null`, a name is removed. */
export interface Step {
  readonly name: string;
  readonly staged: string | null;
}

/**
 * Names are arguments, never text of the script. A shell whose journal is gone has been overtaken by a later run, and
 * must not touch what that run has written. A folder in the way is the caller's to report. Signals to the whole group, as
 * of Ctrl+C in a terminal, end us and not it.
 */
const script = `
trap '' HUP INT TERM
journal=$1; shift
while [ $# -gt 0 ] && [ -e "$journal" ] && [ ! -d "$2" ]; do
  if [ -z "$1" ]; then rm -f -- "$2"; elif [ -e "$1" ]; then mv -f -- "$1" "$2"; fi
  shift 2
done`;

/** Renames take microseconds; a disk that needs longer is waited for by the caller's own renames. */
const patienceMs = 10_000;

/** The names in `steps` and `journal` are in `folder`. */
export function renameApart(folder: string, journal: string, steps: readonly Step[]): void {
  if (process.platform === "win32") return;
  const inFolder = (name: string | null): string => (name === null ? "" : join(folder, name));
  const names = steps.flatMap(({ staged, name }) => [inFolder(staged), inFolder(name)]);
  spawnSync("/bin/sh", ["-c", script, "isobind", inFolder(journal), ...names], {
    stdio: "ignore",
    timeout: patienceMs,
  });
}
