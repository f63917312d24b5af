/**
 * Tells whether the cache of a project can be written. Looks, and writes nothing.
 */
import { accessSync, constants, statSync } from "node:fs";
import { isSystemError } from "../files/system-error.ts";
import { upward } from "../files/upward.ts";
import { cacheFolder } from "./manifest/record.ts";

/**
 * Why nothing can be remembered for the project in a folder; `null` when it can.
 *
 * @example
 * cacheProblem("/app"); // "EROFS: read-only file system, access '/app/node_modules/.cache'"
 */
export function cacheProblem(root: string): string | null {
  for (const folder of upward(cacheFolder(root))) {
    try {
      if (!statSync(folder).isDirectory()) return `\`${folder}\` is no folder`;
      accessSync(folder, constants.W_OK);
      return null;
    } catch (error) {
      // It is made when there is something to remember: what counts is the folder it would be made in.
      if (isSystemError(error, "ENOENT")) continue;
      return error instanceof Error ? error.message : String(error);
    }
  }
  return `\`${root}\` is in no folder`;
}
