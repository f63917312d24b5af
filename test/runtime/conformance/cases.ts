/**
 * What scripts are promised, as cases: a script, and what it must export. Each case runs under every isolation and placement, so a
 * case may look only at what a script sees.
 */
import type { Limits } from "../../../src/runtime/index.ts";
import { meaning } from "./meaning.ts";

export interface Case {
  /** The row of the contract it proves. */
  readonly promise: string;
  readonly title: string;
  readonly source: string;
  readonly filename?: string;
  readonly input?: unknown;
  /** Tighter than the setting's; those are wide, because a loaded machine must not fail a case that is about something else. */
  readonly limits?: Limits;
  /** What `exports` must equal. */
  readonly exports?: Readonly<Record<string, unknown>>;
  /** What the result must match when the script is meant to fail. */
  readonly fails?: object;
}

/** Put before every script on one line, so that lines stay right: what a caught error looks like as data. */
export const preamble = `const b = SecureExec.bindings; const caught = async (f) => { try { return { value: await f() }; } catch (e) { return { is: e instanceof Error && e.constructor?.name, name: e.name, message: e.message, code: e.code, data: { ...e }, cause: e.cause, stack: e.stack }; } }; `;

const refused = (kind: string, noun: RegExp, path: string): Case => ({
  promise: "refused values",
  title: `${kind} as an argument, by path`,
  source: `
    const e = await caught(() => b.echo(0, { rows: [{ x: ${kind} }] }));
    export default [e.is, e.code, ${noun}.test(e.message), e.message.includes(${JSON.stringify(path)})];`,
  exports: { default: ["TypeError", "ERR_BINDING_NOT_CLONABLE", true, true] },
});

const kept = (title: string, value: string, test = "Object.is(out, value)"): Case => ({
  promise: "values",
  title: `${title} there and back`,
  source: `
    const value = ${value};
    const check = (out) => Boolean(${test});
    export default [check(b.echo(value)), check(await b.later.echo(value))];`,
  exports: { default: [true, true] },
});

const views = "Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array".split(" "); // prettier-ignore

export const cases: readonly Case[] = [
  ...meaning,
  // SecureExec
  {
    promise: "SecureExec",
    title: "is an own, frozen, fixed property of globalThis",
    source: `
      const d = Object.getOwnPropertyDescriptor(globalThis, "SecureExec");
      let assigned; try { globalThis.SecureExec = 1; assigned = true; } catch { assigned = false; }
      let removed; try { delete globalThis.SecureExec; removed = true; } catch { removed = false; }
      export default [d.writable, d.configurable, Object.isFrozen(SecureExec), assigned, removed, Object.keys(SecureExec)];`,
    exports: { default: [false, false, true, false, false, ["bindings"]] },
  },
  {
    promise: "SecureExec.bindings",
    title: "is a tree of null-prototype namespaces and functions, frozen everywhere",
    source: `
      const problems = [];
      const walk = (at, path) => {
        if (!Object.isFrozen(at)) problems.push(path + " is not frozen");
        if (typeof at === "function") {
          for (const key of ["x", "name", "call"]) { try { at[key] = 1; problems.push(path + " took " + key); } catch {} }
          try { new at(); problems.push(path + " is a constructor"); } catch {}
          return;
        }
        if (Object.getPrototypeOf(at) !== null) problems.push(path + " has a prototype");
        for (const key of Reflect.ownKeys(at)) walk(at[key], path + "." + String(key));
        try { at.extra = 1; problems.push(path + " took a key"); } catch {}
      };
      walk(b, "bindings");
      export default problems;
      export const empty = Object.keys(b.empty);`,
    exports: { default: [], empty: [] },
  },
  {
    promise: "SecureExec.bindings",
    title: "destructures, and functions work without their namespace",
    source: `const { math: { add }, later } = b; const { echo } = later; export default [add(1, 2), await echo("x")];`,
    exports: { default: [3, "x"] },
  },
  {
    promise: "SecureExec.bindings",
    title: "a namespace is not a promise",
    source: `export default [(await b) === b, (await b.math) === b.math, "toString" in b, "constructor" in b.math];`,
    exports: { default: [true, true, false, false] },
  },
  {
    promise: "keys",
    title: "may be any identifier, and four levels deep",
    source: `export default [b.ünï.größe(), b.deep.a.b.leaf(), Object.keys(b.ünï)];`,
    exports: { default: [3, "four levels", ["größe"]] },
  },
  // sync / async
  {
    promise: "sync / async",
    title: "a sync leaf returns its value, an async leaf a real promise of the guest",
    source: `
      const p = b.later.echo(1);
      export default [b.echo(1), p instanceof Promise, Object.getPrototypeOf(p) === Promise.prototype, await p, await p.then((v) => v + 1)];`,
    exports: { default: [1, true, true, 1, 2] },
  },
  {
    promise: "sync / async",
    title: "async calls run concurrently and settle in the order of their answers",
    source: `
      const order = [];
      const notes = [3, 1, 2].map((n) => b.later.hold(n).then((v) => order.push(v)));
      for (const n of [1, 2, 3]) b.later.release(n);
      await Promise.all(notes);
      export default order;`,
    exports: { default: [1, 2, 3] },
  },
  {
    promise: "sync / async",
    title: "`T | Promise<T>` behaves per call",
    source: `const now = b.maybe(1, false); const later = b.maybe(2, true); export default [now, later instanceof Promise, await later];`,
    exports: { default: [1, true, 2] },
  },
  {
    promise: "sync / async",
    title: "a promise from a sync leaf is an error with a name",
    source: `const e = await caught(() => b.host.promise()); export default [e.is, e.code, e.data.binding];`,
    exports: { default: ["TypeError", "ERR_BINDING_MODE", "host.promise"] },
  },
  {
    promise: "sync / async",
    title: "a thenable of an async leaf is awaited",
    source: `export default await b.host.thenable();`,
    exports: { default: 5 },
  },
  {
    promise: "sync / async",
    title: "an async leaf never throws: what is wrong rejects",
    source: `
      let threw = false, p;
      try { p = b.later.echo(() => 1); } catch { threw = true; }
      const e = await caught(() => p);
      export default [threw, e.code];`,
    exports: { default: [false, "ERR_BINDING_NOT_CLONABLE"] },
  },
  // values
  kept("a string", `"text"`),
  kept("a lone surrogate", `"\\ud800"`),
  kept("NaN", "NaN"),
  kept("-0", "-0"),
  kept("Infinity", "-Infinity"),
  kept("a bigint", "2n ** 70n"),
  kept("undefined", "undefined"),
  kept("null", "null"),
  kept("booleans", "true"),
  kept("a plain object", `{ a: 1, b: [1, "x", { c: null, d: undefined }] }`, `JSON.stringify(out) === JSON.stringify(value) && "d" in out.b[2] && Object.getPrototypeOf(out) === Object.prototype`), // prettier-ignore
  kept(
    "a sparse array",
    "[, 1, , 2]",
    "out.length === 4 && !(0 in out) && out[3] === 2 && out instanceof Array",
  ),
  kept("a Date", "new Date(1e12)", "out instanceof Date && +out === 1e12"),
  kept("an invalid Date", "new Date(NaN)", "out instanceof Date && Number.isNaN(+out)"),
  kept("a Map", `new Map([["a", new Map([[1, 2]])]])`, `out instanceof Map && out.get("a") instanceof Map && out.get("a").get(1) === 2`), // prettier-ignore
  kept(
    "a Set",
    "new Set([1, new Set([2])])",
    "out instanceof Set && out.has(1) && [...out][1] instanceof Set",
  ),
  kept("a RegExp", "/a(b)/giu", `out instanceof RegExp && out.source === "a(b)" && out.flags === "giu"`),
  kept(
    "an ArrayBuffer",
    "new Uint8Array([1, 2]).buffer",
    "out instanceof ArrayBuffer && new Uint8Array(out)[1] === 2",
  ),
  kept("a DataView", "new DataView(new Uint8Array([1, 2, 3]).buffer, 1, 2)", "out instanceof DataView && out.byteLength === 2 && out.getUint8(0) === 2"), // prettier-ignore
  ...views.map(
    (name) =>
    kept(`a ${name}`, `new ${name}([1, 2, 3].map(${name.startsWith("Big") ? "BigInt" : "Number"})).subarray(1)`, `out instanceof ${name} && out.length === 2 && Number(out[1]) === 3`), // prettier-ignore
  ),
  kept("shared references", "(() => { const s = {}; return [s, s]; })()", "out[0] === out[1]"),
  kept("circular references", "(() => { const s = { m: new Map() }; s.self = s; s.m.set(s, [s]); return s; })()", "out.self === out && out.m.get(out)[0] === out"), // prettier-ignore
  ...["Error", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"].map(
    (name) =>
    kept(`a ${name}`, `new ${name}("m", { cause: new TypeError("c") })`, `out instanceof ${name} && out.constructor === ${name} && out.message === "m" && out.cause instanceof TypeError && out.cause.message === "c"`), // prettier-ignore
  ),
  kept("an AggregateError", `new AggregateError([new RangeError("r"), 1], "m")`, `out instanceof AggregateError && out.errors[0] instanceof RangeError && out.errors[1] === 1`), // prettier-ignore
  {
    promise: "values",
    title: "from the host keep their types",
    source: `
      const m = b.host.make("map"), d = b.host.make("date"), s = b.host.make("sparse"), c = b.host.make("cyclic");
      export default [m instanceof Map && m.get("k") instanceof Set, d instanceof Date && +d, 4 in s, s.length, c.self === c && c.list[0] === c.list, b.host.make("undefined") === undefined];`,
    exports: { default: [true, 86_400_000, false, 6, true, true] },
  },
  {
    promise: "values",
    title: "an error as data arrives as an error, without the stack of the host",
    source: `
      const e = b.host.make("error"), a = b.host.make("aggregate");
      export default [e instanceof TypeError, e.message, e.code, e.cause instanceof Error, /node:|registry\\.ts|file:/.test(String(e.stack) + String(e.cause.stack)), a.errors[0] instanceof RangeError, a.errors[1]];`,
    exports: { default: [true, "as data", "E_DATA", true, false, true, 2] },
  },
  {
    promise: "values",
    title: "a view brings its own bytes only",
    source: `const v = b.host.make("pooled"); export default [v instanceof Uint8Array, v.length, v.buffer.byteLength, v.byteOffset, v.constructor.name];`,
    exports: { default: [true, 2, 2, 0, "Uint8Array"] },
  },
  // refused values
  refused("() => 1", /function/, ".rows[0].x"),
  refused("Symbol('s')", /symbol/, ".rows[0].x"),
  refused("new WeakMap()", /WeakMap/, ".rows[0].x"),
  refused("new WeakSet()", /WeakSet/, ".rows[0].x"),
  refused("new WeakRef({})", /WeakRef/, ".rows[0].x"),
  refused("Promise.resolve(1)", /promise/, ".rows[0].x"),
  refused("(function* () {})()", /generator/, ".rows[0].x"),
  {
    promise: "refused values",
    title: "an own __proto__ key, in both directions",
    source: `
      const codes = [];
      for (const f of [() => b.echo(JSON.parse('{"__proto__": 1}')), () => b.host.make("proto")]) codes.push((await caught(f)).code);
      export default [codes, {}.polluted];`,
    exports: { default: [["ERR_BINDING_NOT_CLONABLE", "ERR_BINDING_NOT_CLONABLE"], undefined] },
  },
  {
    promise: "refused values",
    title: "name the argument",
    source: `const e = await caught(() => b.echo(1, 2, () => 1)); export default e.message.includes("argument 3");`,
    exports: { default: true },
  },
  {
    promise: "refused values",
    title: "from the host are refused too",
    source: `
      const out = [];
      for (const kind of ["function", "nested", "symbol", "promise", "weakmap", "shared"]) {
        const e = await caught(() => b.host.make(kind));
        out.push([e.is, e.code]);
      }
      export default new Set(out.map(String));
      export const path = (await caught(() => b.host.make("nested"))).message.includes(".rows[0].onClick");`,
    exports: { default: new Set(["TypeError,ERR_BINDING_NOT_CLONABLE"]), path: true },
  },
  // read on their own side
  {
    promise: "read on their own side",
    title: "a guest's accessor is read once, in the guest",
    source: `
      let reads = 0;
      const out = b.echo({ get now() { reads += 1; return reads; } });
      const e = await caught(() => b.echo({ get now() { throw new RangeError("mine"); } }));
      export default [out, reads, e.is, e.message];`,
    exports: { default: [{ now: 1 }, 1, "RangeError", "mine"] },
  },
  {
    promise: "read on their own side",
    title: "a host's accessor is read on the host",
    source: `
      const e = await caught(() => b.host.make("throwing accessor"));
      export default [b.host.make("accessor"), e.is !== false, e.message];`,
    exports: { default: [{ now: 7 }, true, "getter"] },
  },
  {
    promise: "read on their own side",
    title: "a class instance arrives as its data",
    source: `
      class P { x = 1; #y = 2; get z() { return 3; } m() {} }
      const m = b.host.make("money");
      export default [b.echo(new P()), m, Object.getPrototypeOf(m) === Object.prototype];`,
    exports: { default: [{ x: 1 }, { amount: 5, currency: "EUR" }, true] },
  },
  {
    promise: "read on their own side",
    title: "a proxy arrives as the plain data it shows, or is refused",
    source: `
      let inHost = false;
      const p = new Proxy({ a: 1 }, { get: (t, k) => t[k] });
      const r = await caught(() => b.echo(p));
      export default r.code === "ERR_BINDING_NOT_CLONABLE" || (r.value.a === 1 && r.value !== p);`,
    exports: { default: true },
  },
  // arguments
  {
    promise: "arguments",
    title: "are validated before the host function runs",
    source: `
      const before = b.math.calls();
      const out = [];
      for (const f of [() => b.math.add(1, "2"), () => b.math.add(1), () => b.math.add(1, 2, 3), () => b.math.add()]) {
        const e = await caught(f);
        out.push([e.is, e.code, e.data.binding, "argument" in e.data, "path" in e.data, typeof e.data.expected, typeof e.data.received]);
      }
      export default [new Set(out.map(String)), b.math.calls() - before, b.math.add(1, 2)];`,
    exports: {
      default: [new Set(["TypeError,ERR_BINDING_INVALID_ARGUMENT,math.add,true,true,string,string"]), 0, 3],
    },
  },
  {
    promise: "arguments",
    title: "say where they are wrong",
    source: `
      const e = await caught(() => b.typed.user({ name: "Ada", tags: ["x", 7] }));
      export default [e.data.argument, e.data.path, e.data.expected, e.data.received, e.message.includes("typed.user")];
      export const excess = (await caught(() => b.typed.user({ name: "Ada", admin: true }))).code;`,
    exports: {
      default: [1, ".tags[1]", "string", "7", true],
      excess: "ERR_BINDING_INVALID_ARGUMENT",
    },
  },
  {
    promise: "arguments",
    title: "and results are held to the contract",
    source: `const e = await caught(() => b.typed.wrong()); export default [e.is, e.code, b.typed.nothing()];`,
    exports: { default: ["TypeError", "ERR_BINDING_INVALID_RESULT", undefined] },
  },
  {
    promise: "results",
    title: "are what their type declares, of rows, instances and errors",
    source: `
      const error = b.typed.error();
      const own = Object.getOwnPropertyNames(error).filter((name) => name !== "stack").sort();
      export default [b.typed.row(), await b.typed.rows(), own, error.table, error instanceof RangeError];`,
    exports: {
      default: [
        { id: 1, name: "Ada" },
        [
          { id: 1, name: "Ada" },
          { id: 2, name: "Bob" },
        ],
        ["message", "name", "table"],
        "users",
        true,
      ],
    },
  },
  // size
  {
    promise: "size",
    title: "is limited in both directions, and the script can go on",
    source: `
      const up = await caught(() => b.echo("x".repeat(300_000)));
      const asyncUp = await caught(() => b.later.echo("x".repeat(300_000)));
      const down = await caught(() => b.host.make("big"));
      const repeated = "y".repeat(50_000);
      const many = await caught(() => b.echo(new Array(1_000).fill(repeated)));
      export default [up.code, asyncUp.code, down.code, many.code, b.echo("ok")];`,
    exports: { default: [...Array<string>(4).fill("ERR_SANDBOX_PAYLOAD_TOO_LARGE"), "ok"] },
  },
  {
    promise: "size",
    title: "a binding may have a smaller limit of its own",
    source: `export default [b.policy.small("x".repeat(100)), (await caught(() => b.policy.small("x".repeat(5_000)))).code];`,
    exports: { default: [100, "ERR_SANDBOX_PAYLOAD_TOO_LARGE"] },
  },
  // errors
  {
    promise: "errors",
    title: "arrive with class, name, message, code, cause and declared data, and nothing else",
    source: `
      const out = [];
      for (const f of [() => b.host.throws("declared"), () => b.host.rejects("declared")]) {
        let e; try { await f(); } catch (error) { e = error; }
        out.push([e instanceof RangeError, e instanceof Error, e.name, e.message, e.code, e.table, "password" in e, e.cause instanceof TypeError, e.cause.message]);
      }
      export default out;`,
    exports: {
      default: Array(2).fill([
        true,
        true,
        "NotFoundError",
        "no row",
        "E_NOT_FOUND",
        "users",
        false,
        true,
        "inner",
      ]),
    },
  },
  {
    promise: "errors",
    title: "undeclared ones keep name, message and code",
    source: `const e = await caught(() => b.host.throws("plain")); export default [e.is, e.message, e.code, "secret" in e.data];`,
    exports: { default: ["TypeError", "wrong", "E_WRONG", false] },
  },
  {
    promise: "errors",
    title: "show no stack, path or environment of the host",
    source: `
      const out = [];
      for (const kind of ["path", "declared", "plain", "getters"]) {
        for (const f of [() => b.host.throws(kind), () => b.host.rejects(kind)]) {
          const e = await caught(f);
          out.push([e.message, e.stack, String(e.cause?.stack)].join("\\n"));
        }
      }
      export default out.filter((text) => /registry\\.ts|node:|file:\\/\\/|secrets\\.json|isolated-vm|prelude/.test(text));`,
    exports: { default: [] },
  },
  {
    promise: "errors",
    title: "whatever the host throws is an error of the guest",
    source: `
      const out = [];
      for (const kind of ["null", "text", "getters"]) {
        let e; try { b.host.throws(kind); } catch (error) { e = error; }
        out.push(e instanceof Error && typeof e.message);
      }
      export default out;`,
    exports: { default: ["string", "string", "string"] },
  },
  {
    promise: "errors",
    title: "stacks show the script's own file, line and column",
    source: `
export function thrower() {
  throw new Error("here");
}
export const stack = (() => { try { thrower(); } catch (e) { return e.stack.split("\\n")[1].trim(); } })();
delete thrower.x;
export { stack as default };`
      .replace("export function", "function")
      .replace("delete thrower.x;\n", ""),
    filename: "dir/report.js",
    exports: {
      default: "at thrower (dir/report.js:3:9)",
      stack: "at thrower (dir/report.js:3:9)",
    },
  },
  {
    promise: "errors",
    title: "an uncaught one ends the run with its own place",
    source: `\n\nthrow new RangeError("out", { cause: new TypeError("why") });`,
    filename: "main.js",
    fails: {
      status: "error",
      error: {
        name: "RangeError",
        message: "out",
        stack: /main\.js:3:7/,
        cause: { name: "TypeError", message: "why" },
      },
    },
  },
  {
    promise: "errors",
    title: "an uncaught binding error keeps its code",
    source: `b.math.add("1", 2);`,
    fails: { status: "error", error: { name: "TypeError", code: "ERR_BINDING_INVALID_ARGUMENT" } },
  },
  {
    promise: "errors",
    title: "a syntax error has its place",
    source: `\nconst x = ;`,
    filename: "broken.js",
    fails: { status: "error", error: { name: "SyntaxError", stack: /broken\.js:2:11/ } },
  },
  {
    promise: "errors",
    title: "a rejection after the first await is not lost",
    source: `await b.later.wait(1); throw new Error("late");`,
    fails: { status: "error", error: { name: "Error", message: "late" } },
  },
  {
    promise: "errors",
    title: "exports that cannot cross are named",
    source: `export const ok = 1; export const handlers = { click: () => 1 };`,
    fails: {
      status: "error",
      error: { name: "TypeError", code: "ERR_BINDING_NOT_CLONABLE", message: /handlers/ },
    },
  },
  // policies and limits
  {
    promise: "limits",
    title: "a binding's timeout, calls and concurrency",
    source: `
      const slow = await caught(() => b.policy.slow());
      b.policy.few(); b.policy.few();
      const few = await caught(() => b.policy.few());
      const first = b.policy.single("first");
      const second = await caught(() => b.policy.single("second"));
      b.later.release("first");
      await first;
      const third = await caught(() => {
        const called = b.policy.single("third");
        b.later.release("third");
        return called;
      });
      export default [slow.code, few.code, second.code, "value" in third];`,
    exports: { default: ["ERR_BINDING_TIMEOUT", "ERR_BINDING_LIMIT", "ERR_BINDING_LIMIT", true] },
  },
  {
    promise: "limits",
    title: "calls of a run",
    source: `let n = 0, e; try { for (;;) { b.echo(1); n++; } } catch (error) { e = error; } export default [n, e.code];`,
    exports: { default: [500, "ERR_BINDING_LIMIT"] },
  },
  {
    promise: "limits",
    title: "calls in flight",
    source: `
      const calls = Array.from({ length: 25 }, () => b.later.hold("for ever"));
      let early = 0;
      for (const call of calls.slice(0, 20)) call.catch(() => early++);
      const refused = await Promise.allSettled(calls.slice(20));
      throw new Error([early, ...refused.map((s) => s.reason.code)].join());`,
    fails: {
      status: "error",
      error: { message: ["0", ...Array<string>(5).fill("ERR_BINDING_LIMIT")].join() },
    },
  },
  {
    promise: "limits",
    title: "an endless loop ends as a timeout",
    source: `for (;;);`,
    limits: { cpuMs: 200, wallMs: 2_000 },
    fails: { status: "timeout", error: { code: "ERR_SANDBOX_TIMEOUT" } },
  },
  {
    promise: "limits",
    title: "an endless loop after an await ends as a timeout",
    source: `await b.later.wait(1); for (;;);`,
    limits: { cpuMs: 200, wallMs: 2_000 },
    fails: { status: "timeout", error: { code: "ERR_SANDBOX_TIMEOUT" } },
  },
  {
    promise: "limits",
    title: "a call that never ends ends as a timeout",
    source: `await b.context.hang();`,
    limits: { wallMs: 300 },
    fails: { status: "timeout", error: { code: "ERR_SANDBOX_TIMEOUT" } },
  },
  {
    promise: "limits",
    title: "memory",
    source: `const a = []; for (;;) a.push(new Array(10_000).fill({}));`,
    fails: { status: "memory", error: { code: "ERR_SANDBOX_MEMORY" } },
  },
  // contexts
  {
    promise: "call context",
    title: "names the binding, before and after an await",
    source: `export default [b.context.read(), await b.context.later()];`,
    exports: { default: [{ hasRunId: true, path: ["context", "read"] }, ["context", "later"]] },
  },
  // scripts
  {
    promise: "scripts",
    title: "are modules with top-level await and named exports",
    source:
      `export const a = await b.later.echo(1); export function f() {} ; const z = 3; export { z as zed }; export default class {}`
        .replace("export function f() {} ;", "")
        .replace("export default class {}", "export default { d: 1 };"),
    exports: { a: 1, zed: 3, default: { d: 1 } },
  },
  {
    promise: "scripts",
    title: "may be TypeScript, with lines and columns kept",
    source: `
interface User { name: string }
const user: User = { name: "Ada" };
const stack = (new Error("x").stack as string).split("\\n")[1]!.trim();
export default [user.name satisfies string, stack];`,
    filename: "typed.ts",
    exports: { default: ["Ada", "at typed.ts:4:16"] },
  },
  {
    promise: "scripts",
    title: "get frozen globals and input",
    source: `
      let changed; try { input.list.push(3); changed = true; } catch { changed = false; }
      let assigned; try { input = 1; assigned = true; } catch { assigned = false; }
      export default [input, region, changed, assigned, Object.isFrozen(region)];`,
    input: { list: [1, 2], when: new Date(5) },
    exports: { default: [{ list: [1, 2], when: new Date(5) }, { name: "eu" }, false, false, true] },
  },
  {
    promise: "scripts",
    title: "see the ECMAScript globals and no others",
    source: `export default ["SharedArrayBuffer", "Atomics", "WebAssembly", "process", "require", "fetch", "setTimeout", "ivm", "global"].filter((name) => name in globalThis);`,
    exports: { default: [] },
  },
  {
    promise: "scripts",
    title: "cannot import",
    source: `\nexport default await import("node:fs");`,
    filename: "importer.js",
    fails: { status: "error", error: { name: "SyntaxError", stack: /importer\.js:2:22/ } },
  },
  {
    promise: "scripts",
    title: "leave nothing for the next run",
    source: `
      export default [globalThis.left, Array.prototype.left];
      globalThis.left = 1; Array.prototype.left = 1; Promise.reject(new Error("nobody handles it"));`,
    fails: { status: "error", error: { code: "ERR_SCRIPT_DETACHED", message: /nobody handles it/ } },
  },
  {
    promise: "scripts",
    title: "leave nothing for the next run (the next run)",
    source: `export default [globalThis.left, Array.prototype.left];`,
    exports: { default: [undefined, undefined] },
  },
];
