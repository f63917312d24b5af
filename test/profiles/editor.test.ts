/**
 * What an author sees: in an editor that knows nothing but the declaration (TypeScript's own language service), and from
 * `typecheck`. Both say the sentence that a running script gets.
 */
import { describe, expect, it } from "vitest";
import { emitDeclaration } from "../../src/emit/declaration/declaration.ts";
import { profiles } from "../../src/profiles/profile.ts";
import { libFolder, libText, ts } from "../../src/read/frontend/ts6/compiler.ts";
import { typecheckScripts } from "../../src/scripts/typecheck/typecheck.ts";
import { createScriptChecker } from "../../src/scripts/typecheck/check-scripts.ts";
import { impact } from "../../src/scripts/impact/impact.ts";
import { sideOf } from "../diff/sides.ts";

const definition = `
export interface Bindings {
  greet(name: string): string;
  db: {
    query(table: string): Promise<string[]>;
    /**
     * Drops a table.
     * @profile admin
     */
    drop(table: string): Promise<void>;
  };
  /** @profile admin, the-team-that-repairs-everything-at-night, the-team-that-repairs-everything-by-day */
  system: { repair(): number };
}
`;
const whole = sideOf(definition);
const contractOf = (name: string) => {
  const found = profiles(whole.contract, ["pro"]).find((one) => one.name === name);
  if (!found) throw new Error(`no profile ${name}`);
  return found.contract;
};
const declaration = emitDeclaration(contractOf("pro"));
const drop = "`db.drop` is not in the profile `pro`; it is in `admin`.";
const repair =
  "`system.repair` is not in the profile `pro`; it is in `admin`, `the-team-that-repairs-everything-at-night` and `the-team-that-repairs-everything-by-day`.";

/** An editor with a script and the declaration open. */
function editor(script: string) {
  const files = new Map([
    ["/secure-exec.d.ts", declaration],
    ["/script.ts", script],
  ]);
  const read = (name: string): string | undefined => files.get(name) ?? libText(name);
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({
      target: ts.ScriptTarget.ES2023,
      lib: ["lib.es2023.d.ts"],
      module: ts.ModuleKind.ESNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
      strict: true,
      types: [],
    }),
    getScriptFileNames: () => [...files.keys()],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = read(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: () => `${libFolder}/lib.es2023.d.ts`,
    fileExists: (name) => read(name) !== undefined,
    readFile: read,
  });
  const flat = (all: readonly ts.Diagnostic[]): string[] =>
    all.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  return {
    errors: () => flat(service.getSemanticDiagnostics("/script.ts")),
    suggestions: () => service.getSuggestionDiagnostics("/script.ts"),
    hover(word: string) {
      const info = service.getQuickInfoAtPosition("/script.ts", script.lastIndexOf(word));
      return `${ts.displayPartsToString(info?.documentation)}${(info?.tags ?? [])
        .map(({ name, text }) => `@${name} ${ts.displayPartsToString(text)}`)
        .join("\n")}`;
    },
    completions(after: string) {
      const at = script.indexOf(after) + after.length;
      return service.getCompletionsAtPosition("/script.ts", at, undefined)?.entries ?? [];
    },
  };
}

describe("an editor", () => {
  it("has nothing to say about the declaration itself", () => {
    expect(editor("export {};").errors()).toEqual([]);
  });

  it.each([
    ["a call", 'await SecureExec.bindings.db.drop("t");', drop],
    ["a call without arguments", "SecureExec.bindings.system.repair();", repair],
    ["an optional call", 'SecureExec.bindings.db.drop?.("t");', drop],
    ["an index", 'SecureExec.bindings.db["drop"]("t");', drop],
    ["a destructured leaf", 'const { drop } = SecureExec.bindings.db; await drop("t");', drop],
    ["a callback", '["t"].map(SecureExec.bindings.db.drop);', drop],
    ["an alias", 'const f = SecureExec.bindings.db.drop; f("t");', drop],
  ])("refuses %s with the sentence", (_, script, sentence) => {
    const errors = editor(script).errors();
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(sentence);
  });

  it("shows the sentence on hover, and strikes the leaf through", () => {
    const open = editor("const { db } = SecureExec.bindings;\ndb.drop;");
    expect(open.hover("drop")).toBe(`@deprecated ${drop}`);
    expect(open.suggestions().some(({ reportsDeprecated }) => reportsDeprecated)).toBe(true);
    const entry = open.completions("db.").find(({ name }) => name === "drop");
    expect(entry?.kindModifiers).toContain("deprecated");
    expect(open.completions("db.").map(({ name }) => name)).toEqual(
      expect.arrayContaining(["query", "drop"]),
    );
  });

  it("lets the leaves of the profile alone", () => {
    expect(
      editor(
        'export default [SecureExec.bindings.greet("a"), await SecureExec.bindings.db.query("t")];',
      ).errors(),
    ).toEqual([]);
  });
});

describe("typecheck", () => {
  const checker = createScriptChecker();
  const check = (text: string, file = "a.ts") =>
    typecheckScripts([{ file, text }], declaration, { checker }).map(
      ({ code, message, line, column, path }) => [code, message, `${line}:${column}`, path.join(".")],
    );

  it.each([
    ["a call", 'await SecureExec.bindings.db.drop("t");', "1:30", drop, "db.drop"],
    ["a call without arguments", "SecureExec.bindings.system.repair();", "1:28", repair, "system.repair"],
    ["an index", 'await SecureExec.bindings.db["drop"]("t");', "1:30", drop, "db.drop"],
    [
      "a destructured leaf",
      'const { drop } = SecureExec.bindings.db;\nawait drop("t");',
      "1:9",
      drop,
      "db.drop",
    ],
    ["a renamed one", 'const { drop: d } = SecureExec.bindings.db;\nawait d("t");', "1:9", drop, "db.drop"],
    [
      "an alias of the namespace",
      'const { db } = SecureExec.bindings;\nawait db.drop("t");',
      "2:10",
      drop,
      "db.drop",
    ],
    ["a callback", 'await Promise.all(["t"].map(SecureExec.bindings.db.drop));', "1:52", drop, "db.drop"],
    ["a mere mention", "export const f = String(SecureExec.bindings.db.drop);", "1:48", drop, "db.drop"],
    ["a property of it", "SecureExec.bindings.db.drop.length;", "1:24", drop, "db.drop"],
  ])("says one sentence about %s", (_, text, place, sentence, path) => {
    expect(check(text)).toEqual([["script-binding-profile", sentence, place, path]]);
    expect(check(text, "a.js")).toEqual([["script-binding-profile", sentence, place, path]]);
  });

  it("says it once where only the compiler sees the leaf", () => {
    expect(check("const key = 'drop' as const;\nSecureExec.bindings.db[key]('t');")).toEqual([
      ["script-binding-profile", drop, "2:1", "db.drop"],
    ]);
  });

  it("still finds what else is wrong, and nothing in scripts of the profile", () => {
    expect(
      check('SecureExec.bindings.db.drop("t");\nSecureExec.bindings.greet(1);').map(([code]) => code),
    ).toEqual(["script-binding-profile", "script-type"]);
    expect(
      check('const drop = { drop: 1 };\nexport default [drop.drop, SecureExec.bindings.greet("a")];'),
    ).toEqual([]);
  });

  it("knows of no profile in a whole contract", () => {
    const script = { file: "a.ts", text: 'await SecureExec.bindings.db.drop("t");' };
    expect(typecheckScripts([script], whole.declaration, { checker })).toEqual([]);
  });
});

describe("the impact of a leaf that leaves a profile", () => {
  it("is a broken script, with the sentence and the change to blame", () => {
    const before = sideOf(definition.replace("@profile admin\n", "@profile admin, pro\n"));
    const old = profiles(before.contract).find(({ name }) => name === "pro")?.contract;
    if (!old) throw new Error("no profile pro");
    const found = impact(
      [{ file: "a.ts", text: 'await SecureExec.bindings.db.drop("t");' }],
      { contract: old, declaration: emitDeclaration(old) },
      { contract: contractOf("pro"), declaration },
    );
    const [only] = found.broken[0]?.breaks ?? [];
    expect(only?.diagnostic).toMatchObject({
      code: "script-broken",
      line: 1,
      column: 30,
      path: ["db", "drop"],
    });
    expect(only?.diagnostic.message).toContain(drop);
    expect(only?.cause?.kind).toBe("leaf-removed");
  });
});
