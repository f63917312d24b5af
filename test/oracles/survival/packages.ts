/**
 * Packages whose exported functions are offered as bindings, whatever they are: nobody would, and that is the point.
 */
import { dirname, join } from "node:path";
import { getLibFiles, ts } from "@ts-morph/common";
import { repository } from "../emitted.ts";

export const packages = [
  "node:path",
  "node:url",
  "node:util",
  "node:fs/promises",
  "node:crypto",
  "node:os",
  "node:querystring",
  "node:zlib",
  "acorn",
  "ajv",
  "chokidar",
  "commander",
  "diff",
  "esbuild",
  "fast-check",
  "kysely",
  "picocolors",
  "prettier",
  "rollup",
  "tinyglobby",
  "unplugin",
  "valibot",
  "vite",
  "zod",
] as const;

const libFolder = "/oracle-lib";

/** Name of each package -> the names of the functions it exports. */
export function exportedFunctions(names: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const libs = new Map(getLibFiles().map(({ fileName, text }) => [`${libFolder}/${fileName}`, text]));
  const file = join(repository, "test/oracles/survival/exports.ts");
  const source = names.map((name, at) => `import * as m${at} from "${name}";`).join("\n");
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    esModuleInterop: true,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    typeRoots: [join(repository, "node_modules/@types")],
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const base = ts.createCompilerHost(options);
  const text = (path: string): string | undefined => (path === file ? source : libs.get(path));
  const program = ts.createProgram({
    rootNames: [file],
    options,
    host: {
      ...base,
      getDefaultLibLocation: () => libFolder,
      getDefaultLibFileName: () => `${libFolder}/lib.es2023.d.ts`,
      getCurrentDirectory: () => dirname(file),
      fileExists: (path) => text(path) !== undefined || base.fileExists(path),
      readFile: (path) => text(path) ?? base.readFile(path),
      getSourceFile: (path, version) => {
        const found = text(path) ?? base.readFile(path);
        return found === undefined ? undefined : ts.createSourceFile(path, found, version, true);
      },
    },
  });
  const checker = program.getTypeChecker();
  const found = new Map<string, readonly string[]>();
  for (const statement of program.getSourceFile(file)?.statements ?? []) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings?.kind !== ts.SyntaxKind.NamespaceImport) continue;
    const functions = checker
      .getPropertiesOfType(checker.getTypeAtLocation(bindings))
      .filter((symbol) => checker.getTypeOfSymbolAtLocation(symbol, statement).getCallSignatures().length > 0)
      .map(({ name }) => name)
      .filter((name) => /^[a-z$][\w$]*$/iu.test(name))
      .toSorted();
    found.set(statement.moduleSpecifier.text, functions);
  }
  return found;
}
