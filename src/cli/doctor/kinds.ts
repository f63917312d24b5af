/** Checks the folders around those of one kind of script: a tsconfig that has their scripts too gives them another `input`. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { relativePath } from "../../files/relative-path.ts";
import { leavingOut } from "../init/around-kind.ts";
import type { Tsconfig } from "../../scripts/typecheck/tsconfig.ts";
import { warning, type Finding } from "./finding.ts";

export interface ScriptsTsconfig {
  /** Absolute. */
  readonly path: string;
  readonly tsconfig: Tsconfig;
  /** `null` for one of scripts of every kind. */
  readonly kind: string | null;
}

export function checkAround(
  all: readonly ScriptsTsconfig[],
  outDir: string,
  root: string,
): readonly Finding[] {
  return all.flatMap((outer) => {
    const inner = all.filter((one) => one.kind !== null && hasScriptsOf(outer, one));
    return inner.length === 0 ? [] : [told(outer, inner, outDir, root)];
  });
}

/** Whether a tsconfig would have a script that lies in the folder of the other. */
function hasScriptsOf(outer: ScriptsTsconfig, inner: ScriptsTsconfig): boolean {
  if (outer === inner || outer.kind === inner.kind) return false;
  const script = join(dirname(inner.path), "script.ts");
  return outer.tsconfig.covers(script) && inner.tsconfig.covers(script);
}

/** One finding for all folders, because what is to be written is one list. */
function told(
  outer: ScriptsTsconfig,
  inner: readonly ScriptsTsconfig[],
  outDir: string,
  root: string,
): Finding {
  const folder = dirname(outer.path);
  const file = relativePath(root, outer.path);
  const folders = inner.map(({ path }) => dirname(path)).sort();
  const names = folders.map((one) => relativePath(folder, one));
  const left = leavingOut(relativePath(folder, outDir), names, readFileSync(outer.path, "utf8"));
  const [first] = inner;
  const kinds = inner.length === 1 ? `that of the kind \`${first?.kind}\`` : "those of their kinds";
  return warning(
    "scripts",
    `${file} has the scripts of ${folders.map((one) => relativePath(root, one)).join(" and ")} as well, and gives them another \`input\` than ${kinds}.`,
    `Write ${left} in it.`,
  );
}
