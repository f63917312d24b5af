/** An editor that is given the data of `isobind/editor` says of a script what `typecheck` says. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type tsNamespace from "typescript-6.0";
import { describe, expect, it } from "vitest";
import { setupFor } from "../../docs/samples/editor.ts";
import { teachMonaco } from "../../docs/samples/monaco.ts";
import { engineNames } from "../../src/config/engines.ts";
import {
  codeMirrorDiagnostics,
  type EditorInput,
  editorSetup,
  monacoMarkers,
} from "../../src/editor/index.ts";
import { emitDeclaration } from "../../src/emit/declaration/declaration.ts";
import { libraryOf } from "../../src/library/library.ts";
import { typecheckScripts } from "../../src/scripts/typecheck/index.ts";
import { sideOf } from "../diff/sides.ts";
import * as of from "../emit/build.ts";

const require = createRequire(import.meta.url);
const declaration = emitDeclaration(
  of.contract({
    db: {
      query: of.leaf([of.parameter("sql", of.string)], of.array(of.string), {
        doc: of.doc("Runs one statement."),
      }),
    },
  }),
);

/** The compiler of an editor, with nothing but what it was given. */
function open(
  version: "5.9" | "6.0",
  engine: (typeof engineNames)[number],
  script: string,
  about: Partial<EditorInput> = {},
) {
  const ts = require(`typescript-${version}`) as typeof tsNamespace;
  const { files, apiOptions } = editorSetup({ declaration, library: libraryOf(engine).text, ...about });
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  texts.set("file:///script.ts", script);
  const folder = ts.getDefaultLibFilePath({}).replace(/[^/]+$/u, "");
  return ts.createLanguageService({
    getCompilationSettings: () => apiOptions as tsNamespace.CompilerOptions,
    getScriptFileNames: () => [...texts.keys()],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = texts.get(name) ?? ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: () => `${folder}lib.d.ts`,
    fileExists: (name) => texts.has(name) || ts.sys.fileExists(name),
    readFile: (name) => texts.get(name) ?? ts.sys.readFile(name),
  });
}

describe.each(["5.9", "6.0"] as const)("an editor with TypeScript %s", (version) => {
  it.each(engineNames)("knows the bindings and what the isolate of %s has", (engine) => {
    const script = 'const rows = await SecureExec.bindings.db.query("x");\nexport default rows;\n';
    const service = open(version, engine, script);
    expect(service.getSemanticDiagnostics("file:///script.ts").map(({ messageText }) => messageText)).toEqual(
      [],
    );
    const at = script.indexOf("query");
    const names = service
      .getCompletionsAtPosition("file:///script.ts", at, {})
      ?.entries.map(({ name }) => name);
    expect(names).toEqual(["query"]);
    const shown = service.getQuickInfoAtPosition("file:///script.ts", at)?.documentation ?? [];
    expect(shown.map(({ text }) => text).join("")).toBe("Runs one statement.");
  });

  it("knows the input of the kind it is told", () => {
    const kinds = sideOf(`export interface Bindings { ping(): string }
export interface Script { input: { month: number } }
export interface Scripts { rule: { input: { cents: number } }; job: { result: number } }`).declaration;
    const script = "input.cents;\ninput.month;\n";
    const underlined = (kind?: string): unknown =>
      open(version, "node22", script, { declaration: kinds, ...(kind !== undefined && { kind }) })
        .getSemanticDiagnostics("file:///script.ts")
        .map(({ start = 0 }) => script.slice(0, start).split("\n").length);
    expect([underlined("rule"), underlined("default"), underlined("job"), underlined()]).toEqual([
      [2],
      [1],
      [],
      [],
    ]);
    expect(() => underlined("rul")).toThrow("there is no kind of script `rul`. Did you mean `rule`?");
  });

  it("underlines what a script does not have", () => {
    const script =
      "process.exit();\nsetTimeout(() => {}, 1);\nSecureExec.bindings.db.query(1);\nnew Set([1]).union(new Set([2]));\n";
    const service = open(version, "node22", script);
    const lines = service
      .getSemanticDiagnostics("file:///script.ts")
      .map(({ start = 0 }) => script.slice(0, start).split("\n").length);
    expect(lines).toEqual([1, 2, 3]);
  });
});

describe("the options", () => {
  it.each(engineNames)("are the same in words and in numbers: %s", (engine) => {
    const { compilerOptions, apiOptions } = editorSetup({ declaration, library: libraryOf(engine).text });
    for (const version of ["5.9", "6.0"]) {
      const ts = require(`typescript-${version}`) as typeof tsNamespace;
      const { options, errors } = ts.convertCompilerOptionsFromJson(compilerOptions, "/");
      expect(errors).toEqual([]);
      expect({ ...options, configFilePath: undefined }).toEqual({ ...apiOptions, configFilePath: undefined });
    }
  });

  it.each([
    [
      "a path",
      { declaration: "generated/secure-exec.d.ts", library: libraryOf("node22").text },
      "`declaration`",
    ],
    ["nothing", { declaration } as { declaration: string; library: string }, "`library`"],
    ["another file", { declaration, library: declaration }, "`library`"],
  ])("are not made of %s", (_, input, words) => {
    expect(() => editorSetup(input)).toThrow(words);
    expect(() => editorSetup(input)).toThrow(TypeError);
  });
});

describe("markers", () => {
  const text = "const a = 1;\r\nSecureExec.bindings.db.qeury('x');\nexport default a;\n";
  const found = typecheckScripts([{ file: "script.ts", text }], declaration);

  it("are Monaco's", () => {
    expect(monacoMarkers(found)).toEqual([
      {
        severity: 8,
        code: found[0]?.code,
        source: "isobind",
        message: expect.stringContaining("query") as string,
        startLineNumber: 2,
        startColumn: 24,
        endLineNumber: 2,
        endColumn: 29,
      },
    ]);
  });

  it("are CodeMirror's", () => {
    const [marker, ...others] = codeMirrorDiagnostics(found, text);
    expect(others).toEqual([]);
    expect(text.slice(marker?.from, marker?.to)).toBe("qeury");
    expect(marker).toMatchObject({ severity: "error", source: "isobind" });
  });

  it("stay inside the text, also of a finding about the whole of it", () => {
    const [one] = found;
    if (one === undefined) throw new Error("Nothing was found.");
    const whole = { ...one, line: null, column: null, endLine: null, endColumn: null };
    expect(codeMirrorDiagnostics([whole], text)).toMatchObject([{ from: 0, to: 0 }]);
    expect(monacoMarkers([{ ...whole, severity: "warning" }])).toMatchObject([
      { severity: 4, startLineNumber: 1, startColumn: 1 },
    ]);
    const far = { ...one, line: 99, column: 9, endLine: 99, endColumn: 12 };
    expect(codeMirrorDiagnostics([far], text)).toMatchObject([{ from: text.length, to: text.length }]);
  });
});

it("samples of the page give the editor what the project has generated", () => {
  const setup = setupFor(fileURLToPath(new URL("../../fixtures/quickstart/generated", import.meta.url)));
  const given: unknown[] = [];
  teachMonaco(
    {
      setCompilerOptions: (options) => given.push(options),
      addExtraLib: (text, path) => given.push([path, text]),
    },
    setup,
  );
  expect(given).toEqual([
    { ...setup.apiOptions, allowNonTsExtensions: true },
    ...setup.files.map(({ path, text }) => [path, text]),
  ]);
  expect(setup.files.map(({ text }) => text.length > 500)).toEqual([true, true]);
});
