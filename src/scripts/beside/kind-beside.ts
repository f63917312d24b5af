/**
 * Which kind of script a folder is for: its `tsconfig.json` extends that of the kind, so that editors give `input` its type. Whoever checks or
 * runs a script of the folder goes by the same file.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isSystemError } from "../../files/system-error.ts";
import { upward } from "../../files/upward.ts";
import { kindOfOutput, kindTsconfigName, packedTsconfig } from "../../library/names.ts";

/**
 * The kind that the nearest `tsconfig.json` above a script says, or `null`.
 *
 * @example
 * kindBeside("/shop/scripts/rules/limit.ts"); // "rule", when its folder's tsconfig.json extends `…/tsconfig.scripts.rule.json`
 */
export function kindBeside(file: string): string | null {
  // Of several that are extended, the last one counts, as for a compiler.
  return (
    extendedBy(file)
      .map(kindOfOutput)
      .findLast((kind) => kind !== null) ?? null
  );
}

/** Whether that file says so of a kind that there is, also where it extends the tsconfig of a package for authors of scripts. */
export function isKindBeside(file: string, kind: string): boolean {
  const extended = extendedBy(file);
  return extended.includes(kindTsconfigName(kind)) || extended.includes(packedTsconfig(kind));
}

/** The folder of the nearest `tsconfig.json` above another folder, where that is one of scripts, and its text; `null` for any other. */
export const scriptsAround = (folder: string): Around | null => scriptsAt(dirname(folder));

/** The same of the folder itself, or the nearest above it. */
export function scriptsAt(folder: string): Around | null {
  const found = nearest(folder);
  const isOfScripts = found !== null && namesIn(found.text).some((name) => ofScripts.test(name));
  return isOfScripts ? found : null;
}

interface Around {
  readonly folder: string;
  /** Of its `tsconfig.json`. */
  readonly text: string;
}

const ofScripts = /^tsconfig\.scripts(?:\..+)?\.json$/u;

/** Names of the files that the nearest `tsconfig.json` extends, without their folders. */
function extendedBy(file: string): readonly string[] {
  const found = nearest(dirname(file));
  return found === null ? [] : namesIn(found.text);
}

function namesIn(tsconfig: string): readonly string[] {
  const [, extended = ""] = /"extends"\s*:\s*(\[[^\]]*\]|"[^"]*")/u.exec(tsconfig) ?? [];
  return [...extended.matchAll(/([^"/\\]+)"/gu)].map(([, name = ""]) => name);
}

/** The `tsconfig.json` of a folder, or of the first above that has one. */
function nearest(from: string): Around | null {
  for (const folder of upward(from)) {
    const text = textOf(join(folder, "tsconfig.json"));
    if (text !== null) return { folder, text };
  }
  return null;
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}
