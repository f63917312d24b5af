/** `isobind/scripts`: the checks of `isobind typecheck` as an API, from a contract, a registry or a declaration. */
import { describe, expect, it } from "vitest";
import { emitContractJson } from "../../src/emit/contract-json.ts";
import { createChecker } from "../../src/scripts/index.ts";
import { typecheckScripts } from "../../src/scripts/typecheck/typecheck.ts";
import { sideOf } from "../diff/sides.ts";

const { contract, declaration } = sideOf(`
export interface Bindings {
  greet(name: string): string;
  db: { query(sql: string): Promise<{ id: number }[]> };
}
export interface Scripts { rule: { input: { cents: number }; result: boolean } }`);
const json = emitContractJson(contract);

describe.each([
  ["the text of contract.json", { contract: json }],
  ["its content", { contract: JSON.parse(json) as object }],
  ["a declaration", { declaration }],
] as const)("a checker of %s", (_, options) => {
  const checker = createChecker(options);

  it("says what the command says", () => {
    const text =
      "const rows = SecureExec.bindings.db.qurey('x');\nexport default SecureExec.bindings.greet(1);\n";
    const found = checker.check(text, { filename: "a.ts" });
    expect(found).toEqual(typecheckScripts([{ file: "a.ts", text }], declaration));
    expect(found.map(({ code, line }) => [code, line])).toEqual([
      ["script-binding-unknown", 1],
      ["script-type", 2],
    ]);
  });

  it("knows the kind of a script, and forgets the script before it", () => {
    expect(checker.check("export default input.cents > 1;", { kind: "rule" })).toEqual([]);
    expect(checker.check("export default input.cents;", { kind: "rule" }).map(({ code }) => code)).toEqual([
      "script-result",
    ]);
    expect(checker.check("export default input;")).toEqual([]);
  });
});

it("refuses what it cannot check against", () => {
  expect(() => createChecker({})).toThrow("give either `contract` or `declaration`");
  expect(() => createChecker({ contract: json, declaration })).toThrow(TypeError);
  expect(() => createChecker({ declaration: "export {};" })).toThrow("does not declare `SecureExec`");
});

it("says of a wrong call how the leaf is called", () => {
  const [wrong] = createChecker({ declaration }).check("await SecureExec.bindings.db.query(1);");
  expect(wrong?.help).toContain("`db.query(sql: string): Promise<{ id: number; }[]>`");
});
