/**
 * What a script author sees in an editor: completions, documentation while a call is being written, errors.
 */
import { ts, getLibFiles } from "@ts-morph/common";
import { describe, expect, it } from "vitest";
import { emitDeclaration } from "../../src/emit/declaration/declaration.ts";
import { samples } from "./samples.ts";

const libraries = new Map(getLibFiles().map(({ fileName, text }) => [`/lib/${fileName}`, text]));

function service(script: string): ts.LanguageService {
  const files = new Map([
    ...libraries,
    ["/secure-exec.d.ts", emitDeclaration(samples.quickstart)],
    ["/script.ts", script],
  ]);
  return ts.createLanguageService({
    getScriptFileNames: () => ["/secure-exec.d.ts", "/script.ts"],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = files.get(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => "/",
    getCompilationSettings: () => ({
      lib: ["lib.es2023.d.ts"],
      types: [],
      strict: true,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
    }),
    getDefaultLibFileName: () => "/lib/lib.d.ts",
    fileExists: (name) => files.has(name),
    readFile: (name) => files.get(name),
  });
}

const text = (parts: readonly ts.SymbolDisplayPart[] | undefined): string =>
  ts.displayPartsToString([...(parts ?? [])]);

function complaints(script: string): string[] {
  return service(script)
    .getSemanticDiagnostics("/script.ts")
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

describe("an emitted declaration in an editor", () => {
  it("completes namespaces and functions", () => {
    const script = "SecureExec.bindings.db.";
    const at = (position: number): string[] =>
      service(script)
        .getCompletionsAtPosition("/script.ts", position, {})
        ?.entries.map(({ name, kind }) => `${kind} ${name}`) ?? [];
    expect(at("SecureExec.bindings.".length)).toEqual(["property db", "property greet"]);
    expect(at(script.length)).toEqual(["property query"]);
  });

  it("shows the author's words and the parameter's while a call is written, after destructuring too", () => {
    for (const script of [
      "SecureExec.bindings.db.query(",
      "const { query } = SecureExec.bindings.db;\nquery(",
    ]) {
      const help = service(script).getSignatureHelpItems("/script.ts", script.length, {});
      const [item] = help?.items ?? [];
      expect(text(item?.documentation)).toBe("Run one SQL statement.");
      expect(text(item?.parameters[0]?.documentation)).toBe("The text of the statement.");
    }
  });

  it("shows types by names a script can write", () => {
    const script = 'const rows = await SecureExec.bindings.db.query("x");\nexport {};';
    const info = service(script).getQuickInfoAtPosition("/script.ts", 6);
    expect(text(info?.displayParts)).toBe("const rows: SecureExec.Row[]");
    expect(
      complaints("export const error = {} as SecureExec.NotFoundError;\nerror.code satisfies 'ENOENT';"),
    ).toEqual([]);
  });

  it("has one global name", () => {
    expect(complaints("export type A = Row;")).toEqual(["Cannot find name 'Row'."]);
    expect(complaints("export const b = Bindings;")).toEqual(["Cannot find name 'Bindings'."]);
  });

  it("is read-only at every level", () => {
    expect(complaints("SecureExec.bindings = null!;")).toEqual([
      expect.stringContaining("read-only") as string,
    ]);
    expect(complaints("SecureExec.bindings.db = null!;")).toEqual([
      expect.stringContaining("read-only") as string,
    ]);
    expect(complaints("SecureExec.bindings.db.query = null!;")).toEqual([
      expect.stringContaining("read-only") as string,
    ]);
    expect(complaints("SecureExec = null!;")).toHaveLength(1);
  });

  it("suggests the binding that was meant", () => {
    expect(complaints('SecureExec.bindings.db.qurey("x");')).toEqual([
      expect.stringContaining("Did you mean 'query'?") as string,
    ]);
  });
});
