/**
 * The floor in one process: isolated-vm by hand, callbacks with no validation, no error conversion, no limits.
 */
import ivm from "isolated-vm";
import { bindings } from "../host.ts";
import type { Peer } from "../peer.ts";

export const peer: Peer = {
  name: "hand-written isolated-vm",
  differs:
    "The floor in one process: bare callbacks; no validation, no budget, no error conversion, no frozen tree.",
  floor: true,
  async open(options) {
    const tree = bindings(options.bindings);
    return {
      async run(body) {
        const isolate = new ivm.Isolate({ memoryLimit: 128 });
        try {
          const context = isolate.createContextSync();
          const pending: (() => void)[] = [];
          let settle: ivm.Reference | undefined;
          let failure: unknown;
          const done = Promise.withResolvers<void>();
          const boot = `const b = {}; let resolvers = new Map(), next = 0;
            const install = (name, call, asynchronous) => { b[name] = asynchronous
              ? (...args) => new Promise((resolve) => { const id = next++; resolvers.set(id, resolve); call(id, ...args); })
              : call; };
            const settle = (answers) => { for (const [id, value] of answers) { resolvers.get(id)(value); resolvers.delete(id); } };`;
          context.evalSync(boot);
          const install = context.evalSync("install", { reference: true }) as ivm.Reference;
          settle = context.evalSync("settle", { reference: true }) as ivm.Reference;
          let answers: [number, unknown][] = [];
          const flush = (): void => {
            const batch = answers;
            answers = [];
            settle?.applySync(undefined, [batch], { arguments: { copy: true } });
          };
          for (const [name, call] of Object.entries(tree)) {
            const asynchronous = name.endsWith("Async");
            const callback = asynchronous
              ? new ivm.Callback((id: number, ...args: never[]) => {
                  void (call(...args) as Promise<unknown>).then((value) => {
                    if (answers.push([id, value]) === 1) setImmediate(flush);
                  });
                })
              : new ivm.Callback(call as (...args: unknown[]) => unknown);
            install.applySync(undefined, [name, callback, asynchronous]);
          }
          context.global.setSync("__done", new ivm.Callback(() => done.resolve()));
          context.global.setSync(
            "__failed",
            new ivm.Callback((text: string) => ((failure = text), done.resolve())),
          );
          isolate
            .compileScriptSync(`(async () => {${body}})().then(__done, (e) => __failed(String(e)))`)
            .runSync(context);
          await done.promise;
          pending.length = 0;
          if (failure !== undefined) throw new Error(String(failure));
        } finally {
          isolate.dispose();
        }
      },
      async close() {},
    };
  },
};
