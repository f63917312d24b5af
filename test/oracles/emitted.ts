/**
 * Loads the registry module that a contract is emitted as: the text a user gets, run from a file.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Contract } from "../../src/model/contract.ts";
import type { BindingTree, ExcessProperties, Registry } from "../../src/model/registry.ts";
import { emit } from "../../src/emit/emit.ts";

export const repository = fileURLToPath(new URL("../../", import.meta.url));

/** The registry of a contract in contract style, made from host functions. */
export async function loadEmitted(
  contract: Contract,
  bindings: BindingTree,
  excessProperties: ExcessProperties = "refuse",
): Promise<Registry> {
  const [registry] = emit(contract, { definitionImport: "../bindings.ts", excessProperties });
  if (registry === undefined) throw new Error("No registry was emitted.");
  const cache = join(repository, ".cache", "test");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "oracle-"));
  try {
    const file = join(folder, "registry.ts");
    // From the sources: what an oracle says must not depend on whether the repository has been built.
    writeFileSync(file, registry.text.replace('"isobind/registry"', '"../../../src/registry/index.ts"'));
    const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as {
      createRegistry: (bindings: BindingTree) => Registry;
    };
    return module.createRegistry(bindings);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
