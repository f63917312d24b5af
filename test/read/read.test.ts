import { describe, expect, it } from "vitest";
import { paths, readFiles, readLeaf, readText } from "./shown.ts";

const codes = (files: Record<string, string>): string[] =>
  readFiles(files).diagnostics.map(({ code }) => code);

describe("a definition that cannot be read", () => {
  it("is missing when the file is not there", () => {
    const { contract, diagnostics, inputs } = readFiles({});
    expect(contract).toBeNull();
    expect(diagnostics).toMatchObject([{ code: "definition-missing", file: "bindings.ts" }]);
    expect(inputs.missing.some((path) => path.endsWith("/bindings.ts"))).toBe(true);
  });

  it("is missing when the file exports neither style, and says what it exports", () => {
    const { diagnostics } = readFiles({ "bindings.ts": "export const other = 1;" });
    expect(diagnostics).toMatchObject([
      { code: "definition-missing", message: expect.stringContaining("`other`") },
    ]);
    expect(codes({ "bindings.ts": "" })).toEqual(["definition-missing"]);
  });

  it("has every syntax error located", () => {
    const { diagnostics } = readFiles({
      "bindings.ts": "export interface Bindings {\n  f(: string): void;\n}\n",
    });
    expect(diagnostics[0]).toMatchObject({ code: "definition-syntax", file: "bindings.ts", line: 2 });
  });
});

it("a definition nested beyond the compiler's stack is a finding", () => {
  const deep = `export interface Bindings { f(a: ${"{ a: ".repeat(30_000)}string${" }".repeat(30_000)}): void }`;
  expect(readFiles({ "bindings.ts": deep })).toMatchObject({
    contract: null,
    diagnostics: [{ code: "definition-syntax", file: "bindings.ts" }],
  });
});

describe("both styles", () => {
  it("reads an interface and a type alias", () => {
    const { contract } = readLeaf("db: { query(sql: string): Promise<number> }; greet(name: string): string");
    expect(contract.style).toBe("contract");
    expect(paths(contract.root.members)).toEqual(["db/", "db.query", "greet"]);
    expect(paths(readText("export type Bindings = { a: { b(): void } };").root.members)).toEqual([
      "a/",
      "a.b",
    ]);
  });

  it("reads `defineBindings`, also when the package is not installed", () => {
    const contract = readText(`
      import { defineBindings } from "isobind";
      export default defineBindings({ greet: (name: string) => name.length });`);
    expect(contract.style).toBe("implementation");
    expect(contract.root.members[0]).toMatchObject({
      kind: "leaf",
      name: "greet",
      signatures: [{ parameters: [{ name: "name", shape: { kind: "string" } }], result: { kind: "number" } }],
    });
  });

  it.each([
    ["satisfies", `export default { f: () => 1 } satisfies Record<string, () => number>;`],
    ["a constant", `const bindings = defineBindings({ f: () => 1 }); export default bindings;`],
    ["as const", `export default { f: () => 1 } as const;`],
    ["a re-export", `const bindings = { f: () => 1 }; export { bindings as default };`],
    ["a spread", `const a = { f: () => 1 }; export default { ...a };`],
    ["a declared type", `interface T { f(): number } declare const t: T; export default t;`],
  ])("reads an implementation behind %s", (_, text) => {
    const contract = readText(text);
    expect(paths(contract.root.members)).toEqual(["f"]);
    expect(contract.root.members[0]).toMatchObject({ signatures: [{ result: { kind: "number" } }] });
  });

  it("follows imports of sub-trees, modules and re-exports", () => {
    const { contract } = readFiles({
      "bindings.ts": `
        import { db } from "./db.ts";
        import * as text from "./text.ts";
        export default { db, text };`,
      "db.ts": `export { db } from "./deep/db.ts";`,
      "deep/db.ts": `export const db = { query: (sql: string) => sql, inner: { ping() {} } };`,
      "text.ts": `export function upper(value: string): string { return value.toUpperCase(); }`,
    });
    expect(contract && paths(contract.root.members)).toEqual([
      "db/",
      "db.query",
      "db.inner/",
      "db.inner.ping",
      "text/",
      "text.upper",
    ]);
  });

  it("reads JavaScript with types in comments, and module extensions", () => {
    for (const name of ["bindings.js", "bindings.mjs", "bindings.mts"]) {
      const text = name.endsWith("mts")
        ? "export default { f: (a: string) => a.length };"
        : "export default {\n  /** @param {string} a */\n  f: (a) => a.length,\n};";
      const { contract } = readFiles({ [name]: text }, {}, name);
      expect(contract?.root.members, name).toMatchObject([
        {
          name: "f",
          signatures: [
            { parameters: [{ name: "a", shape: { kind: "string" } }], result: { kind: "number" } },
          ],
        },
      ]);
    }
  });

  it("is never executed", () => {
    expect(() => readText(`throw new Error("ran"); export default { f() {} };`)).not.toThrow();
  });
});
