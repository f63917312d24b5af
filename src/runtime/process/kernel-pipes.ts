/**
 * Makes the pipes a supervisor and its workers talk through, made ahead for a few workers at a time. Node can only give a
 * child a pair of sockets, and a small message through one costs the kernel a quarter more. `mkfifo` makes pipes, with
 * names; those are gone before this returns. Knows nothing of workers and of what travels.
 */
import { spawnSync } from "node:child_process";
import { closeSync, constants, existsSync, mkdtempSync, openSync, rmdirSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The two ends of one pipe, as descriptors. */
export interface PipeEnds {
  readonly read: number;
  readonly write: number;
}

/** Our ends do not block, the worker's do. Whoever takes a pair closes all four. */
export interface PipePair {
  readonly toWorker: PipeEnds;
  readonly fromWorker: PipeEnds;
}

/** A program is started for so many pairs at once: that holds the event loop for some milliseconds, and longer in a host with much memory. */
const pairsAhead = 4;

export class KernelPipes {
  readonly #mkfifo: string;
  #pairs: PipePair[] = [];

  constructor(mkfifo = "/usr/bin/mkfifo") {
    this.#mkfifo = mkfifo;
  }

  /** A pair nobody else has, or `null` where none can be made: sockets do as well, only slower. */
  take(): PipePair | null {
    // Other systems have the program too, but their event loops read such pipes in ways nobody has tested here.
    if (this.#pairs.length === 0 && process.platform === "linux" && existsSync(this.#mkfifo)) {
      this.#pairs = makePairs(this.#mkfifo);
    }
    return this.#pairs.pop() ?? null;
  }

  /** Closes what nobody took. */
  dispose(): void {
    for (const pair of this.#pairs.splice(0)) closePair(pair);
  }
}

/** None at all when anything fails: a temporary folder that takes no pipes, no right to write, no descriptor left. */
function makePairs(mkfifo: string): PipePair[] {
  const opened: number[] = [];
  let folder: string;
  try {
    // Nobody but this user may look into the folder, and so nobody can be at the other end.
    folder = mkdtempSync(join(tmpdir(), "isobind-"));
  } catch {
    return [];
  }
  const names = Array.from(
    { length: pairsAhead },
    (_, i) => [join(folder, `to-${i}`), join(folder, `from-${i}`)] as const,
  );
  try {
    const { status } = spawnSync(mkfifo, ["-m", "600", ...names.flat()], { env: {}, stdio: "ignore" });
    if (status !== 0) return [];
    return names.map(([to, from]) => ({
      toWorker: openPipe(to, "write", opened),
      fromWorker: openPipe(from, "read", opened),
    }));
  } catch {
    closeDescriptors(opened);
    return [];
  } finally {
    removeFolder(folder, names.flat());
  }
}

/** By name: looking what is in a folder takes a descriptor, and there may be none left. */
function removeFolder(folder: string, names: readonly string[]): void {
  for (const remove of [...names.map((name) => () => unlinkSync(name)), () => rmdirSync(folder)]) {
    try {
      remove();
    } catch {
      // Never made, or somebody who cleans up was faster.
    }
  }
}

/** Opens both ends, `ours` without blocking. Each is private to this process until a child is given it by number. */
function openPipe(path: string, ours: keyof PipeEnds, opened: number[]): PipeEnds {
  const { O_RDONLY, O_WRONLY, O_RDWR, O_NONBLOCK } = constants;
  const open = (flags: number): number => {
    const descriptor = openSync(path, flags);
    opened.push(descriptor);
    return descriptor;
  };
  // An end that blocks waits for the other to be opened; one that is both is there at once, and is closed again.
  const both = openSync(path, O_RDWR | O_NONBLOCK);
  try {
    return {
      read: open(O_RDONLY | (ours === "read" ? O_NONBLOCK : 0)),
      write: open(O_WRONLY | (ours === "write" ? O_NONBLOCK : 0)),
    };
  } finally {
    closeSync(both);
  }
}

export function closePair({ toWorker, fromWorker }: PipePair): void {
  closeDescriptors([toWorker.read, toWorker.write, fromWorker.read, fromWorker.write]);
}

export function closeDescriptors(descriptors: readonly number[]): void {
  for (const descriptor of descriptors) closeSync(descriptor);
}
