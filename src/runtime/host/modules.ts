/**
 * Declares what a host gives for the imports of a script, a map or a loader, and the checks of what was given.
 */
import type { HostContext } from "../../registry/call-context.ts";
import { option } from "../errors.ts";
import type { GuestScript } from "../seam.ts";

/**
 * What scripts of a run may import.
 *
 * A map has a text for each name. Names that begin with `./` or `../` belong to files beside the script, as the script would name them; every other
 * name is imported as it stands.
 *
 * @example
 * await sandbox.run('import { total } from "./lib/money.ts"; export default total([1, 2]);', {
 *   modules: { "./lib/money.ts": "export const total = (all: number[]) => all.reduce((a, b) => a + b, 0);" },
 * });
 */
export type Modules = Readonly<Record<string, string>> | ModuleLoader;

/** Finds modules when they are named. Its functions are called in the asynchronous context of the run, and never with anything but names. */
export interface ModuleLoader {
  /**
   * Says which module a name means: an id, which is given to `load` and is the same for the same module; `null` for none. `referrer` is the id of the
   * module that names it, or the script's `filename`. The id of the script is its `filename`. Default: relative names are
   * joined, others are ids.
   */
  resolve?(specifier: string, referrer: string, about: ModuleAbout): Awaitable<string | null | undefined>;
  /** The text of a module; `null` for one that is not there. Called once for each id in a run. */
  load(id: string, about: ModuleAbout): Awaitable<string | LoadedModule | null | undefined>;
  /** Ids that exist, for the suggestion when a name leads nowhere. Called only then. */
  names?(about: ModuleAbout): Awaitable<Iterable<string>>;
}

type Awaitable<Value> = Value | PromiseLike<Value>;

export interface LoadedModule {
  readonly source: string;
  /** Shown in stacks; its extension decides the language. Default: the id. */
  readonly filename?: string;
  readonly language?: GuestScript["language"];
}

export interface ModuleAbout {
  /** What the host gave this run, `run(source, { context })`. */
  readonly context: HostContext;
  readonly runId: string;
  /** Fires when the run ends, for whatever reason: what is still being loaded is for nobody. */
  readonly signal: AbortSignal;
}

export function isLoader(modules: Modules): modules is ModuleLoader {
  return typeof (modules as { load?: unknown }).load === "function";
}

/** Throws a `SandboxError` (code `ERR_SANDBOX_OPTION`) for what is neither a map of texts nor a loader. */
export function checkModules(modules: unknown): void {
  if (typeof modules !== "object" || modules === null || Array.isArray(modules)) {
    throw option("modules: expected an object of names and texts, or a loader with `load`.");
  }
  if (isLoader(modules as Modules)) {
    for (const name of ["resolve", "names"] as const) {
      const given = (modules as ModuleLoader)[name];
      if (given !== undefined && typeof given !== "function")
        throw option(`modules: ${name}: expected a function.`);
    }
    return;
  }
  for (const [name, text] of Object.entries(modules)) {
    if (typeof text !== "string")
      throw option(`modules: ${JSON.stringify(name)}: expected the text of a module.`);
  }
}
