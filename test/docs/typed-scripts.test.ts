/** The page about what a script is: its files are generated, type-checked and run. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import ts from "typescript-6.0";
import { afterAll, beforeAll, expect, it } from "vitest";
import { generate } from "../../src/generator/generate.ts";
import { typecheckScripts } from "../../src/scripts/typecheck/typecheck.ts";

const repository = join(import.meta.dirname, "../..");
let folder = "";

beforeAll(async () => {
  mkdirSync(join(repository, ".cache/test"), { recursive: true });
  folder = mkdtempSync(join(repository, ".cache/test/typed-scripts-"));
  cpSync(join(repository, "fixtures/typed-scripts"), folder, { recursive: true });
  expect((await generate({ definition: "./bindings.ts" }, { cwd: folder })).diagnostics).toEqual([]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => readFileSync(join(folder, name), "utf8");

it("its scripts fit", () => {
  const scripts = ["report.ts", "rule.ts"].map((name) => ({ file: name, text: file(name) }));
  expect(typecheckScripts(scripts, file("generated/secure-exec.d.ts"))).toEqual([]);
});

it("an editor with `isobind/script` knows of `input` what every kind is given", () => {
  const rootNames = ["report.ts", "generated/secure-exec.d.ts"].map((name) => join(folder, name));
  const program = ts.createProgram({
    rootNames: [...rootNames, join(repository, "types/script.d.ts")],
    options: {
      noEmit: true,
      strict: true,
      types: [],
      lib: ["lib.es2023.d.ts"],
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
    },
  });
  expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
  const source = program.getSourceFile(join(folder, "report.ts"));
  const [first] = source?.statements ?? [];
  const checker = program.getTypeChecker();
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === "input")
      found.push(checker.typeToString(checker.getTypeAtLocation(node)));
    ts.forEachChild(node, visit);
  };
  if (first) visit(first);
  expect(found).toEqual(["{ month: number; } & Order"]);
});

it("its host compiles, and prints what the page says", () => {
  const options = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    strict: true,
    noEmit: true,
  };
  const program = ts.createProgram([join(folder, "host.ts")], {
    ...options,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [join(repository, "node_modules/@types")],
  });
  expect(
    ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  ).toEqual([]);
  expect(execFileSync(process.execPath, ["host.ts"], { cwd: folder, encoding: "utf8" })).toBe(
    `Month 7 Map(1) { 'acme' => 700 }
placed
ERR_SCRIPT_RESULT The default export of the script, at .title: expected string, got 7.
`,
  );
});
