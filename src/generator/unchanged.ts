/**
 * Says what a run would report that finds nothing to do. It is all that such a run does, so it loads next to nothing, and whatever needs more than a look
 * at files and their times is left to `generate`.
 */
import type { ResolvedConfig } from "../config/resolved.ts";
import { removeDrafts } from "../files/draft.ts";
import type { FileReport } from "../stages.ts";
import { cacheFolder } from "./manifest/record.ts";
import { recall, recallLoaded } from "./recall.ts";
import type { Work } from "./work.ts";

export interface Unchanged {
  /** Absolute; what files are relative to. */
  readonly root: string;
  readonly files: readonly FileReport[];
}

/**
 * `null` when something has changed, nothing is remembered, or there is more to say than which files are as they should be. `isCheck`: nothing is
 * tidied where output stands. That two contracts write into one folder need not be looked for: what one of them left there would not be as it was.
 */
export function unchanged(cwd: string, isCheck: boolean): Unchanged | null {
  const config = recallLoaded(undefined, cwd)?.config ?? null;
  if (config === null) return null;
  const works = recallAll(config);
  if (works === null || works.some(({ diagnostics }) => diagnostics.length > 0)) return null;
  removeDrafts(cacheFolder(config.root));
  if (!isCheck) for (const { contract } of works) removeDrafts(contract.outDir);
  return { root: config.root, files: works.flatMap(({ reports }) => reports) };
}

/** `null` at the first contract that has changed. */
function recallAll(config: ResolvedConfig): readonly Work[] | null {
  const works: Work[] = [];
  for (const contract of config.contracts) {
    const work = recall(contract, config);
    if (work === null) return null;
    works.push(work);
  }
  return works;
}
