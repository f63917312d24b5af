/**
 * Scripts and what `typecheck` says about them, checked together in one language service and against one declaration.
 *
 * `UPDATE_GOLDENS=1` rewrites `expected.txt`.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic.ts";
import { formatText } from "../../../src/diagnostics/format/text.ts";
import { createScriptChecker } from "../../../src/scripts/typecheck/check-scripts.ts";
import { typecheckScripts } from "../../../src/scripts/typecheck/typecheck.ts";
import { sideOfFile } from "../../diff/sides.ts";

const root = join(import.meta.dirname, "../../../fixtures/scripts");
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

const scripts = folders.map((folder) => {
  const file = readdirSync(join(root, folder)).find((name) => name.startsWith("script."));
  if (file === undefined) throw new Error(`${folder} has no script`);
  return { file: `${folder}/${file}`, text: readFileSync(join(root, folder, file), "utf8") };
});
const sources = new Map(scripts.map(({ file, text }) => [file, text]));

describe("scripts", () => {
  const { declaration } = sideOfFile(join(root, "bindings.ts"));
  const checker = createScriptChecker();
  let together: readonly Diagnostic[] = [];
  beforeAll(() => {
    together = typecheckScripts(scripts, declaration, { checker });
  });

  const textOf = (diagnostics: readonly Diagnostic[]): string =>
    // The digest of the declaration is the definition's business, not the wording's.
    formatText(diagnostics, { source: (file) => sources.get(file) ?? null }).replace(
      /sha256-(?!0{64})[0-9a-f]{64}/gu,
      "sha256-…",
    );

  it.each(scripts.map(({ file }) => file))("%s", (file) => {
    const actual = textOf(together.filter((diagnostic) => diagnostic.file === file));
    const expectedFile = join(root, file.split("/")[0] ?? "", "expected.txt");
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(expectedFile, actual);
    expect(actual).toBe(readFileSync(expectedFile, "utf8"));
    if (file.startsWith("fine-")) expect(actual).toBe("");
    else expect(actual).not.toBe("");
  });

  it("are isolated: each alone says what it says among all others", () => {
    for (const script of scripts) {
      const alone = typecheckScripts([script], declaration, { checker });
      expect(textOf(alone), script.file).toBe(textOf(together.filter(({ file }) => file === script.file)));
    }
  });
});
