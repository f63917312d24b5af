/** Makes a contract of a registry: the same types, names and digest; nothing is documented, because a registry carries no documentation. */
import { emptyDoc, nowhere, type Contract, type Leaf, type TreeNode } from "../contract.ts";
import type { Registry, RegistryLeaf } from "../registry.ts";

/** A registry that does not say all that a contract says. */
export class RegistryWithoutContract extends TypeError {}

/** Throws a `RegistryWithoutContract` for a tree of functions without a contract, and for the registry of a profile. */
export function contractOfRegistry(registry: Registry): Contract {
  const { digest, profile, declarations, leaves, namespaces, scripts, globals } = registry;
  if (digest === null)
    throw new RegistryWithoutContract("A tree of functions without a contract has no declaration.");
  if (profile !== undefined) {
    throw new RegistryWithoutContract(
      `The registry of the profile \`${profile}\` does not say who has what it lacks: give the content of the profile's contract.json instead.`,
    );
  }
  const root: Branch = { members: [], branches: new Map() };
  // In the order of leaves, which is that of the tree; at last namespaces that have none.
  for (const leaf of leaves) branchAt(root, leaf.path.slice(0, -1)).members.push(leafOf(leaf));
  for (const path of namespaces) branchAt(root, path);
  return {
    style: "contract",
    root: namespaceOf("", [], root),
    declarations: declarations.map((declaration) => ({ ...declaration, doc: emptyDoc, source: nowhere })),
    ...(globals && { globals: { ...globals, doc: emptyDoc, source: nowhere } }),
    ...(scripts && { scripts: scripts.map((script) => ({ ...script, doc: emptyDoc, source: nowhere })) }),
  };
}

/** A namespace while its members are found. */
interface Branch {
  readonly members: (TreeNode | string)[];
  /** By name; `members` has the name where the namespace stands. */
  readonly branches: Map<string, Branch>;
}

function branchAt(root: Branch, path: readonly string[]): Branch {
  let branch = root;
  for (const name of path) {
    let inner = branch.branches.get(name);
    if (!inner) {
      branch.branches.set(name, (inner = { members: [], branches: new Map() }));
      branch.members.push(name);
    }
    branch = inner;
  }
  return branch;
}

function namespaceOf(name: string, path: readonly string[], { members, branches }: Branch): Contract["root"] {
  return {
    kind: "namespace",
    name,
    path,
    doc: emptyDoc,
    members: members.map((member) =>
      typeof member === "string"
        ? namespaceOf(member, [...path, member], branches.get(member) ?? { members: [], branches: new Map() })
        : member,
    ),
    source: nowhere,
  };
}

function leafOf({ name, path, policy, contract }: RegistryLeaf): Leaf {
  const [first, ...rest] = (contract?.signatures ?? []).map((signature) => ({
    ...signature,
    parameters: signature.parameters.map((parameter) => ({ ...parameter, source: nowhere })),
    source: nowhere,
  }));
  if (contract === null || first === undefined)
    throw new RegistryWithoutContract(`\`${name}\` has no types.`);
  const { throws } = contract;
  return {
    kind: "leaf",
    name: path.at(-1) ?? "",
    path,
    doc: emptyDoc,
    signatures: [first, ...rest],
    policy,
    throws,
    source: nowhere,
  };
}
