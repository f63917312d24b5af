/**
 * The compile matrix: every declaration of the corpus compiles alone, and every registry beside its definition, with three
 * versions of TypeScript, whether or not optional properties are exact.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts5 from "typescript-5.9";
import ts6 from "typescript-6.0";
import { describe, expect, it } from "vitest";
import { emit } from "../../../src/emit/emit.ts";
import { read } from "../../../src/read/read.ts";
import { contractAt } from "../../read/shown.ts";
import { corpus, declarationOf } from "../corpus.ts";
import { repository } from "../emitted.ts";
import { compileByApi, compileByCommand, type Compiler, inScratch, tsc } from "./declarations.ts";

const declarations = corpus.map((one) => ({ name: one.name, text: declarationOf(one) }));
const timeout = 180_000;

describe.each([true, false])("with exactOptionalPropertyTypes: %s, declarations compile alone", (exact) => {
  it.each([
    ["5.9", ts5 as unknown as Compiler],
    ["6.0", ts6],
  ])("on TypeScript %s", { timeout }, (version, compiler) => {
    expect(compiler.version).toMatch(new RegExp(`^${version}`, "u"));
    expect(compileByApi(compiler, declarations, exact)).toEqual({});
  });

  it("on TypeScript 7", { timeout }, async () => {
    expect(await tsc("typescript", ["--version"])).toContain("Version 7.");
    expect(await compileByCommand(declarations, exact)).toEqual({});
  });
});

describe("a declaration that is wrong", () => {
  const wrong = [
    { name: "wrong", text: "declare const a: Missing;\n" },
    { name: "dom", text: "declare const a: HTMLElement;\n" },
    { name: "node", text: "declare const a: Buffer;\n" },
    { name: "right", text: "declare const a: Date;\n" },
  ];

  it("is found", { timeout }, async () => {
    for (const errors of [
      compileByApi(ts5 as unknown as Compiler, wrong, true),
      compileByApi(ts6, wrong, true),
      await compileByCommand(wrong, true),
    ])
      expect(Object.keys(errors)).toEqual(["wrong", "dom", "node"]);
  });
});

describe("registries compile beside their definitions", () => {
  // The older ones are slow, and between them see both settings.
  it.each([
    ["typescript-5.9", [false]],
    ["typescript-6.0", [true]],
    ["typescript", [true, false]],
  ])("with %s, exact: %j", { timeout }, async (version, settings) => {
    await inScratch(async (folder) => {
      const registries = corpus.map((one, at) => {
        const golden = join(one.golden, "registry.ts");
        if (existsSync(golden)) return golden;
        const { contract } = read(contractAt(one.definition, one.tsconfig), repository);
        const file = join(folder, `${at}`, "registry.ts");
        const definition = relative(dirname(file), one.definition).replaceAll("\\", "/");
        const [registry] = emit(contract!, { definitionImport: definition, excessProperties: "refuse" });
        mkdirSync(dirname(file));
        writeFileSync(file, registry!.text);
        return file;
      });
      const outputs = await Promise.all(
        settings.map((exact) => {
          const project = join(folder, `tsconfig.${exact}.json`);
          writeFileSync(project, JSON.stringify({ compilerOptions: optionsOf(exact), files: registries }));
          return tsc(version, ["-p", project]);
        }),
      );
      // Definitions may use what this one tsconfig does not allow; that is not the registry's fault.
      const lines = outputs.flatMap((output) => output.split("\n"));
      expect(lines.filter((line) => /registry\.ts\(|^error/u.test(line))).toEqual([]);
    });
  });
});

/** What a user's own tsconfig may ask of every file, generated ones too. */
const strictest = {
  allowUnreachableCode: false,
  allowUnusedLabels: false,
  erasableSyntaxOnly: true,
  isolatedDeclarations: true,
  declaration: true,
  isolatedModules: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noPropertyAccessFromIndexSignature: true,
  noUncheckedIndexedAccess: true,
  noUncheckedSideEffectImports: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
};

function optionsOf(exact: boolean): object {
  return {
    target: "es2024",
    lib: ["es2024", "esnext.disposable"],
    module: "nodenext",
    types: ["node"],
    typeRoots: [join(repository, "node_modules/@types")],
    strict: true,
    exactOptionalPropertyTypes: exact,
    ...strictest,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
    paths: {
      isobind: [join(repository, "src/index.ts")],
      "isobind/registry": [join(repository, "src/registry/index.ts")],
      "@/*": [join(repository, "fixtures/valid/read-tsconfig/src/*")],
    },
  };
}
