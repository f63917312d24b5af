/**
 * Checks stored scripts, many at once. A TypeScript 7 that is installed is asked first which of them are right; the compiler that isobind carries looks at the others, and is
 * not loaded where there are none. Where there are many, threads share them.
 */
import { defaultEngines, oldestEngine } from "../../config/engines.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { readPragma } from "../../model/pragma.ts";
import type { Script } from "./frontend/service.ts";
import { installedFor } from "./native/installed.ts";
import { putTogether } from "./parts.ts";
import { openSharing, threadsFor } from "./threads/threads.ts";
import type { TypecheckOptions } from "./typecheck.ts";

export interface StoredOptions extends Omit<TypecheckOptions, "checker" | "modules"> {
  /**
   * The names of scripts are relative to this folder. Scripts may import files beside them; TypeScript 7 is looked for in its `node_modules` and in those of the folders above.
   */
  readonly folder: string;
  /** Whether a TypeScript 7 is asked. Default: true. */
  readonly native?: boolean;
  /** How many threads share so many scripts. Default: by what the machine has. */
  readonly threadsFor?: typeof threadsFor;
}

/** The findings of `typecheckScripts`. */
export async function typecheckStored(
  scripts: readonly Script[],
  declaration: string,
  { folder, native = true, threadsFor: countFor = threadsFor, onChecked, ...options }: StoredOptions,
): Promise<Diagnostic[]> {
  const { engine = oldestEngine(defaultEngines) } = options;
  const sharing = openSharing({ scripts, declaration, engine, folder }, countFor);
  const places = [...scripts.keys()];
  try {
    const looks = native && installedFor(folder) !== null ? await sharing.ask("look", places, onChecked) : [];
    const fitting = new Set(looks.flatMap((some) => [...some]));
    const others = places.filter((place) => !fitting.has(place));
    const onOther = onChecked && ((done: number): void => onChecked(fitting.size + done));
    const parts = others.length === 0 ? [] : await sharing.ask("check", others, onOther);
    if (parts.length === 0 && !scripts.some(({ text }) => readPragma(text))) return [];
    const { withContracts } = await import("./pragma.ts");
    const checked = others.map((place) => scripts[place] as Script);
    return withContracts(scripts, putTogether(checked, parts), declaration, options);
  } finally {
    sharing.close();
  }
}
