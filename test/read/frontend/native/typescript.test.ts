import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { findTypeScript7 } from "../../../../src/read/frontend/native/find.ts";
import {
  endTypeScript7,
  loadTypeScript7,
  startTypeScript7,
} from "../../../../src/read/frontend/native/typescript.ts";

const repository = fileURLToPath(new URL("../../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "isobind-typescript7-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("TypeScript 7 is found where a project has it", () => {
  test("under its own name, from a folder inside", () => {
    expect(findTypeScript7(join(repository, "fixtures/quickstart"), "typescript")).toMatchObject({
      folder: join(repository, "node_modules/typescript"),
      version: expect.stringMatching(/^7\./),
    });
  });

  test("not where it is not installed, or is another version; each with a way out", () => {
    expect(findTypeScript7(folder, "typescript")).toMatchObject({
      reason: "the package `typescript` is not installed",
      help: expect.stringContaining("npm install --save-dev typescript@7"),
    });
    expect(findTypeScript7(repository, "typescript-6.0")).toMatchObject({
      reason: expect.stringMatching(/^the package `typescript-6.0` is TypeScript 6\..*, not 7$/),
      help: "Install it: `npm install --save-dev typescript-6.0@npm:typescript@7`.",
    });
  });

  test("under another name, and answers", () => {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(join(repository, "node_modules/typescript"), join(folder, "node_modules/typescript-7"));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ files: ["a.ts"] }));
    writeFileSync(join(folder, "a.ts"), "export const one: 1 = 2;");
    const found = findTypeScript7(folder, "typescript-7");
    if (!("folder" in found)) throw new Error(found.reason);
    const api = startTypeScript7(loadTypeScript7(found.folder), folder, {});
    try {
      const snapshot = api.updateSnapshot({ openProjects: [join(folder, "tsconfig.json")] });
      const codes = snapshot
        .getProjects()
        .flatMap(({ program }) => program.getSemanticDiagnostics(join(folder, "a.ts")))
        .map(({ code }) => code);
      expect(codes).toEqual([2322]);
    } finally {
      endTypeScript7(api);
    }
  });
});
