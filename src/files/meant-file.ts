/** Finds the file that a path which leads nowhere was most likely meant for: one of nearly the same name in the same folder. */
import { readdirSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { nearest } from "../model/suggest.ts";
import { isSystemError } from "./system-error.ts";

/** As it would have been typed; `null` for none. */
function meantFile(typed: string, cwd: string): string | null {
  const name = basename(typed);
  const meant = nearest(name, filesOf(dirname(resolve(cwd, typed))));
  // A slash may stand behind it.
  return meant === null ? null : typed.slice(0, typed.lastIndexOf(name)) + meant;
}

/** The same as a sentence behind another; empty for none. */
export function orMeantFile(typed: string, cwd: string): string {
  const meant = meantFile(typed, cwd);
  return meant === null ? "" : ` Did you mean \`${meant}\`?`;
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [] : [entry.name],
    );
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}
