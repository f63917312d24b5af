/** Reads the real imports of `src/` and holds them against the table. Pure over a map of files, so that the test can add a forbidden one. */
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import { ts } from "@ts-morph/common";
import { lazily, parts, type Part } from "./table.ts";

/** File name relative to `src/`, with `/` -> text. */
export type Sources = ReadonlyMap<string, string>;

export function readSources(): Sources {
  const src = fileURLToPath(new URL("../../src", import.meta.url));
  const files = readdirSync(src, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts"));
  return new Map(files.map((file) => [file, readFileSync(posix.join(src, file), "utf8")]));
}

/** One sentence for each import the table does not allow. */
export function violations(sources: Sources): string[] {
  return [...sources].flatMap(([file, text]) => {
    const part = partOf(file);
    if (part === null) return [`${file}: no entry of the table covers it`];
    return importsOf(file, text).flatMap((found) => judge(file, part, found));
  });
}

interface Import {
  readonly specifier: string;
  /** False for `import()` and for imports that type stripping removes. */
  readonly isStatic: boolean;
}

function judge(file: string, part: Part, { specifier, isStatic }: Import): string[] {
  if (!specifier.startsWith(".")) {
    const name = packageName(specifier);
    if (!part.packages.includes(name))
      return [`${file} imports the package ${specifier} (${part.at}: ${part.why})`];
    return isStatic ? tooEager(file, name) : [];
  }
  const target = posix.join(posix.dirname(file), specifier);
  const there = partOf(target);
  if (there === null) return [`${file} imports ${target}, which no entry of the table covers`];
  if (there.at !== part.at && !part.imports.includes(there.at)) {
    return [`${file} imports ${target} (${part.at}: ${part.why})`];
  }
  return isStatic && there.at !== part.at ? tooEager(file, there.at) : [];
}

function tooEager(file: string, target: string): string[] {
  const rule = lazily.find(
    ({ at, except = [], never }) =>
      isWithin(file, at) && !except.some((part) => isWithin(file, part)) && never.includes(target),
  );
  return rule ? [`${file} loads ${target} at once; load it with import() where it is used`] : [];
}

function partOf(file: string): Part | null {
  return parts.filter(({ at }) => isWithin(file, at)).sort((a, b) => b.at.length - a.at.length)[0] ?? null;
}

function isWithin(file: string, at: string): boolean {
  return file === at || file.startsWith(`${at}/`);
}

function packageName(specifier: string): string {
  if (specifier.startsWith("node:")) return "node:";
  const [scope = "", name = ""] = specifier.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
}

const known = new Map<string, readonly Import[]>();

/** Remembered by text: the tests read the whole of `src/` many times over. */
export function importsOf(file: string, text: string): readonly Import[] {
  const found = known.get(text) ?? parseImports(file, text);
  known.set(text, found);
  return found;
}

function parseImports(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, isStatic: boolean): void => {
    if (node && ts.isStringLiteralLike(node)) found.push({ specifier: node.text, isStatic });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.isTypeOnly !== true);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, !node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, false);
    else if (ts.isCallExpression(node) && isDynamicImport(node)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `import(…)`, and `require(…)` or `require.resolve(…)` of `createRequire`: another way to the same package. */
function isDynamicImport(node: ts.CallExpression): boolean {
  const callee = node.expression;
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require")
  );
}
