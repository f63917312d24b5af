/** Says which folders belong to contracts that the config no longer names. Nothing is deleted: something may use them still. */
import { resolve } from "node:path";
import { relativePath } from "../files/relative-path.ts";
import type { GenerateResult } from "../generator/result.ts";

/** A line for each folder, as one types it in `cwd`. */
export function abandonedNote({ abandoned, root }: GenerateResult, cwd: string): string {
  return abandoned
    .map(
      (folder) =>
        `\`${relativePath(cwd, resolve(root, folder))}\` is of a contract that the config no longer names. Delete it, unless something still uses it.\n`,
    )
    .join("");
}
