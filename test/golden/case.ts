/**
 * A golden case: a folder that is copied to a scratch folder, generated there, and compared with its `expected` files.
 * `UPDATE_GOLDENS=1` writes them instead.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatJson } from "../../src/diagnostics/format/json.ts";
import { formatText } from "../../src/diagnostics/format/text.ts";
import { generate, type GenerateResult } from "../../src/generator/generate.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));
export const fixtures = join(repository, "fixtures");
export const isUpdating = process.env["UPDATE_GOLDENS"] === "1";

export function casesOf(kind: "valid" | "invalid"): string[] {
  const folder = join(fixtures, kind);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/**
 * Inside the repository, so that cases may import installed packages. isobind itself is installed there from its sources:
 * what a case gives must not depend on whether the repository has been built.
 */
export function scratch(): string {
  const folder = join(repository, ".cache", "test");
  const installed = join(folder, "node_modules", "isobind");
  mkdirSync(installed, { recursive: true });
  writeFileSync(
    join(installed, "package.json"),
    `{ "name": "isobind", "type": "module", "exports": { ".": { "types": "./index.d.ts" } } }\n`,
  );
  writeFileSync(join(installed, "index.d.ts"), `export * from "../../../../src/index.ts";\n`);
  return mkdtempSync(join(folder, "golden-"));
}

export async function inScratch<T>(
  kind: "valid" | "invalid",
  name: string,
  step: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = scratch();
  try {
    cpSync(join(fixtures, kind, name), folder, { recursive: true });
    for (const expected of ["expected", "expected.txt", "expected.json"])
      rmSync(join(folder, expected), { recursive: true, force: true });
    // A package of its own: otherwise `isobind` would be the repository, by its own name.
    const manifest = join(folder, "package.json");
    if (!existsSync(manifest)) writeFileSync(manifest, `{ "name": "case", "type": "module" }\n`);
    return await step(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function run(folder: string, options: { check?: boolean } = {}): Promise<GenerateResult> {
  const hasConfig = readdirSync(folder).some((name) => name.startsWith("bindings.config."));
  return generate(hasConfig ? undefined : { definition: "./bindings.ts" }, { cwd: folder, ...options });
}

export function asText(result: GenerateResult): string {
  const source = (file: string): string | null => {
    const path = join(result.root, file);
    return existsSync(path) ? readFileSync(path, "utf8") : null;
  };
  return formatText(result.diagnostics, { source });
}

export function asJson(result: GenerateResult): string {
  return formatJson(result);
}

/** The expected text of a file of a case; the actual one becomes it when goldens are updated. */
export function golden(kind: "valid" | "invalid", name: string, file: string, actual: string): string | null {
  const path = join(fixtures, kind, name, file);
  if (isUpdating) {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, actual);
  }
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}
