/**
 * Loads isolated-vm when the first isolate is made, with the flags of V8 that its isolates need. Whether the installed
 * release may be used is checked before anything comes here (`release.ts`).
 */
import module from "node:module";
import { setFlagsFromString } from "node:v8";
import type IsolatedVm from "isolated-vm";
import { findEngine } from "./find.ts";
import { interruptible } from "./process.ts";
import { unloadable } from "./release.ts";

type Engine = typeof IsolatedVm;
export type { IsolatedVm };

let engine: Engine | null = null;
let place: string | null = null;

/** Where isolated-vm is loaded from in this process: a worker is told by its supervisor, which may be part of a bundle. */
export function useEngine(entry: string): void {
  place = entry;
}

export function loadEngine(): Engine {
  if (engine) return engine;
  engine = requireEngine();
  for (const flag of interruptible(process.versions.node)) setFlagsFromString(flag);
  return engine;
}

/** Throws a `SandboxError` (code `ERR_ENGINE_MISSING`) when its binary is not for this Node or this machine. */
function requireEngine(): Engine {
  try {
    return place === null ? loadFromHere() : loadFrom(place);
  } catch (cause) {
    throw unloadable(cause, place ?? findEngine());
  }
}

function loadFrom(entry: string): Engine {
  return module.createRequire(entry)(entry) as Engine;
}

/**
 * Tracers, which copy what a program needs, follow this form: a variable made by `module.createRequire`, and a name in quotes. Bundlers must
 * not, because a native module is in no bundle, and webpack does not as long as `createRequire` is not imported by its name.
 */
function loadFromHere(): Engine {
  try {
    const require = module.createRequire(import.meta.url);
    return require("isolated-vm") as Engine;
  } catch (error) {
    const entry = findEngine();
    if (entry === null) throw error;
    return loadFrom(entry);
  }
}
