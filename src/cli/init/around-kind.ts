/** What the folder around that of a kind has to say: its scripts are of no named kind, and those of the other folder are none of its own. */
import { existsSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { relativePath } from "../../files/relative-path.ts";
import { kindTsconfigName } from "../../library/names.ts";
import { defaultKind } from "../../model/contract.ts";
import { kindBeside, scriptsAround } from "../../scripts/beside/kind-beside.ts";
import type { Io } from "../io.ts";
import type { Answers } from "./project.ts";

/**
 * What to write in a `tsconfig.json` of this text. `outDir` and `folders` as it would write them; what it leaves out already stays left out.
 *
 * @example
 * leavingOut("../generated", ["rules"], `{ "exclude": ["old"] }`); // `"extends": "…", "exclude": ["old", "rules", "**\/*.test.*"]`
 */
export function leavingOut(outDir: string, folders: readonly string[], tsconfig: string): string {
  const extended = posix.join(outDir, kindTsconfigName(defaultKind));
  const base = extended.startsWith(".") ? extended : `./${extended}`;
  const [, written = ""] = /"exclude"\s*:\s*\[([^\]]*)\]/u.exec(tsconfig) ?? [];
  const before = [...written.matchAll(/"([^"\n]*)"/gu)].map(([, name = ""]) => name);
  const left = new Set([...before.filter((name) => name !== tests), ...folders, tests]);
  return `"extends": ${JSON.stringify(base)}, "exclude": [${[...left].map((name) => JSON.stringify(name)).join(", ")}]`;
}

const tests = "**/*.test.*";

/** A step for whoever has made the folder of a kind; none where no folder around it is one of scripts, or where that leaves it out. */
export function aroundKind({ cwd }: Io, { scripts, outDir }: Answers): readonly string[] {
  const around = scriptsAround(join(cwd, scripts));
  if (around === null) return [];
  const inner = relativePath(around.folder, join(cwd, scripts));
  if (leavesOut(around.text, inner)) return [];
  const file = relativePath(cwd, join(around.folder, "tsconfig.json"));
  // One step for all: whoever takes the last one alone has them all.
  const others = foldersOfKinds(around.folder).filter((folder) => !leavesOut(around.text, folder));
  const folders = [...others.filter((folder) => folder !== inner), inner];
  return [
    `write in ${file}: ${leavingOut(relativePath(around.folder, join(cwd, outDir)), folders, around.text)}`,
  ];
}

/** The folders directly inside another that are of a kind. */
function foldersOfKinds(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "tsconfig.json")))
    .map(({ name }) => name)
    .filter((name) => ![null, defaultKind].includes(kindBeside(join(folder, name, "script.ts"))))
    .sort();
}

/** In any of the ways to name a folder: `rules`, `./rules/`, `rules/**`, `rules/**\/*`. */
function leavesOut(tsconfig: string, folder: string): boolean {
  return [...tsconfig.matchAll(/"(?:\.\/)?([^"\n]*?)(?:\/\*\*)?(?:\/\*?)?"/gu)].some(
    ([, name]) => name === folder,
  );
}
