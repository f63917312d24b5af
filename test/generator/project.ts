/** Projects in scratch folders, for tests of whole runs. */
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "isobind-project-"));
  fill(root, files);
  return root;
}

let written = 0;

/**
 * Writes files as if a while ago, each at a time of its own: a run does not remember what was written in the very moment it
 * began.
 */
export function fill(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
    const time = Date.now() / 1000 - 3600 + ++written;
    utimesSync(join(root, name), time, time);
  }
}

/** A definition with a type of another file, a type of a package, and a warning. */
export const small = {
  "package.json": `{ "name": "small", "type": "module" }`,
  "bindings.config.ts": `import { outDir } from "./shared.ts";\nexport default { definition: "./src/bindings.ts", outDir };\n`,
  "shared.ts": `export const outDir = "./generated";\n`,
  "src/bindings.ts": `import type { Row } from "./row.ts";\nimport type { Item } from "shop";\nexport interface Bindings {\n  rows(): Row[];\n  item(id: string): Item;\n  raw(value: any): void;\n}\n`,
  "src/row.ts": `export interface Row { id: number }\n`,
  "tsconfig.json": `{ "compilerOptions": { "strict": true, "module": "nodenext" } }`,
  "node_modules/shop/package.json": `{ "name": "shop", "version": "1.0.0", "types": "./index.d.ts" }`,
  "node_modules/shop/index.d.ts": `export interface Item { price: number }\n`,
};
