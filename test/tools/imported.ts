/** A definition imported by the command line into a project, held to its golden, generated, and loaded as a host would. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { check } from "prettier";
import { expect } from "vitest";
import { nativeImport } from "../../src/config/load/native-import.ts";
import type { Registry } from "../../src/model/registry.ts";
import type { ImportedTools } from "../../src/tools/index.ts";
import { config, manifest, project, type Project } from "../cli/project.ts";
import { isobind, type Ran } from "../cli/testing-io.ts";

export const fixtures = fileURLToPath(new URL("../../fixtures/tools/", import.meta.url));

export interface Imported {
  readonly made: Project;
  readonly ran: Ran;
  readonly tools: ImportedTools;
  readonly createRegistry: (bindings: unknown) => Registry;
}

/** `golden` is a folder of `fixtures/tools`; `UPDATE_GOLDENS=1` writes its `bindings.ts`. */
export async function imported(golden: string | null, argv: readonly string[]): Promise<Imported> {
  const made = project({ "package.json": manifest, "bindings.config.ts": config });
  const ran = await isobind(["import", ...argv], {
    cwd: made.root,
    env: { PATH: process.env["PATH"] ?? "" },
  });
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toBe("written    bindings.ts\n");
  const text = readFileSync(made.path("bindings.ts"), "utf8");
  if (golden !== null) {
    const file = join(fixtures, golden, "bindings.ts");
    if (process.env["UPDATE_GOLDENS"] === "1") writeFileSync(file, text);
    expect(text).toBe(existsSync(file) ? readFileSync(file, "utf8") : "");
  }
  expect(await check(text, { parser: "typescript" })).toBe(true);
  expect(text).not.toMatch(/\bany\b/u);
  const generated = await isobind(["generate", "--format", "json"], { cwd: made.root });
  expect(JSON.parse(generated.stdout)).toMatchObject({ ok: true, diagnostics: [] });
  const load = (name: string) => nativeImport(pathToFileURL(made.path(name)).href);
  const { tools } = (await load("bindings.ts")) as { tools: ImportedTools };
  const { createRegistry } = (await load("generated/registry.ts")) as Pick<Imported, "createRegistry">;
  return { made, ran, tools, createRegistry };
}
