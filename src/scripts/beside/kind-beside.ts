/**
 * Which kind of script a folder is for: its `tsconfig.json` extends that of the kind, so that editors give `input` its type. Whoever checks or
 * runs a script of the folder goes by the same file.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isSystemError } from "../../files/system-error.ts";
import { kindOfOutput } from "../../library/names.ts";

/**
 * The kind that the nearest `tsconfig.json` above a script says, or `null`.
 *
 * @example
 * kindBeside("/shop/scripts/rules/limit.ts"); // "rule", when its folder's tsconfig.json extends `…/tsconfig.scripts.rule.json`
 */
export function kindBeside(file: string): string | null {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const text = textOf(join(folder, "tsconfig.json"));
    if (text !== null) return extendedKind(text);
    if (folder === dirname(folder)) return null;
  }
}

/** Of several that are extended, the last one counts, as for a compiler. */
function extendedKind(tsconfig: string): string | null {
  const [, extended = ""] = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/u.exec(tsconfig) ?? [];
  const names = [...extended.matchAll(/([^"/\\]+)"/gu)].map(([, name = ""]) => name);
  return names.map(kindOfOutput).findLast((kind) => kind !== null) ?? null;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}
