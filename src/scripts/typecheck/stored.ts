/**
 * Checks stored scripts, many at once. A TypeScript 7 that is installed is asked first which of them are right; the compiler that isobind carries looks at the others, and is
 * not loaded where there are none.
 */
import { defaultEngines, oldestEngine } from "../../config/engines.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { readPragma } from "../../model/pragma.ts";
import type { Script } from "./frontend/service.ts";
import { openLook } from "./native/look.ts";
import type { TypecheckOptions } from "./typecheck.ts";

export interface StoredOptions extends Omit<TypecheckOptions, "checker" | "fitting"> {
  /** Where TypeScript 7 is looked for, in `node_modules` of this folder and those above. `null`: it is not asked. */
  readonly root: string | null;
}

/** The findings of `typecheckScripts`. */
export async function typecheckStored(
  scripts: readonly Script[],
  declaration: string,
  { root, ...options }: StoredOptions,
): Promise<Diagnostic[]> {
  const { engine = oldestEngine(defaultEngines), onChecked } = options;
  const look = root === null ? null : openLook(root, engine);
  const fitting = look?.fitting(scripts, declaration, onChecked) ?? new Set();
  look?.close();
  if (fitting.size === scripts.length && !scripts.some(({ text }) => readPragma(text))) return [];
  const { typecheckScripts } = await import("./typecheck.ts");
  return typecheckScripts(scripts, declaration, { ...options, engine, fitting });
}
