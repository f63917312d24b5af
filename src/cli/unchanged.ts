/** Says what a bare `generate` or `check` says that finds nothing to do, which is what most of them are. */
import { unchanged } from "../generator/unchanged.ts";
import { bareMode } from "./bare.ts";
import { fileLines, fromWhereTyped } from "./file-lines.ts";
import type { Io } from "./io.ts";
import { wantsColor } from "./wants-color.ts";

/** `null` when a whole run has to tell; it also explains what cannot be read here. */
export function unchangedText(argv: readonly string[], io: Io): string | null {
  const mode = bareMode(argv);
  if (mode === undefined) return null;
  try {
    const found = unchanged(io.cwd, mode !== "write");
    if (found === null) return null;
    const named = fromWhereTyped(io.cwd, found.root);
    const files = found.files.map(({ path, status }) => ({ path: named(path), status }));
    return fileLines(files, wantsColor(io.stdout, io.env) ? { paint: dim } : {});
  } catch {
    return null;
  }
}

/** As the colours of a command have it, which are a package to load. */
function dim(_status: string, text: string): string {
  return `\u001b[2m${text}\u001b[22m`;
}
