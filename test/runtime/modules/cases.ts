/**
 * What ECMAScript says of modules, as cases: files, of which `main.js` is the script. Each is run by Node from real files and by a sandbox from a map, and both
 * must print the same lines and end the same way.
 */
export interface ModuleCase {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  /** Words of an engine about the same mistake may differ; its class may not. */
  readonly wordsDiffer?: true;
  readonly dynamicImport?: true;
}

const at = (
  title: string,
  main: string,
  files: Readonly<Record<string, string>>,
  more: object = {},
): ModuleCase => ({
  title,
  files: { "main.js": main, ...files },
  ...more,
});

const tick = "const tick = async (n) => { for (let i = 0; i < n; i++) await null; };";

export const cases: readonly ModuleCase[] = [
  // imports and exports
  at(
    "named, default and renamed imports",
    `import d, { a, b as c, default as e } from "./a.js"; console.log(d, a, c, e);`,
    {
      "a.js": `export const a = 1; const b = 2; export { b }; export default 3;`,
    },
  ),
  at("an import for its effects alone", `import "./a.js"; import "./a.js"; console.log("main");`, {
    "a.js": `console.log("a");`,
  }),
  at("names that are texts", `import { "a b" as x } from "./a.js"; export { x as "c d" }; console.log(x);`, {
    "a.js": `const v = 1; export { v as "a b" };`,
  }),
  at(
    "a default function is hoisted and has its name",
    `import f, { g } from "./a.js"; console.log(f(), f.name, g);`,
    {
      "a.js": `export const g = h(); export default function () { return 1; } function h() { return 2; }`,
    },
  ),
  at(
    "functions without a name are called default",
    `import a from "./a.js"; import b from "./b.js"; import c from "./c.js"; import d from "./d.js"; console.log(a.name, b.name, c.name, d.name, a.name);`,
    {
      "a.js": `export default () => 1;`,
      "b.js": `export default (async function () {});`,
      "c.js": `export default function own() {}`,
      "d.js": `export default (0, () => 1);`,
    },
  ),
  at("a default class has its name", `import C, { n } from "./a.js"; console.log(new C().x, C.name, n);`, {
    "a.js": `export default class { static own = this.name; x = 1; } export const n = 1;`,
  }),
  at("re-exports", `import { a, z, ns, d } from "./b.js"; console.log(a, z, ns.a, d);`, {
    "a.js": `export const a = 1; export default 9;`,
    "b.js": `export { a, a as z, default as d } from "./a.js"; export * as ns from "./a.js";`,
  }),
  at(
    "`export *` takes all but the default, and an own export wins",
    `import * as b from "./b.js"; console.log(Object.keys(b), b.a, b.c);`,
    {
      "a.js": `export const a = 1, c = 2; export default 3;`,
      "b.js": `export * from "./a.js"; export const c = 4;`,
    },
  ),
  at("an import that is exported again", `import { x, n } from "./b.js"; console.log(x, n.x);`, {
    "a.js": `export const x = 5;`,
    "b.js": `import { x } from "./a.js"; import * as n from "./a.js"; export { x, n };`,
  }),
  at("two `export *` of the same binding are one", `import { x } from "./d.js"; console.log(x);`, {
    "a.js": `export const x = 1;`,
    "b.js": `export * from "./a.js";`,
    "c.js": `export * from "./a.js";`,
    "d.js": `export * from "./b.js"; export * from "./c.js";`,
  }),
  at(
    "two `export *` of different bindings are none in a namespace",
    `import * as d from "./d.js"; console.log(Object.keys(d), "x" in d);`,
    {
      "b.js": `export const x = 1;`,
      "c.js": `export const x = 2; export const y = 3;`,
      "d.js": `export * from "./b.js"; export * from "./c.js";`,
    },
  ),
  at("`export *` in a circle", `import * as a from "./a.js"; console.log(Object.keys(a), a.one, a.two);`, {
    "a.js": `export * from "./b.js"; export const one = 1;`,
    "b.js": `export * from "./a.js"; export const two = 2;`,
  }),
  at(
    "a missing export is a SyntaxError before anything runs",
    `import "./b.js"; import { nope } from "./a.js"; console.log("never");`,
    {
      "a.js": `console.log("never"); export const a = 1;`,
      "b.js": `console.log("never");`,
    },
    { wordsDiffer: true },
  ),
  at(
    "an ambiguous import is a SyntaxError",
    `import { x } from "./d.js";`,
    {
      "b.js": `export const x = 1;`,
      "c.js": `export const x = 2;`,
      "d.js": `export * from "./b.js"; export * from "./c.js";`,
    },
    { wordsDiffer: true },
  ),
  at(
    "a missing default is a SyntaxError",
    `import d from "./a.js";`,
    { "a.js": `export const d = 1;` },
    { wordsDiffer: true },
  ),
  at(
    "a re-export of what is not there is a SyntaxError",
    `import "./a.js";`,
    {
      "a.js": `export { x } from "./b.js";`,
      "b.js": ``,
    },
    { wordsDiffer: true },
  ),
  at(
    "re-exports in a circle lead nowhere",
    `import { x } from "./a.js";`,
    {
      "a.js": `export { x } from "./b.js";`,
      "b.js": `export { x } from "./a.js";`,
    },
    { wordsDiffer: true },
  ),
  at("one variable, two names", `import { a, b, set } from "./a.js"; set(7); console.log(a, b);`, {
    "a.js": `let v = 1; export { v as a, v as b }; export const set = (x) => { v = x; };`,
  }),

  // live bindings
  at(
    "a binding is live",
    `import { n, inc } from "./a.js"; const before = n; inc(); console.log(before, n, { n }, [n], \`\${n}\`, typeof n);`,
    {
      "a.js": `export let n = 0; export function inc() { n++; }`,
    },
  ),
  at(
    "a live binding through a re-export and a namespace",
    `import { n } from "./b.js"; import * as a from "./a.js"; a.inc(); console.log(n, a.n, a.inc());`,
    {
      "a.js": `export let n = 0; export function inc() { return n += 5; }`,
      "b.js": `export * from "./a.js";`,
    },
  ),
  at(
    "a function that is replaced is called without a this",
    `import { f, swap } from "./a.js"; console.log(f()); swap();\nconsole.log(f(), f\`x\`, f?.());\nf()\nf()`,
    {
      "a.js": `export let f = function () { return ["old", this]; }; export const swap = () => { f = function () { "use strict"; return ["new", this === undefined]; }; };`,
    },
  ),
  at(
    "an inner variable hides a live binding",
    `import { n, inc } from "./a.js"; inc();
    const seen = [];
    { const n = "block"; seen.push(n); }
    (function (n) { seen.push(n); })("parameter");
    (({ n }) => seen.push(n))({ n: "pattern" });
    try { throw "caught"; } catch (n) { seen.push(n); }
    for (const n of ["loop"]) seen.push(n);
    for (let n = 0; n < 1; n++) seen.push(n);
    const o = { n: "key", m() { return n; }, [n]: "computed" };
    class C { n = "field"; static n() { return n; } get x() { return n; } }
    function hoisted() { if (true) { var n = "var"; } return n; }
    n: for (;;) break n;
    seen.push(o.n, o.m(), o[1], new C().n, C.n(), new C().x, hoisted(), (function n() { return typeof n; })(), (class n { static s = typeof n; }).s);
    switch (1) { case 1: let n = "case"; seen.push(n); }
    const { z = n, [\`k\${n}\`]: k = n } = {};
    seen.push(z, k, ((a = n) => a)(), { n }.n, n, n ? n : 0);
    console.log(JSON.stringify(seen));`,
    {
      "a.js": `export let n = 0; export function inc() { n++; }`,
    },
  ),
  at(
    "an import cannot be assigned to",
    `import { n, c, inc } from "./a.js"; const seen = [];
    for (const f of [() => { c = 1; }, () => { n = 1; }, () => { n++; }, () => { [n] = [1]; }, () => { ({ n } = { n: 1 }); }, () => { for (n of [1]); }, () => { n += 1; }])
      try { f(); seen.push("assigned"); } catch (e) { seen.push(e.name + ": " + e.message); }
    inc(); console.log(n, c, seen.join("|"));`,
    {
      "a.js": `export let n = 0; export const c = 2; export const inc = () => { n = 10; };`,
    },
  ),
  at("a variable of two `var`s", `import { v } from "./a.js"; console.log(v);`, {
    "a.js": `export var v = 1; export { v as w }; var v = 2;`,
  }),
  at("bindings made by a pattern", `import { a, b, c } from "./a.js"; console.log(a, b, c);`, {
    "a.js": `export const { a, x: [b] = [2], ...c } = { a: 1, d: 4 };`,
  }),

  // circles
  at(
    "functions are there before a module of a circle has run",
    `import { a } from "./a.js"; console.log(a);`,
    {
      "a.js": `import { b } from "./b.js"; export const a = b + 1; export function early() { return 40; }`,
      "b.js": `import { early } from "./a.js"; export const b = early() + 1; console.log("b", b);`,
    },
  ),
  at("a variable of a circle has no value yet", `import "./a.js"; console.log("never");`, {
    "a.js": `import "./b.js"; export const a = 1;`,
    "b.js": `import { a } from "./a.js"; console.log("b"); console.log(a);`,
  }),
  at("a namespace of a circle has no value yet", `import "./a.js";`, {
    "a.js": `import "./b.js"; export const a = 1; export function f() { return "f"; }`,
    "b.js": `import * as ns from "./a.js"; console.log(ns.f(), "a" in ns, Object.isFrozen === undefined); try { ns.a; } catch (e) { console.log(e.name); } try { Object.keys(ns); } catch (e) { console.log(e.name); }`,
  }),
  at(
    "a circle with the script itself",
    `import { b } from "./b.js"; export const m = 1; export function say() { return "main"; } console.log(b());`,
    {
      "b.js": `import { m, say } from "./main.js"; console.log(say()); export const b = () => [say(), m];`,
    },
  ),
  at(
    "a module that imports itself",
    `import * as self from "./main.js"; import { x as y } from "./main.js"; export let x = 1; x++; console.log(y, self.x, self === self);`,
    {},
  ),
  at("what a circle names may be called before it has run", `import "./x.js";`, {
    "x.js": `import { m } from "./m.js"; console.log("x", m());`,
    "m.js": `import "./x.js"; import { d } from "./d.js"; export function m() { return d(); } console.log("m");`,
    "d.js": `console.log("d"); export function d() { return "hoisted"; }`,
  }),
  at("a circle of three, with a wait", `import { a } from "./a.js"; console.log("main", a);`, {
    "a.js": `import { b } from "./b.js"; export const a = "a" + b; console.log("a");`,
    "b.js": `import { c } from "./c.js"; console.log("b0"); export const b = "b" + await Promise.resolve(c); console.log("b1");`,
    "c.js": `import "./a.js"; console.log("c"); export const c = "c";`,
  }),

  // order
  at("order of evaluation", `import "./a.js"; import "./b.js"; console.log("main");`, {
    "a.js": `import "./c.js"; console.log("a");`,
    "b.js": `import "./c.js"; import "./a.js"; console.log("b");`,
    "c.js": `console.log("c");`,
  }),
  at("`export from` is evaluated in its place", `import { x } from "./a.js"; console.log("main");`, {
    "a.js": `console.log("a"); import "./b.js"; export { x } from "./c.js"; import "./d.js";`,
    "b.js": `console.log("b");`,
    "c.js": `console.log("c"); export const x = 1;`,
    "d.js": `console.log("d");`,
  }),
  at(
    "promises of a module wait until all have run",
    `import "./a.js"; import "./b.js"; console.log("main"); await null; console.log("later");`,
    {
      "a.js": `console.log("a"); Promise.resolve().then(() => console.log("a later"));`,
      "b.js": `console.log("b"); Promise.resolve().then(() => console.log("b later"));`,
    },
  ),
  at("what throws ends those that come after", `import "./a.js"; import "./b.js"; console.log("never");`, {
    "a.js": `console.log("a"); throw new RangeError("from a");`,
    "b.js": `console.log("never");`,
  }),
  at("what is thrown need not be an error", `import "./a.js";`, { "a.js": `throw "text";` }),

  // top-level await
  at("a module that waits is waited for", `import { x } from "./a.js"; console.log("main", x);`, {
    "a.js": `console.log("a0"); await null; export const x = await Promise.resolve(1); console.log("a1");`,
  }),
  at("modules that wait do so at the same time", `import "./a.js"; import "./b.js"; console.log("main");`, {
    "a.js": `${tick} console.log("a0"); await tick(5); console.log("a1");`,
    "b.js": `${tick} console.log("b0"); await tick(2); console.log("b1");`,
  }),
  at("who does not wait for it goes on", `import "./p.js"; import "./b.js"; console.log("main");`, {
    "a.js": `${tick} console.log("a0"); await tick(3); console.log("a1");`,
    "p.js": `import "./a.js"; console.log("p");`,
    "b.js": `console.log("b");`,
  }),
  at(
    "those that waited go on in the order they began",
    `import "./p.js"; import "./q.js"; import "./r.js"; console.log("main");`,
    {
      "a.js": `${tick} console.log("a0"); await tick(3); console.log("a1");`,
      "p.js": `import "./q.js"; import "./a.js"; console.log("p");`,
      "q.js": `import "./a.js"; console.log("q");`,
      "r.js": `import "./s.js"; import "./a.js"; console.log("r0"); await null; console.log("r1");`,
      "s.js": `import "./a.js"; console.log("s");`,
    },
  ),
  at(
    "promises between modules that wait",
    `import "./p.js"; import "./q.js"; console.log("main"); for (let i = 0; i < 6; i++) { await null; console.log("m" + i); }`,
    {
      "a.js": `console.log("a0"); (async () => { for (let i = 0; i < 12; i++) { await null; console.log("t" + i); } })(); await null; await null; console.log("a1");`,
      "p.js": `import "./a.js"; console.log("p0"); await null; console.log("p1");`,
      "q.js": `import "./a.js"; console.log("q");`,
    },
  ),
  at(
    "a rejection of a module is its end and that of who waits for it",
    `import "./p.js"; console.log("never");`,
    {
      "a.js": `await null; throw new TypeError("late");`,
      "p.js": `import "./a.js"; console.log("never");`,
    },
  ),
  at(
    "a wait inside a function is none of the module's",
    `import { f } from "./a.js"; import "./b.js"; console.log("main", await f());`,
    {
      "a.js": `export const f = async () => await 1; console.log("a");`,
      "b.js": `console.log("b");`,
    },
  ),
  at("`for await` waits", `import { all } from "./a.js"; console.log(all);`, {
    "a.js": `export const all = []; for await (const x of [1, Promise.resolve(2)]) all.push(x);`,
  }),

  // what a module is
  at("strict, without this and arguments", `import { t, a, s } from "./a.js"; console.log(t, a, s);`, {
    "a.js": `export const t = typeof this; export const a = typeof arguments; export const s = (function () { return this === undefined; })();`,
  }),
  at(
    "a namespace is what it is",
    `import * as ns from "./a.js";
    const tried = (f) => { try { return String(f()); } catch (e) { return e.name; } };
    console.log(Object.keys(ns).join(), Reflect.ownKeys(ns).length, Object.getPrototypeOf(ns), String(Object.prototype.toString.call(ns)), ns[Symbol.toStringTag]);
    console.log(JSON.stringify(Object.getOwnPropertyDescriptor(ns, "b")), Object.isExtensible(ns), Object.isSealed(ns), Object.isFrozen(ns), ns.nope, "b" in ns, "toString" in ns);
    console.log(tried(() => { ns.b = 3; }), tried(() => { ns.z = 3; }), tried(() => delete ns.b), tried(() => delete ns.z), tried(() => Object.defineProperty(ns, "z", { value: 1 })), tried(() => Object.setPrototypeOf(ns, {})), tried(() => ns instanceof Object), Reflect.set(ns, "b", 1), JSON.stringify(ns), { ...ns }.b);`,
    {
      "a.js": `export const b = 2, a = 1; export default 3; export { a as Z };`,
    },
  ),
  at(
    "the same namespace each time",
    `import * as x from "./a.js"; import * as y from "./a.js"; import { z } from "./b.js"; console.log(x === y, x === z);`,
    {
      "a.js": `export const a = 1;`,
      "b.js": `export * as z from "./a.js";`,
    },
  ),
  at(
    "modules have scopes of their own",
    `import { a } from "./a.js"; const x = 1; console.log(x, a, typeof globalThis.x);`,
    {
      "a.js": `var x = 2; function f() { return x; } export const a = f();`,
    },
  ),
  at("folders", `import { a } from "./lib/deep/a.js"; console.log(a);`, {
    "lib/deep/a.js": `import { b } from "../b.js"; export const a = b + 1;`,
    "lib/b.js": `import { c } from "./../c.js"; export const b = c + 1;`,
    "c.js": `export const c = 1;`,
  }),
  at(
    "data",
    `import d, { default as e } from "./d.json" with { type: "json" }; console.log(d.a[0], d === e);`,
    { "d.json": `{ "a": [1] }` },
  ),
  at(
    "comments and lines around imports",
    `/* a */ import /* b */ { a } /* c */ from /* d */ "./a.js" // e
    import
      { b }
    from
    "./a.js"
    ;[1].forEach(() => console.log(a, b))`,
    { "a.js": `export const a = 1\nexport const b = 2` },
  ),

  // import()
  at(
    "import() evaluates once, and later",
    `console.log("main0"); const [x, y] = await Promise.all([import("./a.js"), import("./a.js")]); console.log(x === y, x.a, Object.keys(x).join()); `,
    {
      "a.js": `import "./b.js"; console.log("a"); export const a = 1; export default 2;`,
      "b.js": `console.log("b");`,
    },
    { dynamicImport: true },
  ),
  at(
    "import() of what has run, of what waits, and of itself",
    `import { a } from "./a.js"; console.log((await import("./a.js")).a === a, (await import("./w.js")).w, typeof (await import("./main.js"))); export const m = 1;`.replace(
      `, typeof (await import("./main.js"))`,
      "",
    ),
    {
      "a.js": `export const a = {};`,
      "w.js": `console.log("w0"); export const w = await Promise.resolve(3);`,
    },
    { dynamicImport: true },
  ),
  at(
    "import() of what throws",
    `for (let i = 0; i < 2; i++) try { await import("./a.js"); } catch (e) { console.log(e.message); }`,
    {
      "a.js": `console.log("once"); throw new Error("from a");`,
    },
    { dynamicImport: true },
  ),
  at(
    "import() in a function, with a template, data",
    `const f = () => import(\`./a.js\`); console.log((await f()).default, (await import("./d.json", { with: { type: "json" } })).default.x);`,
    {
      "a.js": `export default 1;`,
      "d.json": `{"x":2}`,
    },
    { dynamicImport: true },
  ),
];
