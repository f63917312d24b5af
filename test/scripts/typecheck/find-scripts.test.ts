import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { HostFiles } from "../../../src/scripts/typecheck/host-files.ts";
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

  it("takes of a project's folder its scripts, and not what defines, serves and tests them", async () => {
    const texts = {
      "p/bindings.config.ts": "",
      "p/bindings.ts": "",
      "p/generated/registry.ts": "",
      "p/host.ts": `import { createRegistry } from "./generated/registry.ts";`,
      "p/main.mjs": `const { createSandbox } = await import("isobind/runtime");`,
      "p/old.js": `import bindings from "./bindings.js";`,
      // Programs by what they import, by what that imports, and by who imports them.
      "p/tool.ts": `import fs from "node:fs";`,
      "p/server/app.ts": `import express from "express";\nimport { run } from "../main.mjs";`,
      // Beside programs, and none: it imports nothing.
      "p/letter.ts": `// Rows come from "orders".\nconsole.log("a letter from 'Bob'");`,
      "p/server/db.ts": `import pg from "pg";`,
      "p/lib/used.js": `import pg from "pg";\nexport { more } from "./more.js";`,
      "p/lib/more.js": "",
      "p/lib/index.ts": `import { used } from "./used.js";\nimport { main } from "../main.mjs";`,
      "p/beside/tsconfig.json": `{ "extends": "../generated/tsconfig.scripts.json" }`,
      "p/beside/main.ts": `import { createSandbox } from "isobind/runtime";`,
      "p/beside/wrong.ts": `import fs from "node:fs";`,
      "p/scripts/one.ts": `import { two } from "./two.ts";`,
      "p/scripts/one.test.ts": `import { test } from "node:test";`,
      "p/scripts/wrong.ts": `import fs from "node:fs";`,
    };
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(join(root, name, ".."), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    const project = (name: string): string => join(root, "p", name);
    const host = {
      files: [project("bindings.config.ts"), project("bindings.ts")],
      folders: [project("generated")],
    };
    const found = async (...patterns: string[]): Promise<string[]> =>
      (await findScripts(patterns, root, host)).scripts.map(({ file }) => file);
    const scripts = ["p/beside/wrong.ts", "p/letter.ts", "p/scripts/one.ts", "p/scripts/wrong.ts"];
    expect(await found("p")).toEqual(scripts);
    // Who names a file wants to hear of it.
    expect(await found("p", "p/host.ts", "p/scripts/*.test.ts")).toEqual(
      ["p/host.ts", "p/scripts/one.test.ts", ...scripts].sort(),
    );
    expect(await found("p/host.ts", "p")).toEqual(["p/host.ts", ...scripts].sort());
    // In a folder of scripts alone such an import is a mistake.
    writeFileSync(project("scripts/host.ts"), texts["p/main.mjs"]);
    expect(await found("p/scripts")).toEqual(["p/scripts/host.ts", ...scripts.slice(2)]);
  });

  it("reports a pattern without a script", async () => {
    const { scripts, diagnostics } = await findScripts(["c/**/*.ts", "b"], root);
    expect(scripts).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ code: "script-missing", severity: "error" }]);
    expect(diagnostics[0]?.message).toContain("c/**/*.ts");
  });

  it("says of files for JSX that they are no scripts, unless the host's are beside them", async () => {
    const j = (name: string): string => join(root, "j", name);
    mkdirSync(j("ui"), { recursive: true });
    for (const name of ["a.ts", "ui/v.tsx", "ui/w.jsx", "ui/w.test.jsx"]) writeFileSync(j(name), "");
    const said = async (pattern: string, host?: HostFiles): Promise<(string | null)[]> => {
      const { scripts, diagnostics } = await findScripts([pattern], root, host);
      expect(scripts.map(({ file }) => file)).toEqual(["j/a.ts"]);
      expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
        diagnostics.map(() => "warning script-jsx"),
      );
      return diagnostics.map(({ file }) => file).sort();
    };
    expect(await said("j")).toEqual(["j/ui/v.tsx", "j/ui/w.jsx"]);
    expect(await said("j/**/*.{ts,tsx}")).toEqual(["j/ui/v.tsx"]);
    expect(await said("j/**/*.ts")).toEqual([]);
    expect(await said("j", { files: [j("bindings.ts")], folders: [] })).toEqual([]);
  });
});
