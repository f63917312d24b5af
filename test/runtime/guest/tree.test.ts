import { describe, expect, it } from "vitest";
import { runScript, valueOf } from "./support/run-script.ts";

const bindings = {
  greet: { call: (name: string) => `Hello, ${name}!`, length: 1 },
  "db.query": { mode: "async" as const, call: () => [] },
  "a.b.c.d": () => 1,
};

describe("the tree a script sees", () => {
  it("is there without any binding, empty and frozen", async () => {
    expect(
      await valueOf(
        `export default [typeof SecureExec, Object.isFrozen(SecureExec), Object.keys(SecureExec.bindings), Object.isFrozen(SecureExec.bindings)]`,
      ),
    ).toEqual(["object", true, [], true]);
  });

  it("shows no source of ours, and leaves what a script's regular expressions have found", async () => {
    const [text, found] = (await valueOf(
      `/(b+)/.exec("abbc"); const { greet } = SecureExec.bindings; greet("x" + 1); export default [String(greet), RegExp.$1]`,
      { bindings },
    )) as [string, string];
    expect(text).toMatch(/^function \w*\(\) \{ \[native code\] \}$/);
    expect(found).toBe("bb");
  });

  it("has functions that are no constructors, and neither are those of the console", async () => {
    expect(
      await valueOf(
        `const { greet, db } = SecureExec.bindings;
         const all = [greet, db.query, console.log, console.table, console.group];
         const attempts = [(f) => new f(), (f) => Reflect.construct(Object, [], f), (f) => class extends f {}];
         const told = (action) => { try { action(); return "done" } catch (e) { return e.name } };
         export default [...new Set(all.flatMap((f) => [Object.hasOwn(f, "prototype"), ...attempts.map((attempt) => told(() => attempt(f)))]))]`,
        { bindings },
      ),
    ).toEqual([false, "TypeError"]);
  });

  it("is non-writable and non-configurable on the global object", async () => {
    expect(
      await valueOf(
        `const d = Object.getOwnPropertyDescriptor(globalThis, 'SecureExec');
         const attempts = [() => { globalThis.SecureExec = 1 }, () => { delete globalThis.SecureExec },
           () => Object.defineProperty(globalThis, 'SecureExec', { value: 1 })];
         export default [d.writable, d.configurable, ...attempts.map((f) => { try { f(); return 'done' } catch (e) { return e.name } })]`,
        { bindings },
      ),
    ).toEqual([false, false, "TypeError", "TypeError", "TypeError"]);
  });

  it("is frozen at every level, with null prototypes and frozen leaves", async () => {
    const value = await valueOf(
      `const out = [];
       (function walk(node, path) {
         out.push([path, typeof node, Object.isFrozen(node), typeof node === 'object' ? Object.getPrototypeOf(node) : Object.getPrototypeOf(node) === Function.prototype]);
         if (typeof node === 'object') for (const key of Object.keys(node)) walk(node[key], path + '.' + key);
       })(SecureExec, 'SecureExec');
       export default out`,
      { bindings, namespaces: [["empty"], ["db", "none"]] },
    );
    expect(value).toEqual([
      ["SecureExec", "object", true, null],
      ["SecureExec.bindings", "object", true, null],
      ["SecureExec.bindings.empty", "object", true, null],
      ["SecureExec.bindings.db", "object", true, null],
      ["SecureExec.bindings.db.none", "object", true, null],
      ["SecureExec.bindings.db.query", "function", true, true],
      ["SecureExec.bindings.a", "object", true, null],
      ["SecureExec.bindings.a.b", "object", true, null],
      ["SecureExec.bindings.a.b.c", "object", true, null],
      ["SecureExec.bindings.a.b.c.d", "function", true, true],
      ["SecureExec.bindings.greet", "function", true, true],
    ]);
  });

  it("has leaves with a name and a length, without a prototype, that cannot be constructed", async () => {
    expect(
      await valueOf(
        `const { greet, db } = SecureExec.bindings;
         let constructed; try { new greet('x'); constructed = true } catch (e) { constructed = e.name }
         let changed; try { greet.x = 1 } catch (e) { changed = e.name }
         export default [greet.name, greet.length, 'prototype' in greet, constructed, changed, db.query.name, db.query.length, greet('you'), Reflect.apply(greet, 1, ['me'])]`,
        { bindings },
      ),
    ).toEqual(["greet", 1, false, "TypeError", "TypeError", "query", 0, "Hello, you!", "Hello, me!"]);
  });

  it("shows nothing of the engine behind it", async () => {
    const value = (await valueOf(
      `const { greet } = SecureExec.bindings;
       export default [Object.getOwnPropertyNames(globalThis).filter((n) => /ivm|isolate|prelude|host|callback/i.test(n)),
         Object.getOwnPropertyNames(greet).sort(), greet.constructor === Function,
         (() => { try { return greet.caller } catch (e) { return e.name } })(),
         (() => { try { return greet.arguments } catch (e) { return e.name } })(),
         typeof Function('return this')().process, typeof require, typeof global, typeof fetch, typeof setTimeout]`,
      { bindings },
    )) as unknown[];
    expect(value).toEqual([
      [], ["length", "name"], true, "TypeError", "TypeError", "undefined", "undefined", "undefined", "undefined", "undefined",
    ]); // prettier-ignore
  });

  it("lacks what the memory limit does not see", async () => {
    expect(
      await valueOf(
        `const b = new ArrayBuffer(8, { maxByteLength: 2 ** 32 });
         class Sub extends ArrayBuffer {}
         export default [typeof WebAssembly, typeof SharedArrayBuffer, typeof Atomics, b.resizable, b.byteLength, typeof b.resize, typeof b.transfer,
           b.constructor === ArrayBuffer, b instanceof ArrayBuffer, new Uint8Array(4).buffer.constructor === ArrayBuffer, new Sub(3, { maxByteLength: 9 }).resizable,
           ArrayBuffer.isView(new DataView(b)), b.slice(2).byteLength, ArrayBuffer.name, ArrayBuffer.length,
           (() => { try { ArrayBuffer(1) } catch (e) { return e.name } })()]`,
      ),
    ).toEqual([
      "undefined",
      "undefined",
      "undefined",
      false,
      8,
      "undefined",
      "undefined",
      true,
      true,
      true,
      false,
      true,
      6,
      "ArrayBuffer",
      1,
      "TypeError",
    ]);
  });

  it("has a FinalizationRegistry that accepts and never calls", async () => {
    const { outcome, console } = await runScript(
      `const r = new FinalizationRegistry(() => console.log('called'));
       for (let i = 0; i < 1000; i++) r.register({}, i);
       let junk = []; for (let i = 0; i < 200; i++) junk = new Array(10000).fill(i);
       console.log(r instanceof FinalizationRegistry, r.unregister({}), new WeakRef(r).deref() === r)`,
    );
    expect(outcome.kind).toBe("ok");
    expect(console).toEqual(["log: true false true"]);
  });

  it("gets the host's data as frozen globals", async () => {
    expect(
      await valueOf(
        `const tries = [() => { input.rows.push(1) }, () => { input.rows[0].id = 2 }, () => { globalThis.input = 1 }, () => { config.x = 1 }];
         export default [input.rows[0].id, config.mode, input.when.getTime(), input.error instanceof RangeError, input.map.get('k'), input.bytes[0],
           ...tries.map((f) => { try { f(); return 'done' } catch (e) { return e.name } })]`,
        {
          globals: {
            input: {
              rows: [{ id: 1 }],
              when: new Date(5),
              error: new RangeError("r"),
              map: new Map([["k", 1]]),
              bytes: new Uint8Array([7]),
            },
            config: { mode: "test" },
          },
        },
      ),
    ).toEqual([1, "test", 5, true, 1, 7, "TypeError", "TypeError", "TypeError", "TypeError"]);
  });
});
