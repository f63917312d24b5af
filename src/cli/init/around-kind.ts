/** What the folder around that of a kind has to say: its scripts are of no named kind, and those of the other folder are none of its own. */
import { join, posix } from "node:path";
import { relativePath } from "../../files/relative-path.ts";
import { kindTsconfigName } from "../../library/names.ts";
import { defaultKind } from "../../model/contract.ts";
import { scriptsAround } from "../../scripts/beside/kind-beside.ts";
import type { Io } from "../io.ts";
import type { Answers } from "./project.ts";

/** `outDir` and `inner` as that folder's `tsconfig.json` would write them. */
export function leavingOut(outDir: string, inner: string): string {
  const extended = posix.join(outDir, kindTsconfigName(defaultKind));
  const base = extended.startsWith(".") ? extended : `./${extended}`;
  return `"extends": ${JSON.stringify(base)}, "exclude": [${JSON.stringify(inner)}, "**/*.test.*"]`;
}

/** A step for whoever has made the folder of a kind; none where no folder around it is one of scripts, or where that leaves it out. */
export function aroundKind({ cwd }: Io, { scripts, outDir }: Answers): readonly string[] {
  const around = scriptsAround(join(cwd, scripts));
  if (around === null) return [];
  const inner = relativePath(around.folder, join(cwd, scripts));
  if (leavesOut(around.text, inner)) return [];
  const file = relativePath(cwd, join(around.folder, "tsconfig.json"));
  return [`write in ${file}: ${leavingOut(relativePath(around.folder, join(cwd, outDir)), inner)}`];
}

/** In any of the ways to name a folder: `rules`, `./rules/`, `rules/**`, `rules/**\/*`. */
function leavesOut(tsconfig: string, folder: string): boolean {
  return [...tsconfig.matchAll(/"(?:\.\/)?([^"\n]*?)(?:\/\*\*)?(?:\/\*?)?"/gu)].some(
    ([, name]) => name === folder,
  );
}
