/** `input` in an editor, which does not know the kind of a script: whatever is right in one of them compiles. */
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { libraryText } from "../../src/library/library.ts";
import { scriptOptions } from "../../src/library/options.ts";
import { generate } from "../../src/generator/generate.ts";
import { readFileSync } from "node:fs";
import { project } from "../cli/project.ts";

const library = libraryText("node24");

async function messages(scripts: string, script: string): Promise<readonly string[]> {
  const made = project({
    "bindings.ts": `export interface Bindings { greet(name: string): string }\n${scripts}`,
  });
  await generate({ definition: "./bindings.ts" }, { cwd: made.root });
  const declaration = readFileSync(made.path("generated/secure-exec.d.ts"), "utf8");
  const texts = new Map([
    ["/lib.d.ts", library],
    ["/secure-exec.d.ts", declaration],
    ["/script.ts", script],
  ]);
  const { options } = ts.convertCompilerOptionsFromJson(scriptOptions("node24"), "/");
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => {
    const text = texts.get(name);
    return text === undefined ? read(name, version) : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  const file = program.getSourceFile("/script.ts");
  return program
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

const kinds = `export interface Order { cents: number; customer: string }
export interface Script { input: { month: number }; result: string }
export interface Scripts { rule: { input: Order; result: boolean }; same: { input: { month: number } } }`;

describe("`input` in an editor", () => {
  it("has what every kind of script has", async () => {
    expect(await messages(kinds, "const month: number = input.month;")).toEqual([]);
    const rule =
      "// @script rule\nconst order: SecureExec.Order = input;\nexport default order.cents < input.cents;";
    expect(await messages(kinds, rule)).toEqual([]);
    expect(await messages(kinds, "export default input.mnoth;")).toEqual([
      expect.stringContaining("'mnoth'"),
    ]);
  });

  it.each([
    ["where two kinds disagree", "export interface Scripts { rule: { input: { month: string } } }"],
    ["where an input is no object", "export interface Scripts { rule: { input: string } }"],
    ["where nothing is said of one", "export interface Scripts { rule: { result: boolean } }"],
  ])("says nothing %s", async (_, other) => {
    const definition = `export interface Script { input: { month: number }; result: string }\n${other}`;
    expect(await messages(definition, "export default [input.month.toUpperCase(), input.slice(1)];")).toEqual(
      [],
    );
  });

  it("is of its type where there is one kind", async () => {
    const one = "export interface Script { input: { month: number }; result: string }";
    expect(await messages(one, "const month: string = input.month;")).toHaveLength(1);
  });
});
