import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findScripts } from "../../../src/scripts/typecheck/find-scripts.ts";

const root = mkdtempSync(join(tmpdir(), "isobind-scripts-"));
beforeAll(() => {
  for (const folder of ["a/deep", "b", "a/node_modules/x"])
    mkdirSync(join(root, folder), { recursive: true });
  for (const file of [
    "a/one.ts",
    "a/deep/two.js",
    "a/types.d.ts",
    "a/notes.md",
    "b/three.mts",
    "a/node_modules/x/index.js",
  ]) {
    writeFileSync(join(root, file), `// ${file}`);
  }
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

const namesOf = async (...patterns: string[]): Promise<string[]> =>
  (await findScripts(patterns, root)).scripts.map(({ file }) => file);

describe("findScripts", () => {
  it("takes files, folders and patterns, each script once, sorted", async () => {
    expect(await namesOf("a")).toEqual(["a/deep/two.js", "a/one.ts"]);
    expect(await namesOf("**/*.{ts,js,mts}", "a/one.ts")).toEqual([
      "a/deep/two.js",
      "a/one.ts",
      "b/three.mts",
    ]);
    expect(await namesOf("a/one.ts")).toEqual(["a/one.ts"]);
  });

  it("reports a pattern without a script", async () => {
    const { scripts, diagnostics } = await findScripts(["c/**/*.ts", "b"], root);
    expect(scripts).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ code: "script-missing", severity: "error" }]);
    expect(diagnostics[0]?.message).toContain("c/**/*.ts");
  });
});
