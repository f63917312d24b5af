/**
 * write: puts the files of one contract on the disk, all of them or none, or compares them with what is there. A file
 * that says the same is not touched; a file that isobind did not generate is not overwritten unless forced.
 */
import { dirname, join } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { report } from "../../diagnostics/report.ts";
import { relativePath } from "../relative-path.ts";
import type { FileReport, OutputFile } from "../stages.ts";
import { type Comparison, compare, isSameText } from "./compare.ts";
import { isEquivalent } from "./equivalent.ts";
import { isGenerated } from "./generated.ts";
import { commit, hasJournal, recover } from "./journal.ts";
import { removeLeftovers } from "./leftovers.ts";
import { LockHeld, locked } from "./lock.ts";
import { codeOf, type Disk, type Machine, thisMachine } from "./machine.ts";
import { findObsolete, type ObsoleteFile } from "./obsolete.ts";
import { hasTemporary } from "./temporary.ts";

export interface WriteOptions {
  readonly outDir: string;
  readonly root: string;
  readonly mode: "write" | "compare";
  /** Overwrite files that isobind did not generate. */
  readonly force?: boolean;
  /** Format with the project's own prettier options. */
  readonly format?: boolean;
  readonly machine?: Machine;
}

export interface Written {
  readonly files: readonly FileReport[];
  /** Why nothing was written. */
  readonly diagnostics: readonly Diagnostic[];
  /** What stood there before, for words about staleness. */
  readonly before: readonly Comparison[];
  /** Files of profiles that are no more, relative to the config: removed, or in the way of a comparison. */
  readonly obsolete: readonly string[];
}

export async function write(files: readonly OutputFile[], options: WriteOptions): Promise<Written> {
  const machine = options.machine ?? thisMachine;
  const { outDir, root, mode } = options;
  try {
    const shaped =
      options.format === true ? await (await import("./format.ts")).format(files, outDir) : files;
    // With `format` the project's taste is part of what is wanted, so a run brings files back to it.
    const isSame = options.format === true && mode === "write" ? isSameText : isEquivalent;
    const look = (): State => ({
      before: compare(machine.disk, shaped, outDir, isSame),
      obsolete: obsoleteIn(shaped, outDir, machine.disk),
    });
    let state = look();
    // Half of a generation that another process is writing this very moment is not stale output.
    for (let turn = 0; turn < 20 && mode === "compare" && isInMotion(state, machine.disk, outDir); turn++) {
      await machine.sleep(25);
      state = look();
    }
    const isUntouched = !isChanged(state) && !hasTemporary(outDir, (path) => machine.disk.readdirSync(path));
    if (mode === "compare" || isUntouched) return resultOf(state, options);
    return await replace(shaped, options, machine, isSame);
  } catch (error) {
    const file = relativePath(root, outDir);
    const reason = error instanceof LockHeld ? error.message : words(error);
    return {
      files: [],
      diagnostics: [report("output-unwritable", { file, reason }, null)],
      before: [],
      obsolete: [],
    };
  }
}

async function replace(
  files: readonly OutputFile[],
  options: WriteOptions,
  machine: Machine,
  isSame: typeof isEquivalent,
): Promise<Written> {
  const { outDir } = options;
  const { disk } = machine;
  const created = disk.mkdirSync(outDir, { recursive: true });
  try {
    return await locked(outDir, machine, (token): Written => {
      recover(machine, outDir);
      removeLeftovers(machine, outDir);
      const before = compare(disk, files, outDir, isSame);
      const obsolete = obsoleteIn(files, outDir, disk);
      const foreign = options.force === true ? [] : before.filter(isForeign);
      if (foreign.length > 0)
        return {
          files: [],
          diagnostics: foreign.map((one) => foreignFile(one, options)),
          before,
          obsolete: [],
        };

      const changed = before.filter(({ status }) => status !== "unchanged");
      const changes = [
        ...changed.map(({ file }) => file),
        ...obsolete.map(({ name }) => ({ name, text: null })),
      ];
      const previous = [...changed.map(({ file, text }) => ({ name: file.name, text })), ...obsolete];
      try {
        if (changes.length > 0) commit(machine, outDir, token, changes, previous);
      } catch (error) {
        // A journal that is still there is finished by the next run, and needs its staged files.
        if (!hasJournal(disk, outDir)) removeLeftovers(machine, outDir);
        throw error;
      }
      return resultOf({ before, obsolete }, options, "written");
    });
  } finally {
    if (created !== undefined) removeEmpty(disk, outDir, created);
  }
}

/** What stands on the disk. */
interface State {
  readonly before: readonly Comparison[];
  readonly obsolete: readonly ObsoleteFile[];
}

function obsoleteIn(files: readonly OutputFile[], outDir: string, disk: Disk): readonly ObsoleteFile[] {
  const names = files.map(({ name }) => name);
  return findObsolete(outDir, names, {
    readdirSync: (folder) => disk.readdirSync(folder),
    readFileSync: (file, encoding) => disk.readFileSync(file, encoding),
  });
}

function isChanged({ before, obsolete }: State): boolean {
  return obsolete.length > 0 || before.some(({ status }) => status !== "unchanged");
}

function isInMotion(state: State, disk: Disk, outDir: string): boolean {
  return isChanged(state) && hasTemporary(outDir, (path) => disk.readdirSync(path));
}

function resultOf({ before, obsolete }: State, options: WriteOptions, changed?: "written"): Written {
  const { root, outDir } = options;
  const gone = obsolete.map(({ name }) => relativePath(root, join(outDir, name)));
  const status = changed === undefined ? "stale" : "removed";
  return {
    files: [
      ...before.map((one) => reportOf(one, options, changed)),
      ...gone.map((path): FileReport => ({ path, status })),
    ],
    diagnostics: [],
    before,
    obsolete: gone,
  };
}

function isForeign({ file, text }: Comparison): boolean {
  return text !== null && !isGenerated(file.name, text);
}

function foreignFile({ file }: Comparison, { root, outDir }: WriteOptions): Diagnostic {
  const path = relativePath(root, join(outDir, file.name));
  return report("output-foreign", { file: path }, { file: path });
}

function reportOf(
  { file, status }: Comparison,
  { root, outDir }: WriteOptions,
  changed?: "written",
): FileReport {
  const path = relativePath(root, join(outDir, file.name));
  return { path, status: status === "unchanged" ? status : (changed ?? status) };
}

/** Removes folders this run made and left empty, from `folder` up to `top`. */
function removeEmpty(disk: Disk, folder: string, top: string): void {
  try {
    for (let one = folder; one.length >= top.length; one = dirname(one)) disk.rmdirSync(one);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes(codeOf(error))) throw error;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission was denied",
  EPERM: "permission was denied",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EISDIR: "a folder of that name is in the way",
  ENOTDIR: "a file is where a folder should be",
  EEXIST: "a file is where a folder should be",
  EMFILE: "too many files are open",
};

/** System errors name absolute paths; findings do not. */
function words(error: unknown): string {
  const code = codeOf(error);
  if (code !== "") return reasons[code] ?? `the system reported ${code}`;
  return error instanceof Error ? error.message : String(error);
}
