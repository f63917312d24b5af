/**
 * Every kind of change, each proved by a program: it compiles against the definition before, and after the change it
 * breaks or not. What is reported compatible must never break one.
 *
 * `UPDATE_GOLDENS=1` rewrites `expected.json`.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { parseContract } from "../../src/model/file/deserialize.ts";
import type { Change } from "../../src/diff/change.ts";
import { diffContracts } from "../../src/diff/diff.ts";
import { changeKinds } from "../../src/diff/kinds.ts";
import { verdictOf, type Verdict } from "../../src/diff/verdict.ts";
import { emitContractJson } from "../../src/emit/contract-json.ts";
import { createScriptChecker } from "../../src/scripts/typecheck/check-scripts.ts";
import { sideOfFile } from "./sides.ts";

interface Expected {
  /** What happens to the program after the change. */
  readonly program: "compiles" | "breaks";
  readonly verdict: Verdict;
  readonly changes: readonly Pick<
    Change,
    "kind" | "class" | "path" | "where" | "root" | "before" | "after" | "message"
  >[];
  /** Digests that the two contracts are said to carry. */
  readonly digests?: { readonly before: string; readonly after: string };
}

const root = join(import.meta.dirname, "../../fixtures/diff");
const folders = readdirSync(root).sort();
const checker = createScriptChecker();

async function inspect(
  folder: string,
): Promise<{ actual: Expected; expected: Expected; before: readonly string[] }> {
  const file = join(root, folder, "expected.json");
  const expected = JSON.parse(readFileSync(file, "utf8")) as Expected;
  const before = sideOfFile(join(root, folder, "before.ts"));
  const after = sideOfFile(join(root, folder, "after.ts"));
  const options = expected.digests ? { digests: expected.digests } : {};
  const changes = diffContracts(before.contract, after.contract, options);
  // A contract that comes from contract.json has no places, and is the same contract.
  const stored = parseContract(emitContractJson(before.contract));
  expect(diffContracts(stored, before.contract)).toEqual([]);
  expect(diffContracts(stored, after.contract, options)).toEqual(changes);
  const program = { file: "program.ts", text: readFileSync(join(root, folder, "program.ts"), "utf8") };
  const check = (declaration: string): string[] =>
    checker
      .check([program], declaration)
      .flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message));
  const findings = check(before.declaration);
  const breaks = check(after.declaration).length > 0;
  const actual: Expected = {
    program: breaks ? "breaks" : "compiles",
    verdict: verdictOf(changes),
    ...(expected.digests && { digests: expected.digests }),
    changes: changes.map(({ help: _, ...change }) => change),
  };
  if (process.env["UPDATE_GOLDENS"] === "1") {
    const text = JSON.stringify({ ...actual, program: expected.program });
    writeFileSync(file, await format(text, { parser: "json", printWidth: 110 }));
    return { actual, expected: JSON.parse(readFileSync(file, "utf8")) as Expected, before: findings };
  }
  return { actual, expected, before: findings };
}

describe("diff fixtures", () => {
  it("exist for every kind of change", () => {
    expect(changeKinds.length).toBeGreaterThanOrEqual(60);
    expect(changeKinds.filter((kind) => !folders.includes(kind))).toEqual([]);
  });

  it.each(folders)("%s", async (folder) => {
    const { actual, expected, before } = await inspect(folder);
    expect(before, "the program must compile before the change").toEqual([]);
    expect(actual).toEqual(expected);
    // The law of the whole comparison.
    if (actual.program === "breaks") expect(actual.verdict).toBe("major");
    if (!folder.startsWith("variant-")) expect(actual.changes.map(({ kind }) => kind)).toContain(folder);
  });
});
