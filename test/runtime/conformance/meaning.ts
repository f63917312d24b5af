/**
 * What a script means: the same as a module of that text means to V8. Cases like the others, run under every isolation and placement.
 */
import type { Case } from "./cases.ts";

const promise = "meaning";

/** V8 knows `using` from Node 24 on. */
const using: readonly Case[] = [
  {
    promise,
    title: "exports are read when top-level `using` and `await using` have disposed",
    source: `
      const log = [];
      const later = [];
      using a = typeof Symbol.dispose === "symbol" ? { [Symbol.dispose]() { log.push("a"); state = "closed"; } } : null;
      await using c = typeof Symbol.asyncDispose === "symbol" ? { async [Symbol.asyncDispose]() { await null; log.push("c"); } } : null;
      let state = "open";
      export { log, state };`,
    exports: { log: ["c", "a"], state: "closed" },
  },
  {
    promise,
    title: "a dispose that throws is how the script ends",
    source: `using a = { [Symbol.dispose]() { throw new RangeError("no end"); } }; export default 1;`,
    fails: { status: "error", error: { name: "RangeError", message: "no end" } },
  },
];

export const meaning: readonly Case[] = [
  ...(Number.parseInt(process.versions.node, 10) >= 24 ? using : []),
  {
    promise,
    title: "the top of a module has no `arguments`, no `this` and no `new.target`",
    source: `
      const target = await caught(() => eval("new.target"));
      const strict = await caught(() => eval("with ({}) {}"));
      export default [typeof arguments, typeof this, (() => typeof this)(), target.name, strict.name];
      export const read = (await caught(() => arguments)).name;`,
    exports: {
      default: ["undefined", "undefined", "undefined", "SyntaxError", "SyntaxError"],
      read: "ReferenceError",
    },
  },
  {
    promise,
    title: "text that looks like a sourceURL comment is text",
    source: `
      const a = "//# sourceURL=a.js", c = \`
//# sourceURL=b.js
//@ sourceURL=c.js\`; /* //# sourceURL=d.js */
      const r = /\\/\\/# sourceURL=/.source;
      //# sourceURL=e.js
      export default [a, c, r];
      export const at = (() => { try { null.x } catch (e) { return e.stack.includes("case.js:8:") } })();`,
    exports: {
      default: ["//# sourceURL=a.js", "\n//# sourceURL=b.js\n//@ sourceURL=c.js", "\\/\\/# sourceURL="],
      at: true,
    },
  },
  {
    promise,
    title: "HTML-like comments are none in a module",
    source: `let x = 1;\nx <!--x;`,
    fails: { status: "error", error: { name: "SyntaxError", message: /^case\.js:2:\d+: / } },
  },
  {
    promise,
    title: "an arrow of numbers is not the end of a comment",
    source: `let n = 2, out = ""; while (n --> 0) out += n; export default out;`,
    exports: { default: "10" },
  },
  ...nameCases(),
  {
    promise,
    title: "import() made of text finds nothing either",
    source: `const e = await caught(() => eval("import('node:fs')")); export default e.is !== undefined;`,
    exports: { default: true },
  },
  {
    promise,
    title: "what only `compile` does not know is explained",
    source: `@f class A {}`,
    fails: { status: "error", error: { name: "SyntaxError", message: /Decorators are not part/ } },
  },
  {
    promise,
    title: "an accessor field is explained",
    source: `class A { accessor x = 1 }`,
    fails: { status: "error", error: { name: "SyntaxError", message: /`accessor` fields are not part/ } },
  },
];

/** The name of an exported class, as the class itself sees it: nobody else can, because no class leaves a sandbox. */
function nameCases(): readonly Case[] {
  const look = "static { seen(this); }";
  const named: readonly (readonly [declaration: string, name: unknown])[] = [
    [`class { ${look} }`, "default"],
    [`class{${look}}`, "default"],
    [`class extends Array { ${look} }`, "default"],
    [`class\n{\n${look} }`, "default"],
    [`class { static name = 'own'; ${look} }`, "own"],
    [`class { static get name() { return 'got' } ${look} }`, "got"],
    [`class { static name() {} ${look} }`, "function"],
    [`class Own { ${look} }`, "Own"],
    [`(class { ${look} })`, "default"],
    [`(class Own { ${look} })`, "Own"],
    [`[class { ${look} }].length`, ""],
  ];
  return named.map(([declaration, name]) => ({
    promise,
    title: `the name of \`export default ${declaration}\``,
    source: `
      const seen = (it) => { const { name } = it; throw new Error("named " + (typeof name === "function" ? "function" : name)); };
      export default ${declaration};`,
    fails: { status: "error", error: { message: `named ${String(name)}` } },
  }));
}
