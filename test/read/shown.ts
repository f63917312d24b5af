/**
 * Reads a definition given as text and shows its contract without places: what the tests of the reader compare.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ResolvedContract } from "../../src/config/resolved.ts";
import type { Contract, Leaf, TreeNode } from "../../src/model/contract.ts";
import type { Shape } from "../../src/model/shape.ts";
import { read, type ReadOptions } from "../../src/read/read.ts";
import type { Reading } from "../../src/stages.ts";

export function contractAt(definition: string, tsconfig: string | null = null): ResolvedContract {
  return {
    name: "bindings",
    definition,
    outDir: join(dirname(definition), "generated"),
    tsconfig,
    importExtension: "auto",
    limits: { maxDepth: 4, maxLeaves: 64 },
    engine: "node22",
    excessProperties: "refuse",
    format: false,
    profiles: [],
  };
}

/** Writes files into a new folder, reads the definition there, removes the folder. */
export function readFiles(
  files: Readonly<Record<string, string>>,
  options: ReadOptions = {},
  definition = "bindings.ts",
): Reading {
  const folder = mkdtempSync(join(tmpdir(), "isobind-read-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return read(contractAt(join(folder, definition)), folder, options);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function readText(text: string, options: ReadOptions = {}): Contract {
  const { contract, diagnostics } = readFiles({ "bindings.ts": text }, options);
  if (!contract) throw new Error(`No contract: ${JSON.stringify(diagnostics)}`);
  return contract;
}

/** `{ f: … }` as the body of `Bindings`; gives back what it is about: the first leaf. */
export function readLeaf(body: string, before = ""): { leaf: Leaf; contract: Contract } {
  const contract = readText(`${before}\nexport interface Bindings { ${body} }\n`);
  const leaf = contract.root.members.find((member): member is Leaf => member.kind === "leaf");
  if (!leaf) throw new Error(`No leaf: ${JSON.stringify(contract.root)}`);
  return { leaf, contract };
}

/** The shape of one parameter of the given type. */
export function shapeOf(type: string, before = ""): Shape {
  const { leaf } = readLeaf(`f(value: ${type}): void`, before);
  const shape = leaf.signatures[0].parameters[0]?.shape;
  if (!shape) throw new Error("No parameter.");
  return withoutPlaces(shape);
}

/** A declaration's shape by its name. */
export function declared(contract: Contract, name: string): Shape | undefined {
  const found = contract.declarations.find((declaration) => declaration.name === name);
  return found && withoutPlaces(found.shape);
}

export function withoutPlaces<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === "source" || key === "doc" ? undefined : inner)),
  ) as T;
}

/** The tree as paths: `db.query`, `db.bad (leaf-optional)`. */
export function paths(members: readonly TreeNode[]): string[] {
  return members.flatMap((node) => {
    const name = node.path.join(".");
    if (node.kind === "namespace") return [`${name}/`, ...paths(node.members)];
    return [node.kind === "invalid" ? `${name} (${node.code})` : name];
  });
}
