/**
 * What a script may do to its own built-ins before, while and after it uses the bindings. Whatever it does, calls keep
 * their meaning, and nothing that is not of its realm comes into its hands.
 */
import { describe, expect, it } from "vitest";
import { runScript, valueOf } from "./support/run-script.ts";

const setters = [
  "value", "get", "set", "writable", "enumerable", "configurable", "errors", "refusal", "head", "path", "reason", "code", "left", "seen", "keys",
  "then", "constructor", "resolve", "reject", "site", "stack", "class", "name", "message", "cause", "data", "0", "1", "2", "3", "length", "kind",
  "default", "done", "next", "toJSON", "bytes", "check", "strict", "records", "open", "refused",
  "words", "from", "to", "text", "letters", "isWide", "ownsBytes", "part", "count", "cost", "number", "names", "isBare", "blank", "first", "all",
  "hasCause", "hasErrors", "prototype", "id", "n0", "n39", "list", "holes", "index", "extra", "rows",
]; // prettier-ignore

/** Something of every kind, made before the attack. */
const things = `{
  holes: [1, , 3], match: Object.assign([1], { index: 0 }), set: new Set([1, { a: 1 }]), big: [5n, -(2n ** 70n)], boxed: [Object(1n), Object("s")],
  views: [new Float64Array([1.5]), new DataView(new ArrayBuffer(2)), new Uint8Array([1, 2, 3]).subarray(1), new ArrayBuffer(1)],
  rows: Array.from({ length: 40 }, (_, id) => ({ id, ["n" + id]: id, list: [id] })), many: Array.from({ length: 600 }, (_, i) => i / 4),
  failure: Object.assign(new AggregateError([new TypeError("t")], "m", { cause: { why: 1 } }), { code: "C", extra: [1] }), wide: "€",
}`;

/** Each runs before the same honest work. */
const attacks: Readonly<Record<string, string>> = {
  "setters on Object.prototype": `for (const key of ${JSON.stringify(setters)})
     if (!Object.hasOwn(Object.prototype, key)) Object.defineProperty(Object.prototype, key, { __proto__: null, set(v) { stolen++ }, get() { return undefined }, configurable: true });`,
  "values on Object.prototype": `for (const key of ['refusal', 'errors', 'value', 'get', 'set', 'name', 'code', 'cause', 'data'])
     Object.defineProperty(Object.prototype, key, { __proto__: null, value: key === 'get' || key === 'set' ? undefined : 'tampered', configurable: true, writable: true });`,
  "setters on Array.prototype": `for (let i = 0; i < 10; i++) Object.defineProperty(Array.prototype, i, { set(v) { stolen++ }, get() { return 'tampered' }, configurable: true });`,
  "methods of Array.prototype": `for (const key of Object.getOwnPropertyNames(Array.prototype)) if (key !== 'length' && key !== 'constructor') Array.prototype[key] = (...a) => { stolen++ };`,
  "Symbol.iterator": `Array.prototype[Symbol.iterator] = function* () { yield 'tampered' }; Map.prototype[Symbol.iterator] = Set.prototype[Symbol.iterator] = Array.prototype[Symbol.iterator];
     Object.getPrototypeOf([][Symbol.iterator].call([])).next = () => ({ done: false, value: 'tampered' });`,
  "iterators of Map and Set": `Object.getPrototypeOf(new Map().entries()).next = () => ({ done: true }); Object.getPrototypeOf(new Set().values()).next = () => ({ done: true });
     for (const C of [Map, Set]) for (const key of Object.getOwnPropertyNames(C.prototype)) if (key !== 'size' && key !== 'constructor') C.prototype[key] = () => { stolen++ };
     Object.defineProperty(Map.prototype, 'size', { get: () => 1e9 });`,
  "Promise.prototype.then": `Promise.prototype.then = function (...a) { stolen++ ; return realThen.apply(this, a) }; Promise.prototype.catch = Promise.prototype.finally = null;`,
  "Promise species and statics": `Object.defineProperty(Promise, Symbol.species, { get() { throw new Error('species') } }); Promise.resolve = Promise.reject = () => { throw 1 };
     Object.defineProperty(Promise.prototype, 'constructor', { get() { throw new Error('constructor') }, configurable: true });`,
  "the global Promise": "globalThis.Promise = class { constructor() { throw new Error('not a promise') } };",
  "Reflect and Object": `for (const o of [Reflect, Object]) for (const key of Object.getOwnPropertyNames(o)) if (typeof o[key] === 'function' && key !== 'prototype') try { o[key] = () => { stolen++ } } catch {}`,
  "Function.prototype":
    `Function.prototype.call = Function.prototype.apply = Function.prototype.bind = function () { stolen++; return 'tampered' };
     Object.defineProperty(Function.prototype, Symbol.hasInstance, { value: () => true });`.replace(
      "Object.defineProperty(Function.prototype, Symbol.hasInstance, { value: () => true });",
      "",
    ),
  "the Error classes": `for (const name of ['Error', 'TypeError', 'RangeError', 'AggregateError']) { const C = globalThis[name]; globalThis[name] = function () { stolen++ }; C.prototype.toString = () => 'tampered'; }`,
  "Error.captureStackTrace and limits":
    "Error.captureStackTrace = () => { throw 1 }; Error.stackTraceLimit = 'x'; Object.defineProperty(Error, 'stackTraceLimit', { get() { throw 1 } });",
  "Error.prepareStackTrace": `try { Error.prepareStackTrace = (e, sites) => { stolen++; return sites } } catch {}
     try { Object.defineProperty(Error, 'prepareStackTrace', { value: (e, s) => { stolen++ } }) } catch {} try { delete Error.prepareStackTrace } catch {}`,
  "typed arrays and buffers": `const T = Object.getPrototypeOf(Uint8Array); for (const key of Object.getOwnPropertyNames(T.prototype)) try { Object.defineProperty(T.prototype, key, { get: () => 1e9 }) } catch {}
     Object.defineProperty(ArrayBuffer.prototype, 'byteLength', { get: () => 1 }); Object.defineProperty(T, Symbol.species, { get() { throw 1 } }); ArrayBuffer.isView = () => true;`,
  RegExp: `RegExp.prototype.exec = RegExp.prototype.test = () => { stolen++; return null }; for (const key of ['source', 'flags', 'global']) Object.defineProperty(RegExp.prototype, key, { get: () => 'tampered' });`,
  "strings, numbers, JSON, Symbol": `for (const C of [String, Number, BigInt, Symbol, Date, Boolean]) for (const key of Object.getOwnPropertyNames(C.prototype)) if (key !== 'constructor' && key !== 'length') try { C.prototype[key] = () => { throw new Error(key) } } catch {}
     JSON.stringify = () => { throw 1 }; Object.prototype.toJSON = () => { throw 1 };`,
  "every global at once": `for (const key of Object.getOwnPropertyNames(globalThis)) if (!/^(SecureExec|undefined|NaN|Infinity|globalThis)$/.test(key)) try { globalThis[key] = undefined } catch {}`,
};

const work = `
const { sync, fail, later } = SecureExec.bindings;
const got = [0, 0, 0, 0, 0, 0];
got[0] = sync(1, 2);
got[1] = sync({ list: [1, { deep: new_Map }], bytes, when, regexp, error, things });
try { fail() } catch (e) { got[2] = e.message }
try { sync({ f() {} }) } catch (e) { got[3] = e.code }
`;
// Awaiting is done with built-ins a script cannot reach, so it means the same whatever it did to them.
const asyncWork = `
got[4] = await later({ n: 1 });
try { await later('fail') } catch (e) { got[5] = e.message }
`;

describe("calls keep their meaning after", () => {
  it.each(Object.keys(attacks))("%s", async (name) => {
    const seen: unknown[][] = [];
    const { outcome, exports } = await runScript(
      `"use strict";
       let stolen = 0; const realThen = Promise.prototype.then, seal = Object.freeze, own = Object.getOwnPropertyNames;
       const new_Map = new Map([[1, { k: 'v' }]]), bytes = new Uint8Array([1, 2]), when = new Date(7), regexp = /x/g, error = new RangeError('r');
       const things = ${things};
       ${attacks[name]}
       ${work}
       ${name.startsWith("Promise") ? "" : asyncWork}
       export { got, stolen_count };
       let stolen_count = stolen;`,
      {
        bindings: {
          sync(...args: unknown[]) {
            seen.push(args);
            return typeof args[0] === "number" ? args[0] + (args[1] as number) : { back: args[0] };
          },
          fail() {
            throw new TypeError("host says no", { cause: new Error("why") });
          },
          later: {
            mode: "async",
            call: async (value: unknown) => {
              if (value === "fail") throw new Error("later no");
              return value;
            },
          },
        },
      },
    );
    const context = `${name}: ${JSON.stringify(outcome, (_, v: unknown) => (typeof v === "bigint" ? String(v) : v))}`;
    expect(outcome.kind, context).toBe("ok");
    const got = exports["got"] as unknown[];
    expect(got[0]).toBe(3);
    expect(seen[0]).toEqual([1, 2]);
    expect(seen[1]).toEqual([
      {
        list: [1, { deep: new Map([[1, { k: "v" }]]) }],
        bytes: new Uint8Array([1, 2]),
        when: new Date(7),
        regexp: /x/g,
        error: new RangeError("r"),
        things: (0, eval)(`(${things})`) as unknown,
      },
    ]);
    expect((got[1] as { back: unknown }).back).toEqual(seen[1]?.[0]);
    expect(got[2]).toBe("host says no");
    expect(got[3]).toBe("ERR_BINDING_NOT_CLONABLE");
    if (!name.startsWith("Promise")) {
      expect(got[4]).toEqual({ n: 1 });
      expect(got[5]).toBe("later no");
    }
    // Nothing of ours went through the built-ins the script had replaced.
    if (!/^Promise|every|Function/.test(name)) expect(exports["stolen_count"], context).toBe(0);
  });
});

describe("web globals of our own keep their meaning after", () => {
  it.each(Object.keys(attacks))("%s", async (name) => {
    // The globals that an attack takes away are kept before.
    const { outcome, exports } = await runScript(
      `"use strict";
       let stolen = 0; const realThen = Promise.prototype.then;
       const given = { m: new Map([[1, [2]]]), e: new RangeError("r"), b: new Uint8Array([1, 2]).subarray(1), d: new Date(5), r: /x/g, h: [1, , 3] };
       ${name === "every global at once" ? "const { TextEncoder, TextDecoder, atob, btoa, structuredClone, DOMException, queueMicrotask } = globalThis;" : ""}
       ${attacks[name]}
       const got = [0, 0, 0, 0, 0, 0, 0, 0];
       got[0] = new TextEncoder().encode("\u20acx");
       got[1] = new TextDecoder("utf-8", { __proto__: null, fatal: false, ignoreBOM: false }).decode(got[0], { __proto__: null, stream: false });
       got[2] = atob(btoa("\xe9~"));
       try { atob("?") } catch (e) { got[3] = e.name }
       got[4] = structuredClone(given);
       try { structuredClone(() => 1) } catch (e) { got[5] = e.code }
       got[6] = new DOMException("m", "AbortError").name;
       queueMicrotask(() => { got[7] = "later" });
       await null; await null;
       export { got, stolen_count };
       let stolen_count = stolen;`,
    );
    expect(outcome).toMatchObject({ kind: "ok" });
    const clone = {
      m: new Map([[1, [2]]]),
      e: new RangeError("r"),
      b: new Uint8Array([2]),
      d: new Date(5),
      r: /x/g,
      h: [1, , 3],
    };
    expect(exports["got"]).toEqual([
      new TextEncoder().encode("€x"), "€x", "é~", "InvalidCharacterError", clone, 25, "AbortError", "later",
    ]); // prettier-ignore
    if (!/^Promise|every|Function/.test(name)) expect(exports["stolen_count"]).toBe(0);
  });
});

describe("nothing foreign comes into a script's hands", () => {
  const check = `
const realm = Object.getPrototypeOf(function () {}).constructor;
const isOurs = (v) => v === null || (typeof v !== 'object' && typeof v !== 'function') ||
  (() => { for (let p = v; p !== null; p = Object.getPrototypeOf(p)) if (p === Object.prototype) return true; return Object.getPrototypeOf(v) === null })();
`;

  it("all values a call can give are of its realm", async () => {
    expect(
      await valueOf(
        `${check}
         const all = [SecureExec.bindings.give(), await SecureExec.bindings.wait()];
         const seen = new Set(); const foreign = [];
         (function walk(v, path) {
           if ((typeof v !== 'object' && typeof v !== 'function') || v === null || seen.has(v)) return;
           seen.add(v); if (!isOurs(v)) foreign.push(path);
           for (const k of Reflect.ownKeys(v)) { try { walk(v[k], path + '.' + String(k)) } catch {} }
           if (v instanceof Map) for (const [k, x] of v) { walk(k, path + '.k'); walk(x, path + '.v') }
           if (v instanceof Set) for (const x of v) walk(x, path + '.m');
         })(all, '');
         let thrown; try { SecureExec.bindings.fail() } catch (e) { thrown = e }
         const make = thrown.constructor.constructor;
         export default [foreign, thrown instanceof Error, make === realm, typeof make('return this')().process, thrown.cause instanceof RangeError]`,
        {
          bindings: {
            give: () => ({
              list: [new Date(), /x/, new Error("e", { cause: {} })],
              map: new Map([[{}, new Set([[]])]]),
              bytes: Buffer.from("x"),
              n: new Number(1),
            }),
            wait: { mode: "async", call: async () => ({ a: [new AggregateError([new Error("x")])] }) },
            fail: () => {
              throw Object.assign(new Error("x", { cause: new RangeError("y") }), { data: { deep: [] } });
            },
          },
        },
      ),
    ).toEqual([[], true, true, "undefined", true]);
  });

  it("our functions give nothing away: no caller, no arguments, no frames, no call sites", async () => {
    expect(
      await valueOf(
        `let sites = 'none'; const e = new Error('x');
         try { Error.prepareStackTrace = (_, s) => { sites = s } } catch (x) { sites = x.name }
         void e.stack;
         let inside;
         SecureExec.bindings.f({ get a() { inside = (function g() { try { return String(g.caller) } catch (x) { return x.name } })(); return new Error('in').stack } });
         export default [sites, inside, Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace').writable]`,
        { bindings: { f: (v: unknown) => v } },
      ),
    ).toEqual(["TypeError", "TypeError", false]);
  });

  it("what an accessor throws is the only thing it can change", async () => {
    expect(
      await valueOf(
        `const { f } = SecureExec.bindings; const out = [];
         const nasty = [undefined, null, 0, '', Symbol.iterator, () => 1, {}, Object.create(null), new Proxy({}, { getPrototypeOf() { throw 9 } })];
         for (const n of nasty) { try { f({ get a() { throw n } }); out.push('no') } catch (e) { out.push(e === n) } }
         const p = new Proxy({ a: 1 }, { ownKeys() { return ['a', 'a'] } });
         try { f(p) } catch (e) { out.push(e.name) }
         const endless = new Proxy({}, { getPrototypeOf() { return endless } });
         try { out.push(f(endless)) } catch (e) { out.push(e.name) }
         export default out`,
        { bindings: { f: () => "called" } },
      ),
    ).toEqual([true, true, true, true, true, true, true, true, true, "TypeError", "called"]);
  });

  it("a value that changes between two looks is sent as it was checked", async () => {
    const seen: unknown[] = [];
    await runScript(
      `let n = 0;
       const shifty = { get a() { return n++ === 0 ? 'small' : 'x'.repeat(1e7) } };
       const proxy = new Proxy({}, { ownKeys: () => ['k'], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }), get: () => (n++ % 2 ? 'plain' : () => 1) });
       SecureExec.bindings.f(shifty, proxy);`,
      { bindings: { f: (...args: unknown[]) => void seen.push(...args) } },
    );
    expect(seen).toEqual([{ a: "small" }, { k: "plain" }]);
  });

  it("an argument list is its own: changing it later changes nothing that was sent", async () => {
    const seen: unknown[] = [];
    await runScript(`const a = { n: 1 }; const p = SecureExec.bindings.f(a); a.n = 2; a.self = a; await p;`, {
      bindings: { f: { mode: "async", call: (v: unknown) => void seen.push(v) } },
    });
    expect(seen).toEqual([{ n: 1 }]);
  });
});
