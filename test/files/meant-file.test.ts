import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { orMeantFile } from "../../src/files/meant-file.ts";

const root = mkdtempSync(join(tmpdir(), "isobind-meant-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
mkdirSync(join(root, "a"));
writeFileSync(join(root, "a/input.json"), "");
writeFileSync(join(root, "input.ts"), "");

it.each([
  ["inptu.ts", " Did you mean `input.ts`?"],
  ["./input.t/", " Did you mean `./input.ts`?"],
  ["input.j/input.tss", ""],
  ["a/inputs.json", " Did you mean `a/input.json`?"],
  ["./a/../inputs.ts", " Did you mean `./a/../input.ts`?"],
  [join(root, "a/inputjson"), ` Did you mean \`${join(root, "a/input.json")}\`?`],
  ["b/input.ts", ""],
  ["other.yaml", ""],
  ["", ""],
  ["/", ""],
])("for %j it says %j", (typed, said) => {
  expect(orMeantFile(typed, root)).toBe(said);
});
