/**
 * Same definition, same contract: whatever the line endings, the folder, the tsconfig, and what the compiler met before.
 */
import { describe, expect, it } from "vitest";
import type { Contract } from "../../src/model/contract.ts";
import { readFiles } from "./shown.ts";

const definition = `import { z } from "./helper.ts";
/** The bindings.
 * @remarks Two lines. */
export interface Bindings {
  /** Finds. */
  find(id: string, options?: { deep?: boolean; kinds: ("b" | "a")[] }): Promise<User | null>;
  keys(key: keyof User): Pick<User, "name" | "id">;
  text(value: "z" | "y" | undefined): typeof z;
}
interface User { name: string; id: number; role?: Role; nested: { z: 1; a: 2 } }
enum Role { B, A }
`;
const helper = "export const z = { later: 1 as 2 | 1, earlier: `x` as const };\n";

const contractOf = (files: Record<string, string>): Contract => {
  const { contract } = readFiles({ "bindings.ts": definition, "helper.ts": helper, ...files });
  if (!contract) throw new Error("No contract.");
  return contract;
};
const wanted = contractOf({ "tsconfig.json": "{}" });

describe("the contract does not depend on", () => {
  it("line endings or a byte order mark", () => {
    expect(contractOf({ "bindings.ts": definition.replaceAll("\n", "\r\n") })).toEqual(wanted);
    expect(contractOf({ "bindings.ts": `\uFEFF${definition}` })).toEqual(wanted);
  });

  it.each([
    ["none", null],
    ["not strict", { strict: false, strictNullChecks: false }],
    ["strict", { strict: true, noImplicitAny: true, useUnknownInCatchVariables: true }],
    [
      "of TypeScript 5",
      { target: "ES5", moduleResolution: "node", baseUrl: ".", importsNotUsedAsValues: "error", out: "x.js" },
    ],
    ["of TypeScript 7", { target: "es2026", lib: ["es2026"], checkers: 4, singleThreaded: true }],
    ["with an unknown library", { lib: ["es2099"] }],
    ["for browsers", { lib: ["dom", "es2015"], module: "esnext", moduleResolution: "bundler" }],
    ["for Node", { module: "nodenext", types: ["node"] }],
    ["for CommonJS", { module: "commonjs", esModuleInterop: false }],
  ])("a tsconfig that is %s", (_, compilerOptions) => {
    const files = compilerOptions ? { "tsconfig.json": JSON.stringify({ compilerOptions }) } : {};
    expect(contractOf(files)).toEqual(wanted);
  });

  it("types that were mentioned before, which decide a compiler's own order", () => {
    const before = `type Before1 = "a" | "b"; type Before2 = "name" | "id" | "nested"; type Before3 = "y"; type Before4 = 1 | 2;
      export const before: [Before1, Before2, Before3, Before4] = null!;\n`;
    const { contract } = readFiles(
      { "bindings.ts": `import "./before.ts"; ${definition}`, "before.ts": before, "helper.ts": helper },
      { prune: false },
    );
    const withoutSources = (of: Contract | null): unknown =>
      JSON.parse(JSON.stringify(of, (key, value: unknown) => (key === "source" ? undefined : value)));
    expect(withoutSources(contract)).toEqual(withoutSources(wanted));
  });

  it("another run in the same process", () => {
    expect(contractOf({ "tsconfig.json": "{}" })).toEqual(wanted);
  });
});

describe("the tsconfig", () => {
  it("is the nearest one, with its paths", () => {
    const { contract } = readFiles({
      "bindings.ts": `import type { P } from "@/p"; export interface Bindings { f(p: P): void }`,
      "src/p.ts": "export interface P { x: number }",
      "tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } } // comments are fine`,
    });
    expect(contract?.declarations).toMatchObject([{ name: "P" }]);
  });

  it("that cannot be used is named", () => {
    for (const text of [`{ "extends": "./gone.json" }`, `{ "compilerOptions": {`]) {
      const { contract, diagnostics } = readFiles({ "bindings.ts": definition, "tsconfig.json": text });
      expect(contract).toBeNull();
      expect(diagnostics[0]).toMatchObject({ code: "config-invalid", file: "tsconfig.json" });
    }
  });

  it.each([
    [null, ".ts"],
    [{}, ".js"],
    [{ allowImportingTsExtensions: true, noEmit: true }, ".ts"],
    [{ rewriteRelativeImportExtensions: true }, ".ts"],
  ])("%j means imports that end in %s", (compilerOptions, extension) => {
    const files = compilerOptions ? { "tsconfig.json": JSON.stringify({ compilerOptions }) } : {};
    expect(readFiles({ "bindings.ts": "export interface Bindings {}", ...files }).importExtension).toBe(
      extension,
    );
  });
});

describe("inputs", () => {
  it("are the files that were read and the look-ups that failed", () => {
    const { inputs } = readFiles({
      "bindings.ts": `import type { P } from "./p"; export interface Bindings { f(p: P): void }`,
      "p.ts": "export interface P { x: number }",
      "tsconfig.json": `{ "compilerOptions": { "moduleResolution": "bundler", "module": "esnext" } }`,
      "unrelated.ts": "export {}",
    });
    const names = (paths: readonly string[]): string[] =>
      paths.map((path) => path.replace(/^.*isobind-read-[^/]*\//, ""));
    expect(names(inputs.files)).toEqual(expect.arrayContaining(["bindings.ts", "p.ts", "tsconfig.json"]));
    expect(names(inputs.files)).not.toContain("unrelated.ts");
    expect(inputs.files.every((path) => path.startsWith("/"))).toBe(true);
  });

  it("hold what would win over a file that was found", () => {
    const { inputs } = readFiles({
      "bindings.ts": `import type { P } from "./p"; export interface Bindings { f(p: P): void }`,
      "p.d.ts": "export interface P { x: number }",
    });
    expect(inputs.missing.some((path) => path.endsWith("/p.ts"))).toBe(true);
    expect(inputs.missing.some((path) => path.endsWith("/tsconfig.json"))).toBe(true);
  });
});
