/** Where a TypeScript 7 is installed that may be asked about scripts, without loading it. */
import { findTypeScript7 } from "../../../read/frontend/native/find.ts";

/** The second beside an older one. */
const usualNames = ["typescript", "typescript-7"];

/**
 * Its folder; `null` where there is none of a version that was tried.
 *
 * @param root - Where it is looked for: in `node_modules` of this folder and those above.
 */
export function installedFor(root: string): string | null {
  for (const name of usualNames) {
    const found = findTypeScript7(root, name);
    // Its API is announced as unstable.
    if ("folder" in found && /^7\.0\./u.test(found.version)) return found.folder;
  }
  return null;
}
