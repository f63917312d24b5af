/**
 * The registry of a contract that nobody has emitted code for: what a script's author has is `contract.json`, or a recording. Arguments and
 * results are held to the contract by the interpreter, which means what emitted validators mean.
 */
import { modeOf, explainExcluded } from "../model/profile.ts";
import type { Contract } from "../model/contract.ts";
import {
  declarationData,
  globalsData,
  scriptData,
  signatureData,
  thrownData,
} from "../model/file/serialize.ts";
import { readTables } from "../model/file/registry-tables.ts";
import { digest } from "../model/identity/digest.ts";
import type { Json } from "../model/json.ts";
import type {
  BindingFunction,
  BindingTree,
  ContractData,
  ExcessProperties,
  LeafData,
  LeafTable,
  Registry,
  RegistryContract,
} from "../model/registry.ts";
import { walkLeaves, walkNamespaces } from "../model/walk.ts";
import { fitsArguments, fitsResult } from "../registry/checked-leaf.ts";
import { defineRegistry } from "../registry/define-registry.ts";
import { Types } from "../validation/types.ts";

/** All that a registry says of its contract, as data that survives JSON. */
export type ContractTable = Omit<RegistryContract, "leaves" | "isSpent"> & {
  readonly leaves: readonly LeafEntry[];
  readonly namespaces: Registry["namespaces"];
};

/** `policy` and `throws` are always there, so that two tables of one contract have the same text. */
type LeafEntry = Omit<LeafData, "accepts" | "acceptsResult">;

type TableLeaf = Pick<LeafTable, "path" | "mode" | "policy" | "signatures" | "throws">;

export function tableOfContract(contract: Contract, excessProperties: ExcessProperties): ContractTable {
  const { declarations, globals, profile, scripts } = contract;
  return {
    digest: digest(contract),
    excessProperties,
    declarations: declarations.map((declaration) => dataOf(declarationData(declaration))),
    leaves: Array.from(walkLeaves(contract.root), (leaf) => entryOf({ ...leaf, mode: modeOf(leaf) })),
    namespaces: Array.from(walkNamespaces(contract.root), ({ path }) => path),
    ...(scripts !== undefined && { scripts: scripts.map((script) => dataOf(scriptData(script))) }),
    ...(globals !== undefined && { globals: dataOf(globalsData({ properties: globals.properties })) }),
    ...(profile !== undefined && {
      profile: profile.name,
      excluded: profile.excluded.map((leaf) => ({
        path: leaf.path,
        mode: leaf.mode,
        message: explainExcluded(leaf, profile.name),
      })),
    }),
  };
}

/** Of a registry that was made with a contract; of any other `null`. */
export function tableOfRegistry(registry: Registry): ContractTable | null {
  const tables = registry.leaves.flatMap(({ contract }) => contract ?? []);
  if (registry.digest === null || tables.length < registry.leaves.length) return null;
  return {
    digest: registry.digest,
    excessProperties: registry.excessProperties,
    declarations: registry.declarations.map((one) => dataOf(declarationData(one))),
    leaves: tables.map(entryOf),
    namespaces: registry.namespaces,
    ...(registry.scripts !== undefined && {
      scripts: registry.scripts.map((script) => dataOf(scriptData(script))),
    }),
    ...(registry.globals !== undefined && { globals: dataOf(globalsData(registry.globals)) }),
    ...(registry.profile !== undefined && { profile: registry.profile }),
    ...(registry.excluded !== undefined && { excluded: registry.excluded }),
  };
}

function entryOf({ path, mode, policy, signatures, throws }: TableLeaf): LeafEntry {
  return {
    path,
    mode,
    policy,
    signatures: signatures.map((signature) => dataOf(signatureData(signature))),
    throws: throws.map((thrown) => dataOf(thrownData(thrown))),
  };
}

/** These are always objects; their type says only that they are JSON. */
function dataOf(json: Json): ContractData {
  return json as ContractData;
}

/** The registry of a table. Throws a `ContractFormatError` for a damaged one. */
export function interpretedRegistry(
  table: ContractTable,
  call: (path: readonly string[]) => BindingFunction,
): Registry {
  const { leaves, namespaces, ...contract } = table;
  const undecided = leaves.map((leaf) => ({ ...leaf, accepts: () => false, acceptsResult: () => false }));
  const tables = readTables({ ...contract, leaves: undecided });
  const types = new Types(tables.declarations);
  const decided = leaves.map((leaf, at): LeafData => {
    const signatures = tables.leaves[at]?.signatures ?? [];
    return {
      ...leaf,
      accepts: (args, steps) =>
        signatures.some((signature) => fitsArguments(types, signature, tables, args, steps)),
      acceptsResult: (value) => signatures.some((signature) => fitsResult(signature, tables, value)),
    };
  });
  return defineRegistry(
    treeOf(
      namespaces,
      leaves.map(({ path }) => path),
      call,
    ),
    { ...contract, leaves: decided },
  );
}

/** The tree of host functions that a list of paths describes. */
export function treeOf(
  namespaces: readonly (readonly string[])[],
  leaves: readonly (readonly string[])[],
  call: (path: readonly string[]) => BindingFunction,
): BindingTree {
  const root = emptyTree();
  const at = (path: readonly string[]): Tree =>
    path.reduce<Tree>((tree, name) => (tree[name] ??= emptyTree()) as Tree, root);
  for (const path of namespaces) at(path);
  for (const path of leaves) at(path.slice(0, -1))[path.at(-1) ?? ""] = call(path);
  return root;
}

interface Tree {
  [name: string]: Tree | BindingFunction;
}

function emptyTree(): Tree {
  return Object.create(null) as Tree;
}
