/**
 * Reads definitions into contracts and declarations with the product's own stages.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { emitDeclaration } from "../../src/emit/declaration/declaration.ts";
import type { Side } from "../../src/scripts/impact/impact.ts";
import { read } from "../../src/read/read.ts";

/** The contract and declaration of a definition file. */
export function sideOfFile(definition: string): Side {
  const root = dirname(definition);
  const { contract, diagnostics } = read(
    {
      name: "bindings",
      definition,
      outDir: join(root, "generated"),
      tsconfig: null,
      importExtension: ".ts",
      limits: { maxDepth: 4, maxLeaves: 64 },
      engine: "node22",
      excessProperties: "refuse",
      format: false,
    },
    root,
  );
  if (!contract) throw new Error(diagnostics.map((diagnostic) => diagnostic.message).join("\n"));
  return { contract, declaration: emitDeclaration(contract) };
}

/** The contract and declaration of a definition's text. */
export function sideOf(definition: string): Side {
  const folder = mkdtempSync(join(tmpdir(), "isobind-diff-"));
  try {
    const file = join(folder, "bindings.ts");
    writeFileSync(file, definition);
    return sideOfFile(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
