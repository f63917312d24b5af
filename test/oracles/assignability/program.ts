/**
 * One program per tsconfig that holds the definitions of the corpus and, beside each, its golden declaration as a module:
 * the two sides whose types are compared.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { getLibFiles, ts } from "@ts-morph/common";
import { type CorpusCase, declarationOf } from "../corpus.ts";
import { repository } from "../emitted.ts";

export { ts };

/** The types of one leaf on both sides: `[parameters, result]` for each of its signatures. */
export interface LeafSides {
  readonly name: string;
  readonly host: readonly (readonly ts.Type[])[];
  readonly declared: readonly (readonly ts.Type[])[];
}

export interface Sides {
  readonly checker: ts.TypeChecker;
  leavesOf(one: CorpusCase): LeafSides[];
}

const libFolder = "/oracle-lib";
const libs = new Map(getLibFiles().map(({ fileName, text }) => [`${libFolder}/${fileName}`, text]));

/** More signatures than any case has; what is too many repeats one of the others. */
const calls = `
type Calls<T> = T extends {
  (...args: infer A0): infer R0;
  (...args: infer A1): infer R1;
  (...args: infer A2): infer R2;
} ? [[A0, R0], [A1, R1], [A2, R2]] : never;`;

/** Cases that read under one tsconfig, in one program. */
export function openSides(cases: readonly CorpusCase[], tsconfig: string | null): Sides {
  const options = optionsOf(tsconfig);
  const virtual = new Map(
    cases.flatMap((one): [string, string][] => [
      [join(one.folder, "declared-by-golden.d.ts"), `${declarationOf(one)}\nexport { SecureExec };\n`],
      [join(one.folder, "both-sides.ts"), bothSides(one)],
    ]),
  );
  const text = (path: string): string | undefined => virtual.get(path) ?? libs.get(path);
  const base = ts.createCompilerHost(options);
  const program = ts.createProgram({
    rootNames: [...virtual.keys()],
    options,
    host: {
      ...base,
      getDefaultLibLocation: () => libFolder,
      getDefaultLibFileName: () => `${libFolder}/lib.es2023.d.ts`,
      fileExists: (path) => text(path) !== undefined || base.fileExists(path),
      readFile: (path) => text(path) ?? base.readFile(path),
      getSourceFile: (path, languageVersion) => {
        const source = text(path) ?? base.readFile(path);
        return source === undefined ? undefined : ts.createSourceFile(path, source, languageVersion, true);
      },
    },
  });
  const checker = program.getTypeChecker();
  return {
    checker,
    leavesOf(one) {
      const source = program.getSourceFile(join(one.folder, "both-sides.ts"));
      const module = source && checker.getSymbolAtLocation(source);
      if (!source || !module) throw new Error(`${one.name} is not in the program.`);
      const errors = program.getSemanticDiagnostics(source);
      if (errors.length > 0)
        throw new Error(
          errors.map((error) => ts.flattenDiagnosticMessageText(error.messageText, " ")).join(),
        );
      const exported = new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
      const parts = (type: ts.Type): readonly ts.Type[] => checker.getTypeArguments(type as ts.TypeReference);
      const typeOf = (name: string): ts.Type => {
        const symbol = exported.get(name);
        if (!symbol) throw new Error(`${one.name}: no ${name}.`);
        return checker.getDeclaredTypeOfSymbol(symbol);
      };
      const callsOf = (name: string): (readonly ts.Type[])[] => {
        const calls = typeOf(name);
        // Some generic functions fit no pattern: then the function itself is its only part.
        return calls.flags & ts.TypeFlags.Never ? [[typeOf(`${name}F`)]] : parts(calls).map(parts);
      };
      return leafNames(one).map((name, at) => ({
        name,
        host: callsOf(`Host${at}`),
        declared: callsOf(`Declared${at}`),
      }));
    },
  };
}

function bothSides(one: CorpusCase): string {
  const isContract = /export (?:interface|type) Bindings\b/u.test(readFileSync(one.definition, "utf8"));
  const access = (name: string): string =>
    name
      .split(".")
      .map((key) => `[${JSON.stringify(key)}]`)
      .join("");
  return [
    isContract
      ? 'import type { Bindings as Host } from "./bindings.ts";'
      : 'import type bindings from "./bindings.ts";\ntype Host = typeof bindings;',
    'import type { SecureExec } from "./declared-by-golden.d.ts";',
    'type Declared = (typeof SecureExec)["bindings"];',
    calls,
    ...leafNames(one).flatMap((name, at) => [
      `export type Host${at}F = Host${access(name)};`,
      `export type Declared${at}F = Declared${access(name)};`,
      `export type Host${at} = Calls<Host${access(name)}>;`,
      `export type Declared${at} = Calls<Declared${access(name)}>;`,
    ]),
  ].join("\n");
}

/** Dotted names, as the header of the declaration lists them. */
export function leafNames(one: CorpusCase): string[] {
  return [...declarationOf(one).matchAll(/^\/\/ @leaf (\S+) /gmu)].map(([, name]) => name ?? "");
}

function optionsOf(tsconfig: string | null): ts.CompilerOptions {
  const file = tsconfig ?? join(repository, "tsconfig.json");
  const parsed = ts.parseJsonConfigFileContent(
    ts.parseConfigFileTextToJson(file, readFileSync(file, "utf8")).config,
    { ...ts.sys, readDirectory: () => [] },
    dirname(file),
  );
  return {
    ...parsed.options,
    target: ts.ScriptTarget.ESNext,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    typeRoots: [join(repository, "node_modules/@types")],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    noUnusedLocals: false,
    paths: {
      ...parsed.options.paths,
      isobind: [join(repository, "src/index.ts")],
    },
  };
}
