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
  if (cache) return isolate.compileScriptSync(text, { filename: preludeName, cachedData: cache });
  const script = isolate.compileScriptSync(text, { filename: preludeName, produceCachedData: true });
  cache = (script as { cachedData?: IsolatedVm.ExternalCopy<ArrayBuffer> }).cachedData ?? null;
  return script;
}
