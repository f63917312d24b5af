/**
 * Every emitted declaration compiles alone, with nothing but the library of ES2023, on every TypeScript a user may have.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emitDeclaration } from "../../src/emit/declaration/declaration.ts";
import { emitRegistry } from "../../src/emit/registry/registry.ts";
import { compile, compilers, renamed } from "./compile.ts";
import { samples } from "./samples.ts";
import { arbitraryContract } from "./shapes.ts";

const contracts = [...Object.values(samples), ...fc.sample(arbitraryContract, { numRuns: 60, seed: 11 })];

describe("emitted declarations", () => {
  const files = Object.fromEntries(
    contracts.map((contract, at) => [`${at}.d.ts`, renamed(emitDeclaration(contract), at)]),
  );
  for (const compiler of compilers) {
    for (const exactOptionalPropertyTypes of [false, true]) {
      it(`compile on TypeScript ${compiler}, exactOptionalPropertyTypes ${exactOptionalPropertyTypes}`, async () => {
        expect(await compile(compiler, files, { exactOptionalPropertyTypes })).toBe("");
      });
    }
  }
});

describe("emitted registries", () => {
  // What the code may rely on: the types that `isobind/registry` really has.
  const strictest = {
    allowUnreachableCode: false,
    allowUnusedLabels: false,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    isolatedDeclarations: true,
    declaration: true,
    skipLibCheck: true,
    paths: { "isobind/registry": [new URL("../../src/registry/index.ts", import.meta.url).pathname] },
    lib: ["es2024", "esnext.disposable"],
  };
  const implementation = contracts.map((contract) => ({ ...contract, style: "implementation" as const }));
  const files = {
    "bindings.ts": "declare const bindings: object;\nexport default bindings;\n",
    ...Object.fromEntries(
      implementation.map((contract, at) => [
        `registry${at}.ts`,
        emitRegistry(contract, { definitionImport: "./bindings.ts", excessProperties: modeOf(at) }),
      ]),
    ),
  };
  for (const compiler of compilers) {
    it(`compile on TypeScript ${compiler} under every strict option`, async () => {
      const complaints = await compile(compiler, files, strictest);
      expect(
        complaints
          .split("\n")
          .filter((line) => line.startsWith("registry"))
          .join("\n"),
      ).toBe("");
    });
  }
});

function modeOf(at: number): "refuse" | "allow" | "strip" {
  return (["refuse", "allow", "strip"] as const)[at % 3] ?? "refuse";
}
