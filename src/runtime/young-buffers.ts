/**
 * Frees buffers that have died young before V8 collects the whole heap for them. V8 counts the bytes of buffers beside the heap, and for every 64 MB of
 * them it collects all that the host holds, however much that is, although by then they are garbage. A collection of young objects alone frees them in a
 * tenth of a millisecond; V8 starts that one when objects are many, which buffers are not.
 */

/** Leaves room for what host functions allocate themselves. */
const most = 16 * 1024 * 1024;

let come = 0;
let collectYoung: (() => void) | undefined;

/** So many bytes of new buffers have come into this process. */
export function buffersCame(bytes: number): void {
  come += bytes;
  if (come < most) return;
  come = 0;
  collectYoung ??= makeCollector();
  collectYoung?.();
}

const { getBuiltinModule } = process;

/**
 * V8 gives its `gc` to realms that are made while a flag is set: here to one that nobody else ever sees. `undefined` where another thread, for which the flag is the
 * same, has just taken it back.
 */
function makeCollector(): (() => void) | undefined {
  const { setFlagsFromString } = getBuiltinModule.call(process, "node:v8") as typeof import("node:v8");
  const { runInNewContext } = getBuiltinModule.call(process, "node:vm") as typeof import("node:vm");
  setFlagsFromString("--expose-gc");
  try {
    const gc = runInNewContext("globalThis.gc") as NodeJS.GCFunction | undefined;
    return gc && (() => void gc({ type: "minor" }));
  } finally {
    // A host that was started with the flag keeps it.
    if (globalThis.gc === undefined) setFlagsFromString("--no-expose-gc");
  }
}
