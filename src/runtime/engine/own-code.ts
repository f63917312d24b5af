/**
 * Compiles code of ours in an isolate, from V8's cached code after the first time. The cache is made by this process from
 * our own text, in an isolate that has seen no guest code, and never leaves its memory: cached code from anywhere else would
 * be code execution.
 */
import type { OwnCode } from "./engine.ts";
import type { IsolatedVm } from "./load.ts";

const caches = new WeakMap<OwnCode, IsolatedVm.ExternalCopy<ArrayBuffer>>();

/** `rehearse` is called when there is no cache yet, with the script that it shall run. */
export function compileOwn(
  isolate: IsolatedVm.Isolate,
  code: OwnCode,
  rehearse: (script: IsolatedVm.Script) => void,
): IsolatedVm.Script {
  const { name: filename, text } = code;
  const cache = caches.get(code);
  if (cache) {
    const script = isolate.compileScriptSync(text, { filename, cachedData: cache });
    // V8 takes no code that was made under other flags, and somebody may have set one since.
    if ((script as { cachedDataRejected?: boolean }).cachedDataRejected) caches.delete(code);
    return script;
  }
  const script = isolate.compileScriptSync(text, { filename });
  rehearse(script);
  // Compiling the same text again is answered from the isolate's own cache, which by now holds more.
  const again = isolate.compileScriptSync(text, { filename, produceCachedData: true });
  const { cachedData } = again as { cachedData?: IsolatedVm.ExternalCopy<ArrayBuffer> };
  if (cachedData) caches.set(code, cachedData);
  return script;
}
