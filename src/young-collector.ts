/**
 * Has V8 collect young objects alone, when it is known that most of them have just died: a tenth of a millisecond to a few, whatever else the process holds.
 */
const { getBuiltinModule } = process;

/**
 * V8 gives its `gc` to realms that are made while a flag is set: here to one that nobody else ever sees. `undefined` where another thread, for which the flag is the
 * same, has just taken it back.
 */
export function makeYoungCollector(): (() => void) | undefined {
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
