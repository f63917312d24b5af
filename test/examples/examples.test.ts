/** Examples in the documentation of a definition: which of it is code, what of it is taken as given, and what is said of one that does not work. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generate, type GenerateResult } from "../../src/generator/generate.ts";
import { parseContract } from "../../src/model/file/deserialize.ts";
import { exampleScript, examplesOf } from "../../src/model/examples.ts";
import { isobind } from "../cli/testing-io.ts";
import { project } from "../cli/project.ts";

const definition = (example: string, more = ""): string =>
  `export interface Bindings {
  orders: {
    /**
     * One order.
${example
  .split("\n")
  .map((line) => `     * ${line}`.trimEnd())
  .join("\n")}
     */
    find(id: string): Promise<{ id: string; total: number } | null>;
    /** The next one, until there is none. */
    next(): Promise<{ id: string } | null>;
  };
}
${more}`;

async function found(example: string, more = "", settings: object = {}): Promise<GenerateResult> {
  const made = project({ "bindings.ts": definition(example, more) });
  return generate({ definition: "./bindings.ts", ...settings }, { cwd: made.root });
}

const places = ({ diagnostics }: GenerateResult): unknown[] =>
  diagnostics.map(({ code, severity, line, column, path }) => [code, severity, line, column, path.join(".")]);

describe("an example", () => {
  it("may call what needs an approval: no host function is called", async () => {
    const pay = "export interface Bindings {\n  /**\n   * Pays.\n   *\n   * @approval\n   * @example await pay(7);\n   */\n  pay(cents: number): Promise<void>;\n}\n"; // prettier-ignore
    const made = project({ "bindings.ts": pay });
    expect(places(await generate({ definition: "./bindings.ts" }, { cwd: made.root }))).toEqual([]);
  });

  it.each([
    ["is the text behind the tag", "@example\nconst order = await orders.find('a');"],
    ["may begin in its line", "@example const order = await orders.find('a');"],
    ["may have a caption", "@example <caption>One.</caption>\nconst order = await orders.find('a');"],
    ["may write the whole name", "@example\nconst order = await SecureExec.bindings.orders.find('a');"],
    [
      "may declare what it uses",
      "@example\nconst { orders } = SecureExec.bindings;\nawait orders.find('a');",
    ],
    [
      "may have fences",
      "@example Text that is no code.\n```ts\nawait orders.find('a');\n```\n```json\n{ no }\n```",
    ],
    ["may be of another language", "@example\n```sh\nisobind run a.ts\n```"],
    ["may wait for what no mock gives", "@example\nwhile (await orders.next());"],
    [
      "need not give what a script gives",
      "@example\nawait orders.find('a');",
      "export interface Script { result: number }",
    ],
    [
      "may use what the host gives",
      "@example\nawait orders.find(region + input.month.toFixed());",
      "export interface Globals { region: string }\nexport interface Script { input: { month: number } }",
    ],
    [
      "may be of a kind, which its first line says",
      "@example\n```ts\n// @script rule\nawait orders.find(input.code);\n```",
      "export interface Scripts { rule: { input: { code: string }; result: boolean } }",
    ],
  ])("%s", async (_, example, more = "") => {
    expect(places(await found(example, more))).toEqual([]);
  });

  it("has its finding at the author's line, whatever stands in front of it there", async () => {
    const example = "@example\nconst first = await orders.find('a');\nif (first) {\n  first.totl;\n}";
    expect(places(await found(example))).toEqual([["example-broken", "warning", 8, 16, "orders.find"]]);
    const fenced = "@example Text.\n```ts\nawait orders.find(7);\n```";
    expect(places(await found(fenced))).toEqual([["example-broken", "warning", 7, 26, "orders.find"]]);
    const kinds = "export interface Scripts { rule: { input: { code: string } } }";
    const ofKind = "@example\n```ts\n// @script rule\nawait orders.find(input.kode);\n```";
    expect(places(await found(ofKind, kinds))).toEqual([["example-broken", "warning", 8, 32, "orders.find"]]);
    const same = "@example await orders.find(7);";
    expect(places(await found(same))).toEqual([["example-broken", "warning", 5, 35, "orders.find"]]);
  });

  it("is run when it fits: what it throws is a finding too, and a promise that nobody awaits", async () => {
    const thrown = await found(
      "@example\nconst order = await orders.find('a');\nthrow new Error(`no ${typeof order}`);",
    );
    expect(places(thrown)).toEqual([["example-broken", "warning", 7, 14, "orders.find"]]);
    expect(thrown.diagnostics[0]?.message).toContain("with mocks it ends with Error: no object");
    const floating = await found("@example\norders.find('a');");
    expect(floating.diagnostics[0]?.message).toContain("gives a promise");
  });

  it("that does not work stops those who want to be stopped, and is not looked at by those who do not", async () => {
    const broken = "@example\nawait orders.find(7);";
    expect((await found(broken)).ok).toBe(true);
    const stopped = await found(broken, "", { examples: "error" });
    expect(places(stopped)).toEqual([["example-broken", "error", 6, 26, "orders.find"]]);
    expect([stopped.ok, stopped.files]).toEqual([false, []]);
    expect(places(await found(broken, "", { examples: "off" }))).toEqual([]);
  });
});

it("is tried once, until it changes or what it calls", async () => {
  const config = `export default { definition: "./bindings.ts" };`;
  const broken = definition("@example\nawait orders.find(7);");
  const made = project({ "bindings.config.ts": config, "bindings.ts": broken });
  const told = async (): Promise<unknown[]> => {
    const { diagnostics, phases } = await generate(undefined, { cwd: made.root, force: true });
    expect(phases.map(({ name }) => name)).toContain("examples");
    return diagnostics.map(({ message, line }) => [line, message]);
  };
  const [first] = await told();
  // What is remembered is told at the place where it stands now.
  writeFileSync(made.path("bindings.ts"), `// One line more.\n${broken}`);
  const [again] = await told();
  expect(again).toEqual([7, (first as unknown[])[1]]);
  const record = [".isobind", "node_modules/.cache/isobind"]
    .map((folder) => made.path(`${folder}/bindings.config.ts.bindings@examples.json`))
    .find((file) => existsSync(file))!;
  writeFileSync(
    record,
    readFileSync(record, "utf8").replace("expected", "EXPECTED").replace("not assignable", "REMEMBERED"),
  );
  expect(JSON.stringify(await told())).toMatch(/EXPECTED|REMEMBERED/u);
  writeFileSync(made.path("bindings.ts"), broken.replace("find(id: string)", "find(id: number)"));
  expect(await told()).toEqual([]);
});

it("is said again by a run that has nothing to do, and by `docs`", async () => {
  const made = project({
    "bindings.config.ts": `export default { definition: "./bindings.ts" };`,
    "bindings.ts": definition("@example\nawait orders.find(7);"),
  });
  const { root: cwd } = made;
  const first = await isobind(["generate"], { cwd });
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining("example-broken")]);
  const second = await isobind(["generate"], { cwd });
  expect(second.stdout).toContain("example-broken");
  const { stderr, code } = await isobind(["docs"], { cwd });
  expect([code, stderr]).toEqual([
    0,
    expect.stringContaining("note: an example of `orders.find` does not work"),
  ]);
});

it("is told apart from prose by the contract alone", async () => {
  const made = project({ "bindings.ts": definition("@example\nawait orders.find('a');") });
  await generate({ definition: "./bindings.ts" }, { cwd: made.root });
  const contract = parseContract(readFileSync(made.path("generated/contract.json"), "utf8"));
  const [example] = examplesOf(contract);
  expect(example?.given).toEqual(["orders"]);
  expect(exampleScript(example!)).toBe("const { orders } = SecureExec.bindings;\nawait orders.find('a');\n");
  const code = "// @script rule\n\nawait orders.find('a');";
  expect(exampleScript({ ...example!, code })).toBe(
    "// @script rule\nconst { orders } = SecureExec.bindings;\n\nawait orders.find('a');\n",
  );
});
