/** Looks whether folders can be there, before `isobind init` writes a config that names them. */
import { statSync } from "node:fs";
import { join, posix } from "node:path";
import { UsageError } from "../exit.ts";

/** Throws a `UsageError` for the first of `folders`, relative to `root`, that is a file or lies below one. */
export function refuseFiles(root: string, folders: readonly string[]): void {
  for (const folder of folders) {
    const file = upward(folder).find((path) => isFile(join(root, path)));
    if (file === undefined) continue;
    throw new UsageError(
      `\`${file}\` is a file, and would have to be a folder.`,
      "Choose another place, or move the file away; nothing was written.",
    );
  }
}

/** `a/b` -> `a/b`, `a`. */
function upward(folder: string): string[] {
  return folder === "." ? [] : [folder, ...upward(posix.dirname(folder))];
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    // Not there, or not to be looked at: writing says why.
    return false;
  }
}
