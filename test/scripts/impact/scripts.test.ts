/** A change of what a script is breaks scripts too, and is named as the cause. */
import { describe, expect, it } from "vitest";
import { impact } from "../../../src/scripts/impact/impact.ts";
import { createScriptChecker } from "../../../src/scripts/typecheck/check-scripts.ts";
import { sideOf } from "../../diff/sides.ts";

const bindings = "export interface Bindings { greet(name: string): string }\n";
const before = sideOf(`${bindings}
export interface Script { input: { month: number }; result: { total: number } }
export interface Scripts { rule: { input: { cents: number }; result: boolean }; gone: { result: string } }`);
const after = sideOf(`${bindings}
export interface Script { input: { month?: number }; result: { total: number; title: string } }
export interface Scripts { rule: { input: { cents: bigint }; result: boolean } }`);
const checker = createScriptChecker();

function breaksOf(text: string): string[] {
  const { broken } = impact([{ file: "script.ts", text }], before, after, { checker });
  return broken.flatMap(({ breaks }) =>
    breaks.map(({ finding, cause }) => `${finding.line} ${finding.code} ${cause?.kind} ${cause?.where}`),
  );
}

describe("impact of a change of what a script is", () => {
  it("blames what the script has to give", () => {
    expect(breaksOf("export default { total: 1 };")).toEqual([
      "1 script-result argument-property-required-added script.result.title",
    ]);
  });

  it("blames the input where it is read, of the script's own kind", () => {
    expect(breaksOf("const next = input.month + 1;\nexport default { total: next, title: '' };").at(0)).toBe(
      "1 script-type result-property-made-optional script.input.month",
    );
    expect(breaksOf("// @script rule\nexport default input.cents + 1 > 2;")).toEqual([
      "2 script-type result-type-changed script rule.input.cents",
    ]);
  });

  it("blames the kind that is gone", () => {
    expect(breaksOf("// @script gone\nexport default 'x';")).toEqual([
      "1 script-kind-unknown script-removed script gone",
    ]);
  });
});
