/**
 * quickjs-emscripten: another engine, compiled to WebAssembly. Values are converted by hand as JSON, which is what its
 * users do; bytes cross as an ArrayBuffer.
 */
import { getQuickJS, type QuickJSContext, type QuickJSHandle } from "quickjs-emscripten";
import { bindings } from "../host.ts";
import type { Peer } from "../peer.ts";

export const peer: Peer = {
  name: "quickjs-emscripten",
  differs:
    "An interpreter without a JIT, in the same process; values cross as JSON by hand-written glue; no validation.",
  async open(options) {
    const quickjs = await getQuickJS();
    const tree = bindings(options.bindings);
    return {
      async run(body) {
        const runtime = quickjs.newRuntime();
        const context = runtime.newContext();
        try {
          const b = context.newObject();
          for (const [name, call] of Object.entries(tree)) {
            const fn = context.newFunction(name, (...handles) => {
              const args = handles.map((handle) => toHost(context, handle)) as never[];
              const result = call(...args);
              if (!(result instanceof Promise)) return toGuest(context, result);
              const promise = context.newPromise();
              void result.then((value) => {
                toGuest(context, value).consume((handle) => promise.resolve(handle));
              });
              void promise.settled.then(() => runtime.executePendingJobs());
              return promise.handle;
            });
            context.setProp(b, name, fn);
            fn.dispose();
          }
          context.setProp(context.global, "b", b);
          b.dispose();
          const evaluated = context.unwrapResult(context.evalCode(`(async () => {${body}})()`));
          const settled = context.resolvePromise(evaluated);
          evaluated.dispose();
          runtime.executePendingJobs();
          context.unwrapResult(await settled).dispose();
        } finally {
          context.dispose();
          runtime.dispose();
        }
      },
      async close() {},
    };
  },
};

function toHost(context: QuickJSContext, handle: QuickJSHandle): unknown {
  const type = context.typeof(handle);
  if (type === "number") return context.getNumber(handle);
  if (type === "string") return context.getString(handle);
  const buffer = context.getProp(handle, "buffer");
  try {
    const view = context.getArrayBuffer(buffer);
    const bytes = view.value.slice();
    view.dispose();
    return bytes;
  } catch {
    return context.dump(handle);
  } finally {
    buffer.dispose();
  }
}

function toGuest(context: QuickJSContext, value: unknown): QuickJSHandle {
  if (value === undefined) return context.undefined;
  if (typeof value === "number") return context.newNumber(value);
  if (typeof value === "string") return context.newString(value);
  const json = context.newString(JSON.stringify(value));
  const parse = context.unwrapResult(context.evalCode("JSON.parse"));
  const parsed = context.unwrapResult(context.callFunction(parse, context.undefined, json));
  json.dispose();
  parse.dispose();
  return parsed;
}
