/**
 * Prelude script: compiles the prelude in an isolate, from V8's cached code after the first time. The cache is made by this process from
 * our own text, in an isolate that has seen no guest code, and never leaves its memory: cached code from anywhere else would
 * be code execution.
 */
import type { GuestSetup } from "../seam.ts";
import type { IsolatedVm } from "./engine.ts";
import { composePrelude, preludeName } from "./prelude/compose.ts";
import { enter, startPrelude } from "./start-prelude.ts";

let text: string | null = null;
let cache: IsolatedVm.ExternalCopy<ArrayBuffer> | null = null;

export function compilePrelude(isolate: IsolatedVm.Isolate): IsolatedVm.Script {
  text ??= composePrelude();
  if (cache) {
    const script = isolate.compileScriptSync(text, { filename: preludeName, cachedData: cache });
    // V8 takes no code that was made under other flags, and somebody may have set one since.
    if ((script as { cachedDataRejected?: boolean }).cachedDataRejected) cache = null;
    return script;
  }
  const script = isolate.compileScriptSync(text, { filename: preludeName });
  rehearse(isolate, script);
  // Compiling the same text again is answered from the isolate's own cache, which by now holds more.
  const again = isolate.compileScriptSync(text, { filename: preludeName, produceCachedData: true });
  cache = (again as { cachedData?: IsolatedVm.ExternalCopy<ArrayBuffer> }).cachedData ?? null;
  return script;
}

const rehearsal: GuestSetup = {
  leaves: [
    { path: ["rehearsal", "sync"], mode: "sync", maxPayloadBytes: 1024, length: 1 },
    { path: ["rehearsal", "async"], mode: "async", maxPayloadBytes: 1024 },
  ],
  namespaces: [["rehearsal"]],
  limits: { memoryMb: 8, cpuMs: 1000, wallMs: 1000, payloadBytes: 1024, consoleBytes: 1024 },
};

/**
 * V8 compiles a function when it is first called, so after one run of what every run does its code holds what every run needs, and nothing
 * else: reading code that is not called costs more than it saves. In a context of its own, which is thrown away.
 */
function rehearse(isolate: IsolatedVm.Isolate, script: IsolatedVm.Script): void {
  const context = isolate.createContextSync();
  const { run, settle } = startPrelude(script, context, rehearsal, {
    flat: () => () => 1,
    packed: () => 1,
    console: () => undefined,
    finish: () => undefined,
    detached: () => undefined,
  });
  const source = `(async () => { const { sync, async } = SecureExec.bindings.rehearsal; sync(0); sync(1, 2); const value = await async(0); return { 0: () => ({ 0: value }) }; })`;
  const played = isolate.compileScriptSync(source).runSync(context, { reference: true });
  enter(run, [played.derefInto(), ["default"]]);
  enter(settle, [1, 1]);
  context.release();
}
