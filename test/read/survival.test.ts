/**
 * Whatever an author writes, reading ends with a contract or with findings, never with an exception.
 */
import { describe, expect, it } from "vitest";
import { readFiles } from "./shown.ts";

const survivors: Record<string, string> = {
  "a circular alias": "type A = A; export interface Bindings { f(a: A): void }",
  "a circular base": "interface A extends A { x: 1 } export interface Bindings { f(a: A): void }",
  "a circular constraint": "export interface Bindings { f<T extends T>(a: T): T }",
  "a circular default export": "const a = { b: () => 1, get c() { return a; } }; export default a;",
  "a circular import": `import b from "./bindings.ts"; export default { b, f: () => 1 };`,
  "a circular spread": "const a: any = { ...a }; const b = { ...b, f: () => 1 }; export default { ...b };",
  "a conditional without end":
    "type L<T> = T extends [infer H, ...infer R] ? [H, ...L<R>] : L<[T]>; export interface Bindings { f(a: L<string>): void }",
  "a template without end":
    "type R<S extends string> = `${S}${R<S>}`; export interface Bindings { f(a: R<'x'>): void }",
  "a product of unions": `type D = "0"|"1"|"2"|"3"|"4"|"5"|"6"|"7"|"8"|"9"; export interface Bindings { f(a: \`\${D}\${D}\${D}\${D}\${D}\${D}\`): void }`,
  "a deep type": `export interface Bindings { f(a: ${"{ a: ".repeat(400)}string${" }".repeat(400)}): void }`,
  "a deep array": `export interface Bindings { f(a: string${"[]".repeat(400)}): void }`,
  "a deep tree": `export interface Bindings ${"{ a: ".repeat(200)}() => void${" }".repeat(200)}`,
  "a wide object": `export interface Bindings { f(a: { ${Array.from({ length: 3_000 }, (_, at) => `p${at}: ${at}`).join("; ")} }): void }`,
  "many leaves": `export interface Bindings { ${Array.from({ length: 2_000 }, (_, at) => `f${at}(): ${at}`).join("; ")} }`,
  "many overloads": `export interface Bindings { f: { ${Array.from({ length: 200 }, (_, at) => `(a: ${at}): ${at}`).join("; ")} } }`,
  "this everywhere":
    "interface N { self: this; f(this: Date): this; all: this[] } export interface Bindings { f(n: N): N; g(): this }",
  "type predicates":
    "export interface Bindings { f(a: unknown): a is string; g(a: unknown): asserts a; h(a: unknown): asserts a is Date }",
  "an abstract class":
    "abstract class A { abstract x: string; protected constructor() {} } export interface Bindings { f(a: A): typeof A }",
  "a mixin":
    "type C = new (...a: any[]) => {}; function M<T extends C>(b: T) { return class extends b { x = 1; }; } class A extends M(class {}) {} export interface Bindings { f(a: A): void }",
  "a class expression": "const A = class { x = 1; }; export default { f: () => new A() };",
  "a namespace merged with a function":
    "function f() {} namespace f { export const x = 1; } export default { f };",
  "a namespace as the tree":
    "namespace N { export const f = () => 1; export interface T {} } export default N;",
  "an enum as the tree": "enum E { A } export default E;",
  "an array as the tree": "export default [() => 1];",
  "a promise as the tree": "export default Promise.resolve({ f: () => 1 });",
  "an awaited tree": "export default await Promise.resolve({ f: () => 1 });",
  "an unknown call": "export default unknownFunction({ f: () => 1 });",
  "defineBindings without an argument": "export default defineBindings();",
  "defineBindings of a spread": "export default defineBindings(...[{ f: () => 1 }]);",
  "export equals": "const a = { f: () => 1 }; export = a;",
  "a script": "interface Bindings { f(): void }",
  "a global augmentation":
    "declare global { interface Window { x: 1 } } export interface Bindings { f(w: Window): void }",
  "an import of itself": `import type { Bindings as B } from "./bindings.ts"; export interface Bindings { f(b: B): void }`,
  "an import of a folder": `import x from "./"; export default { x };`,
  "a require": `import x = require("./missing"); export default { x };`,
  "a dynamic import type": `export interface Bindings { f(a: import("./missing").A, b: typeof import("./missing")): void }`,
  json: `import data from "./data.json"; export default { f: () => data };`,
  "names of the prototype":
    "export interface Bindings { f(a: { __proto__: string; constructor: number; toString: 1; hasOwnProperty: 2 }): void }",
  "types called like the prototype":
    "interface constructor { a: 1 } interface toString { b: 2 } interface __proto__ { c: 3 } export interface Bindings { f(a: constructor, b: toString, c: __proto__): void }",
  "lone surrogates":
    'export interface Bindings { f(a: "\\ud800", b: { "\\udc00": 1 }): void; "\\ud800"(): void }',
  nothing: "",
  "only a comment": "// nothing",
  binary: "\u0000\u0001\uFFFF",
  "a bare tag":
    "/** @ @throws @param @param - @throws {} @timeout */ export interface Bindings { /** @throws { @link */ f(): void }",
  decorators: "function d(...a: any[]): any {} @d class A { @d x = 1; } export default { f: () => new A() };",
  using: "export default { f: () => { using x = null; return x; } };",
  "intersections that cannot be":
    "export interface Bindings { f(a: string & number, b: { a: 1 } & { a: 2 }, c: (string | number) & (number | Date)): never }",
  "every modifier":
    "type M<T> = { -readonly [K in keyof T]-?: T[K] }; export interface Bindings { f(a: M<{ readonly a?: 1 }>, b: M<string[]>, c: M<[1?]>): void }",
  "variadic tuples":
    "export interface Bindings { f<A extends unknown[], B extends unknown[]>(a: [...A], b: [...A, ...B]): [...A, 1, ...B]; g(...a: [1, ...string[], 2]): void }",
  "infer everywhere":
    "export interface Bindings { f<T>(a: T extends { a: infer A; b: (x: infer B) => infer C } ? [A, B, C] : never): Awaited<T>; g(a: ReturnType<typeof parseInt>): InstanceType<typeof Date> }",
  "symbols as keys":
    "declare const s: unique symbol; export interface Bindings { [s]: () => void; f(a: { [s]: 1; [Symbol.iterator](): Iterator<1>; [k: symbol]: 2 }): void }",
};

describe("reading survives", () => {
  it.each(Object.entries(survivors))("%s", (_, text) => {
    for (const prune of [true, false]) {
      const files = { "bindings.ts": text, "data.json": `{ "a": [1, "x", null] }` };
      const { contract, diagnostics } = readFiles(files, { prune });
      if (!contract) expect(diagnostics.length).toBeGreaterThan(0);
      // Whatever came of it is plain data.
      expect(structuredClone(contract)).toEqual(contract);
      expect(JSON.stringify(contract)).not.toContain("\\u0001");
    }
  });
});
