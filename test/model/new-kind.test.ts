/**
 * A new kind of shape is named by the compiler wherever it must be answered for. One is added here, to the text of the model
 * as the compiler reads it, and each decision by kind in `src` must then be an error: a `switch` that lets a kind pass in its
 * `default` is found by its type, and is not among them.
 */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript-6.0";
import { beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

/** What is added: to each file, in place of a text, another. */
const additions: Readonly<Record<string, readonly (readonly [before: string, after: string])[]>> = {
  "src/model/shape.ts": [
    ["export type Shape =\n", 'export type Shape =\n  | { readonly kind: "new-shape" }\n'],
    ["builtinNames = [\n", 'builtinNames = [\n  "NewBuiltin",\n'],
  ],
  "src/validation/core.ts": [
    ["export type Core =\n", 'export type Core =\n  | { readonly kind: "new-core" }\n'],
  ],
};

function withAdditions(file: string, text: string): string {
  const pairs = additions[relative(root, file)] ?? [];
  return pairs.reduce((changed, [before, after]) => {
    if (!changed.includes(before)) throw new Error(`${file} holds no ${before}`);
    return changed.replace(before, after);
  }, text);
}

function programWith(read: (file: string, text: string) => string): ts.Program {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent({ ...config, include: ["src"] }, ts.sys, root);
  const host = ts.createCompilerHost(options, true);
  host.getSourceFile = (file, languageVersion) => {
    try {
      return ts.createSourceFile(file, read(file, readFileSync(file, "utf8")), languageVersion, true);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  };
  return ts.createProgram({ rootNames: fileNames, options, host });
}

/** The outermost function or constant in which a node stands: `src/model/kinds.ts: rowOf`. */
function placeOf(node: ts.Node): string {
  let name = "";
  for (let at = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isVariableDeclaration(at) || ts.isMethodDeclaration(at))
      name = at.name?.getText() ?? name;
  }
  return `${relative(root, node.getSourceFile().fileName)}: ${name}`;
}

function nodeAt(file: ts.SourceFile, position: number): ts.Node {
  let found: ts.Node = file;
  const visit = (node: ts.Node): void => {
    if (node.getStart() > position || node.end <= position) return;
    found = node;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return found;
}

/** Whoever adds a place where kinds are told apart adds it here; `src/README.md` says how many there are. */
const places = {
  shape: [
    "src/model/kinds.ts: kinds",
    "src/model/kinds.ts: rowOf",
    "src/validation/types.ts: #resolve",
    "src/diff/overloads.ts: primitiveOf",
    "src/diff/relation/assignable.ts: createRelation",
    "src/diff/relation/template.ts: slotSource",
    "src/diff/shape-text.ts: print",
    "src/diff/shapes/compare.ts: compareExpanded",
    "src/diff/shapes/union.ts: namesOf",
    "src/emit/declaration/hugging.ts: hugs",
    "src/emit/declaration/hugging.ts: isNamedOrObject",
    "src/emit/declaration/type.ts: typeDoc",
    "src/script-tool/schema.ts: schemasOf",
  ],
  /** What a type demands of a value: most kinds of shapes bring one. */
  core: [
    "src/validation/project/fits.ts: #look",
    "src/validation/project/fits.ts: isOfKind",
    "src/validation/project/plans.ts: #planOf",
    "src/validation/describe.ts: describeCore",
    "src/validation/match.ts: matchCore",
    "src/validation/slot.ts: templateSlot",
    "src/validation/strip.ts: splitOf",
    "src/emit/registry/validators/function.ts: body",
    "src/emit/registry/validators/plan.ts: partsOfCore",
    "src/emit/registry/validators/plan.ts: unpaidParts",
    "src/emit/registry/validators/slot.ts: slotDoc",
    "src/emit/registry/validators/test.ts: coreTest",
    "src/emit/registry/validators/union.ts: isNeverPlain",
    "src/playground/input/input.ts: spelled",
    "src/playground/input/walk.ts: stepInto",
    "src/testing/value/height.ts: #coreEndsWithin",
    "src/testing/value/text.ts: slotTexts",
    "src/testing/value/value.ts: #coreValue",
  ],
  builtin: [
    "src/validation/brand.ts: isBuiltin",
    "src/emit/registry/validators/test.ts: builtinText",
    "src/diff/shapes/union.ts: namesOfBuiltin",
    "src/emit/declaration/late.ts: fallbacks",
    "src/testing/value/builtin.ts: builtinValue",
  ],
};

describe("a new kind", () => {
  let program: ts.Program;
  let named: readonly string[];

  beforeAll(() => {
    program = programWith(withAdditions);
    named = program
      .getSourceFiles()
      .flatMap((file) =>
        file.fileName.startsWith(join(root, "src"))
          ? program.getSemanticDiagnostics(file).map(({ start = 0 }) => placeOf(nodeAt(file, start)))
          : [],
      );
  }, 120_000);

  it("is named in every switch over kinds", () => {
    const checker = program.getTypeChecker();
    const switches: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isSwitchStatement(node)) {
        const type = checker.getTypeAtLocation(node.expression);
        const kinds = (type.isUnion() ? type.types : [type]).flatMap((part) =>
          part.isStringLiteral() ? [part.value] : [],
        );
        if (["new-shape", "new-core", "NewBuiltin"].some((kind) => kinds.includes(kind)))
          switches.push(placeOf(node));
      }
      ts.forEachChild(node, visit);
    };
    for (const file of program.getSourceFiles()) if (file.fileName.startsWith(join(root, "src"))) visit(file);
    expect(switches.length).toBeGreaterThan(15);
    expect(switches.filter((place) => !named.includes(place))).toEqual([]);
  });

  it("is named in these places, and in no others", () => {
    expect([...new Set(named)].sort()).toEqual([...new Set(Object.values(places).flat())].sort());
  });
});
