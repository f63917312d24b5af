/**
 * Runs an emitted registry as Node would: types stripped, imports resolved to this repository.
 */
import * as nodeModule from "node:module";
import type { Contract } from "../../src/model/contract.ts";
import { readTables } from "../../src/model/file/registry-tables.ts";
import type { ExcessProperties, LeafTable, Registry, RegistryContract } from "../../src/model/registry.ts";
import { emitRegistry } from "../../src/emit/registry/registry.ts";
import * as runtime from "../../src/registry/index.ts";

export interface Loaded {
  readonly registry: Registry;
  /** The leaf tables as they are read, before `defineRegistry` completes their validators. */
  readonly raw: readonly LeafTable[];
}

/** A registry whose functions do nothing, made by the emitted code itself. */
export function load(contract: Contract, excessProperties: ExcessProperties = "refuse"): Loaded {
  return evaluate(emitRegistry(contract, { definitionImport: "../bindings.ts", excessProperties }), contract);
}

export function evaluate(text: string, contract: Contract): Loaded {
  const body = stripTypes(text)
    .replace(/^import\s[^;]*;/gmu, "")
    .replace(/^export default registry;$/mu, "return registry;")
    .replace(
      /^export function createRegistry/mu,
      "return createRegistry(bindings);\nfunction createRegistry",
    );
  let raw: readonly LeafTable[] = [];
  const defineRegistry = (tree: object, emitted: RegistryContract): Registry => {
    raw = readTables(emitted).leaves;
    return runtime.defineRegistry(tree, emitted);
  };
  const scope: Record<string, unknown> = { ...runtime, defineRegistry, bindings: treeOf(contract) };
  const run = new Function(...Object.keys(scope), body) as (...values: unknown[]) => Registry;
  return { registry: run(...Object.values(scope)), raw };
}

/** Functions that do nothing, in the shape of the contract. */
export function treeOf(contract: Contract): object {
  const build = (node: Contract["root"]["members"][number]): unknown =>
    node.kind === "namespace"
      ? Object.fromEntries(node.members.map((member) => [member.name, build(member)]))
      : () => undefined;
  return build(contract.root) as object;
}

export function stripTypes(text: string): string {
  return nodeModule.stripTypeScriptTypes(text);
}
