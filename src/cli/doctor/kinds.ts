/** Checks the folders around those of one kind of script: a tsconfig that has their scripts too gives them another `input`. */
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
  return all.flatMap((inner) =>
    inner.kind === null
      ? []
      : all.filter((outer) => hasScriptsOf(outer, inner)).map((outer) => told(outer, inner, outDir, root)),
  );
}

/** Whether a tsconfig would have a script that lies in the folder of the other. */
function hasScriptsOf(outer: ScriptsTsconfig, inner: ScriptsTsconfig): boolean {
  if (outer === inner || outer.kind === inner.kind) return false;
  const script = join(dirname(inner.path), "script.ts");
  return outer.tsconfig.covers(script) && inner.tsconfig.covers(script);
}

function told(outer: ScriptsTsconfig, inner: ScriptsTsconfig, outDir: string, root: string): Finding {
  const folder = dirname(outer.path);
  const file = relativePath(root, outer.path);
  const left = leavingOut(relativePath(folder, outDir), relativePath(folder, dirname(inner.path)));
  return warning(
    "scripts",
    `${file} has the scripts of ${relativePath(root, dirname(inner.path))} as well, and gives them another \`input\` than that of the kind \`${inner.kind}\`.`,
    `Write ${left} in it.`,
  );
}
