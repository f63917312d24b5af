/**
 * Writes the files of one contract to the disk, or compares them with what is there. A file that says the same is not
 * touched; a file that isobind did not generate is not overwritten unless forced.
 *
 * No file system replaces several files at once, and there is no lock: a run replaces what differs and then looks whether all of
 * its own stands there. If not, another run came in between, and it writes again. Whoever replaces a file last looks last, and
 * ends only when it sees its own set, so that runs at the same time end with one whole set.
 */
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { report } from "../diagnostics/report.ts";
import { hasDrafts } from "../files/draft.ts";
import { relativePath } from "../files/relative-path.ts";
import type { FileReport, OutputFile } from "../stages.ts";
import { type Comparison, compare, type Same } from "./compare.ts";
import { isGenerated } from "./generated.ts";
import { findObsolete } from "./obsolete.ts";
import { replaceFiles } from "./replace.ts";
import { isSameFormatted, isSameText } from "./same.ts";
import { isSystemError, reasonOf } from "../files/system-error.ts";

export interface WriteOptions {
  readonly outDir: string;
  readonly root: string;
  readonly mode: "write" | "compare";
  /** Overwrite files that isobind did not generate. */
  readonly force?: boolean;
  /** Format with the project's own prettier options. */
  readonly format?: boolean;
}

export interface Written {
  readonly files: readonly FileReport[];
  /** Why nothing was written, or not all. */
  readonly diagnostics: readonly Diagnostic[];
  /** What stood there before, for words about staleness. */
  readonly before: readonly Comparison[];
  /** What stood there in the end; empty when nothing was written. */
  readonly after: readonly Comparison[];
  /** Files of profiles that are no more, relative to the config: removed, or in the way of a comparison. */
  readonly obsolete: readonly string[];
}

export async function write(files: readonly OutputFile[], options: WriteOptions): Promise<Written> {
  try {
    if (options.mode === "compare") {
      const state = await lookAtRest(files, options.outDir);
      return reportOf(state, state, options);
    }
    if (options.format !== true) return await replace(files, isSameFormatted, options);
    const { format } = await import("./format.ts");
    // The project's taste is part of what is wanted, so a run brings files back to it.
    return await replace(await format(files, options.outDir), isSameText, options);
  } catch (error) {
    return nothing([unwritable(error, 0, options)]);
  }
}

/** What stands on the disk. */
interface State {
  readonly files: readonly Comparison[];
  readonly obsolete: readonly OutputFile["name"][];
}

async function look(files: readonly OutputFile[], outDir: string, isSame: Same): Promise<State> {
  const obsolete = findObsolete(
    outDir,
    files.map(({ name }) => name),
  );
  return { files: await compare(files, outDir, isSame), obsolete };
}

function isChanged({ files, obsolete }: State): boolean {
  return obsolete.length > 0 || files.some(({ status }) => status !== "unchanged");
}

/** Half of a generation that another process is writing this very moment is not stale output. */
async function lookAtRest(files: readonly OutputFile[], outDir: string): Promise<State> {
  for (let turn = 0; ; turn++) {
    const isInMotion = turn < 20 && hasDrafts(outDir);
    const state = await look(files, outDir, isSameFormatted);
    if (!isInMotion || !isChanged(state)) return state;
    await setTimeout(25);
  }
}

/**
 * Others take a part of a millisecond to replace their files, after they have written them elsewhere; so a run is in their way
 * once or twice. One that is so often is told instead of going on for ever.
 */
const maxTurns = 50;

async function replace(files: readonly OutputFile[], isSame: Same, options: WriteOptions): Promise<Written> {
  const { outDir } = options;
  let changed = 0;
  try {
    const first = await look(files, outDir, isSame);
    let state = first;
    for (let turn = 1; isChanged(state); turn++) {
      const foreign = options.force === true ? [] : state.files.filter(isForeign);
      if (foreign.length > 0) return nothing(foreign.map((one) => foreignFile(one, options)));
      const replaced = replaceFiles(outDir, {
        write: state.files.filter(({ status }) => status !== "unchanged").map(({ file }) => file),
        remove: state.obsolete,
      });
      changed = Math.max(changed, replaced.changed);
      // What was there a moment ago and is gone, a run of another definition has removed.
      const isOvertaken = replaced.error === null || isSystemError(replaced.error, "ENOENT");
      if (!isOvertaken || turn === maxTurns) throw replaced.error ?? new Error(busy);
      state = await look(files, outDir, isSame);
      if (!isChanged(state)) break;
      // Two that meet again and again must not do so in step.
      await setTimeout(Math.random() * 10 * Math.min(turn, 10));
      state = await look(files, outDir, isSame);
    }
    return reportOf(first, state, options);
  } catch (error) {
    return nothing([unwritable(error, changed, options)]);
  }
}

const busy = "other processes keep writing there";

function nothing(diagnostics: readonly Diagnostic[]): Written {
  return { files: [], diagnostics, before: [], after: [], obsolete: [] };
}

/** After writing, what was stale or missing before is written. */
function reportOf(before: State, after: State, { root, outDir, mode }: WriteOptions): Written {
  const isWritten = mode === "write";
  const pathOf = (name: string): string => relativePath(root, join(outDir, name));
  const obsolete = before.obsolete.map(pathOf);
  return {
    files: [
      ...before.files.map(({ file, status }): FileReport => {
        const path = pathOf(file.name);
        return { path, status: isWritten && status !== "unchanged" ? "written" : status };
      }),
      ...obsolete.map((path): FileReport => ({ path, status: isWritten ? "removed" : "stale" })),
    ],
    diagnostics: [],
    before: before.files,
    after: after.files,
    obsolete,
  };
}

function isForeign({ file, text }: Comparison): boolean {
  return text !== null && !isGenerated(file.name, text);
}

function foreignFile({ file }: Comparison, { root, outDir }: WriteOptions): Diagnostic {
  const path = relativePath(root, join(outDir, file.name));
  return report("output-foreign", { file: path }, { file: path });
}

function unwritable(error: unknown, changed: number, { root, outDir }: WriteOptions): Diagnostic {
  return report(
    "output-unwritable",
    { file: relativePath(root, outDir), reason: reasonOf(error), changed },
    null,
  );
}
