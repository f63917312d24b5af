import { describe, expect, it } from "vitest";
import { declared, readFiles, readLeaf, shapeOf } from "./shown.ts";

describe("what cannot cross", () => {
  it.each([
    "() => void",
    "{ (): void }",
    "Function",
    "new () => object",
    "typeof Date",
    "symbol",
    "Promise<string>",
    "PromiseLike<string>",
    "WeakMap<object, string>",
    "WeakSet<object>",
    "WeakRef<object>",
    "FinalizationRegistry<string>",
    "SharedArrayBuffer",
    "Uint8Array<SharedArrayBuffer>",
    "Iterable<string>",
    "Iterator<string>",
    "IterableIterator<string>",
    "Generator<string>",
    "AsyncIterable<string>",
    "AsyncGenerator<string>",
  ])("refuses %s with a reason and a way out", (type) => {
    const shape = shapeOf(type);
    expect(shape).toMatchObject({ kind: "unsupported", code: "type-not-clonable" });
    if (shape.kind !== "unsupported") return;
    expect(shape.reason).toMatch(/^[a-z].*[^.]$/);
    expect(shape.help).toMatch(/^[A-Z].*\.$/);
    expect(shape.type.length).toBeLessThanOrEqual(80);
  });

  it.each(["unique symbol"])("refuses %s", () => {
    expect(shapeOf("typeof s", "declare const s: unique symbol;")).toMatchObject({
      code: "type-not-clonable",
    });
  });

  it.each([
    ["URL", "url.href"],
    ["URLSearchParams", "Object.fromEntries"],
    ["Headers", "Object.fromEntries"],
    ["Blob", "arrayBuffer"],
    ["File", "arrayBuffer"],
    ["FormData", "entries"],
    ["Request", "status"],
    ["Response", "status"],
    ["AbortSignal", "@timeout"],
    ["ReadableStream<string>", "page"],
    ["WebAssembly.Module", "bindings"],
    ["MessagePort", "bindings"],
  ])("refuses a host's %s with what to send instead", (type, words) => {
    expect(shapeOf(type)).toMatchObject({
      kind: "unsupported",
      code: "type-not-clonable",
      help: expect.stringContaining(words),
    });
  });

  it("names the typings that declare a type of Node", () => {
    expect(shapeOf("Buffer")).toMatchObject({
      kind: "unsupported",
      code: "type-unresolved",
      help: expect.stringContaining("npm install --save-dev @types/node"),
    });
  });

  it("takes an author's own type of that name for what it is", () => {
    const { contract } = readLeaf("f(value: Headers): void", "interface Headers { host: string }");
    expect(declared(contract, "Headers")).toMatchObject({ kind: "object", properties: [{ name: "host" }] });
  });

  it("refuses what extends a stream or an emitter", () => {
    const { contract } = readFiles({
      "bindings.ts": `
        import { EventEmitter } from "node:events";
        class Bus extends EventEmitter { name = "x"; }
        export interface Bindings { f(value: Bus): void }`,
      "node_modules/@types/node/package.json": `{ "name": "@types/node", "version": "1.0.0", "types": "index.d.ts" }`,
      "node_modules/@types/node/index.d.ts": `declare module "node:events" { export class EventEmitter { on(name: string, f: () => void): this } }`,
    });
    expect(contract?.root.members[0]).toMatchObject({
      signatures: [{ parameters: [{ shape: { kind: "unsupported", type: "Bus" } }] }],
    });
  });

  it("reports a function where it is: in a property, with its place", () => {
    const { contract } = readLeaf(
      "f(value: Handler): void",
      "interface Handler {\n  id: string;\n  onClick(): void;\n}",
    );
    const handler = contract.declarations[0]?.shape;
    expect(handler).toMatchObject({
      kind: "object",
      properties: [{ name: "id" }, { name: "onClick", shape: { kind: "unsupported", source: { line: 3 } } }],
    });
  });

  it("refuses objects of the language that are used through methods, as one finding", () => {
    expect(shapeOf("Intl.DateTimeFormat")).toMatchObject({ kind: "unsupported", type: "DateTimeFormat" });
    expect(shapeOf("Disposable")).toMatchObject({ kind: "unsupported" });
    expect(shapeOf("JSON")).toMatchObject({ kind: "unsupported" });
    expect(shapeOf("RegExpMatchArray")).toMatchObject({ kind: "reference" });
    expect(shapeOf("Intl.DateTimeFormatOptions")).toMatchObject({
      kind: "reference",
      name: "Intl_DateTimeFormatOptions",
    });
  });

  it("takes wrapper types for the primitives everyone means by them", () => {
    expect(shapeOf("String")).toEqual({ kind: "string" });
    expect(shapeOf("Number | Boolean")).toMatchObject({ members: [{ kind: "number" }, { kind: "boolean" }] });
  });

  it("refuses a key that could replace a prototype", () => {
    expect(shapeOf("{ __proto__: string }")).toMatchObject({
      properties: [{ name: "__proto__", shape: { kind: "unsupported" } }],
    });
  });

  it("refuses a class that has methods only", () => {
    const { contract } = readLeaf("f(value: Pool): void", "declare class Pool { query(): void }");
    expect(declared(contract, "Pool")).toMatchObject({
      kind: "unsupported",
      reason: expect.stringContaining("methods only"),
    });
  });
});

describe("what cannot be resolved", () => {
  it("is not the same as a written any", () => {
    expect(shapeOf("any")).toEqual({ kind: "any" });
    expect(shapeOf("Missing")).toMatchObject({
      kind: "unsupported",
      code: "type-unresolved",
      type: "Missing",
    });
    expect(shapeOf("Gone", `import type { Gone } from "./gone.ts";`)).toMatchObject({
      code: "type-unresolved",
      type: "Gone",
    });
    expect(shapeOf("Gone[]", `import { Gone } from "not-installed";`)).toMatchObject({
      kind: "array",
      element: { code: "type-unresolved" },
    });
  });

  it("is looked for in the project's ambient types before it is given up", () => {
    const files = {
      "bindings.ts": "export interface Bindings { f(value: Ambient): HTMLElement }",
      "types/ambient.d.ts": "interface Ambient { ok: boolean }",
      "tsconfig.json": `{ "compilerOptions": { "lib": ["es2023", "dom"], "types": [] }, "include": ["."] }`,
    };
    const { contract } = readFiles(files);
    expect(contract && declared(contract, "Ambient")).toMatchObject({
      kind: "object",
      properties: [{ name: "ok" }],
    });
    expect(contract?.root.members[0]).toMatchObject({
      signatures: [{ result: { code: "type-not-clonable" } }],
    });
  });

  it("is a finding when a written type is wrong and TypeScript would go on", () => {
    const { diagnostics } = readFiles({
      "bindings.ts": `interface User { id: string }\nexport interface Bindings { f(value: Pick<User, "nope">): void }`,
    });
    expect(diagnostics).toMatchObject([{ code: "type-unresolved", file: "bindings.ts", line: 2 }]);
  });

  it("leaves errors in bodies to the author's own type check", () => {
    const { diagnostics } = readFiles({
      "bindings.ts": `export default { f: () => { const m: Map<string> = null!; return 1; } };`,
    });
    expect(diagnostics).toEqual([]);
  });
});
