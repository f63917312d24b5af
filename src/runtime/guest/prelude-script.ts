/**
 * Prelude script: compiles the prelude in an isolate, from V8's cached code after the first time. The cache is made by this process from
 * our own text and never leaves its memory: cached code from anywhere else would be code execution.
 */
import type { IsolatedVm } from "./engine.ts";
import { composePrelude, preludeName } from "./prelude/compose.ts";

let text: string | null = null;
let cache: IsolatedVm.ExternalCopy<ArrayBuffer> | null = null;

export function compilePrelude(isolate: IsolatedVm.Isolate): IsolatedVm.Script {
  text ??= composePrelude();
  if (!cache) return isolate.compileScriptSync(text, { filename: preludeName });
  const script = isolate.compileScriptSync(text, { filename: preludeName, cachedData: cache });
  // V8 takes no code that was made under other flags, and somebody may have set one since.
  if ((script as { cachedDataRejected?: boolean }).cachedDataRejected) cache = null;
  return script;
}

/**
 * Keeps the code of an isolate whose prelude has just started. V8 compiles a function when it is first called, so only now its code holds
 * what a start needs, and nothing else: to read code that is not called costs more than it saves. Compiling the same text again is answered
 * from the isolate's own cache.
 */
export function keepPrelude(isolate: IsolatedVm.Isolate): void {
  if (cache || text === null) return;
  const script = isolate.compileScriptSync(text, { filename: preludeName, produceCachedData: true });
  cache = (script as { cachedData?: IsolatedVm.ExternalCopy<ArrayBuffer> }).cachedData ?? null;
}
