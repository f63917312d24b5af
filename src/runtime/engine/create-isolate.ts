/**
 * Creates an isolate of isolated-vm whose code leaves host functions enough of the thread's stack.
 */
import { setFlagsFromString } from "node:v8";
import { loadEngine, type IsolatedVm } from "./load.ts";

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
export function createIsolate(
  memoryMb: number,
  { inspector = false } = {},
): {
  isolate: IsolatedVm.Isolate;
  context: IsolatedVm.Context;
} {
  const { Isolate } = loadEngine();
  const own = ownStackKb();
  setFlagsFromString(`--stack-size=${Math.min(guestStackKb, Math.floor(own / 2))}`);
  try {
    // isolated-vm takes no less than 8.
    const isolate = new Isolate({ memoryLimit: Math.max(8, memoryMb), inspector });
    try {
      return { isolate, context: isolate.createContextSync({ inspector }) };
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
