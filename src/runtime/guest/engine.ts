/**
 * Engine: isolated-vm, loaded when the first isolate is made, and the flags of V8 its isolates need. Whether the installed release may
 * be used is checked before anything comes here.
 */
import module from "node:module";
import { setFlagsFromString } from "node:v8";
import type IsolatedVm from "isolated-vm";
import { unloadable } from "../engine.ts";
import { findEngine } from "../find-engine.ts";

export type Engine = typeof IsolatedVm;
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
  // From V8 13 on, a loop that the optimising compiler has unrolled may never look whether it shall stop, and then neither a time limit
  // nor the memory limit ends it. Older engines do not know the flag.
  if (Number(process.versions.node.split(".")[0]) >= 24) setFlagsFromString("--no-turboshaft-loop-unrolling");
  return engine;
}

/** Throws a `SandboxError` (code `ERR_ENGINE_MISSING`) when its binary is not for this Node or this machine. */
function requireEngine(): Engine {
  try {
    return place === null ? loadFromHere() : loadFrom(place);
  } catch (cause) {
    throw unloadable(cause);
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

/** KiB of stack for guest code. Host functions called by it run above it, on what is left of the thread's stack. */
const guestStackKb = 480;
const defaultStackKb = 984;

/**
 * Creates an isolate and its context, whose code may use less than half of the thread's stack. Without this a script that
 * recurses as deep as it can makes the host functions it calls fail with RangeError at arbitrary places, and V8 itself
 * abort the process when its own frames leave the region it knows.
 *
 * V8 fixes an isolate's limit when a thread first enters it, which is the creation of the context and not that of the
 * isolate, and measures it from where the stack then is.
 */
export function createIsolate(memoryMb: number): {
  isolate: IsolatedVm.Isolate;
  context: IsolatedVm.Context;
} {
  const { Isolate } = loadEngine();
  const own = ownStackKb();
  setFlagsFromString(`--stack-size=${Math.min(guestStackKb, Math.floor(own / 2))}`);
  try {
    // isolated-vm takes no less than 8.
    const isolate = new Isolate({ memoryLimit: Math.max(8, memoryMb) });
    try {
      return { isolate, context: isolate.createContextSync() };
    } catch (error) {
      isolate.dispose();
      throw error;
    }
  } finally {
    setFlagsFromString(`--stack-size=${own}`);
  }
}

/** What this process was started with: V8 cannot be asked. */
function ownStackKb(): number {
  const given = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? "").split(/\s+/)];
  for (const option of given) {
    const match = /^--stack[-_]size=(\d+)$/.exec(option);
    if (match) return Number(match[1]);
  }
  return defaultStackKb;
}
