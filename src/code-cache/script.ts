/**
 * Requires a CommonJS script together with the code an earlier run has compiled of it. Node's compile cache takes that
 * code before the script's first line runs, so that every run compiles the functions it calls again: three thousand of them in a
 * cold `generate`. This one takes it when the process ends, and keeps it in the folder of that cache, only where there is one. V8
 * refuses code that was made under other flags, so those are in its name.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { createRequire, getCompileCacheDir, Module } from "node:module";
import { dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import { cacheAtExit, cachedName, readCached } from "./cache-file.ts";
import { asBegun } from "./optimizing.ts";

/** Later, V8 has thrown away code that it does not need any more, and the next start would compile that again. */
const freshSeconds = 60;

export function requireCached(file: string, folder = getCompileCacheDir()): unknown {
  const require = createRequire(file);
  if (folder === undefined) return require(file);
  const loaded = require.cache[file];
  if (loaded !== undefined) return loaded.exports;

  const bytes = asFunction(file);
  const name = join(folder, cachedName(bytes, `${cachedDataVersionTag().toString(16)}.code`));
  const cached = readCached(name);
  const script = new Script(bytes.toString("utf8"), {
    filename: file,
    ...(cached === null ? {} : { cachedData: cached }),
  });
  if (cached === null || script.cachedDataRejected === true) {
    const isFresh = (): boolean => process.uptime() < freshSeconds;
    cacheAtExit(name, () => (isFresh() ? asBegun(() => script.createCachedData()) : null));
  }
  const module = new Module(file);
  const run = script.runInThisContext() as (...words: readonly unknown[]) => void;
  run.call(module.exports, module.exports, require, module, file, dirname(file));
  module.loaded = true;
  // Whoever requires it later in this process means this one.
  require.cache[file] = module;
  return module.exports;
}

const head = "(function (exports, require, module, __filename, __dirname) { ";
const tail = "\n})";

/**
 * The script as the function that CommonJS calls. Put together as bytes: of a string, V8 would copy ten megabytes into its
 * heap, and collect garbage for it.
 */
function asFunction(file: string): Buffer {
  const handle = openSync(file, "r");
  try {
    const { size } = fstatSync(handle);
    const bytes = Buffer.allocUnsafeSlow(head.length + size + tail.length);
    bytes.write(head);
    const end = head.length + readSync(handle, bytes, head.length, size, 0);
    bytes.write(tail, end);
    return bytes.subarray(0, end + tail.length);
  } finally {
    closeSync(handle);
  }
}
