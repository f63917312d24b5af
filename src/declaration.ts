/**
 * `isobind/declaration`: the text of a `secure-exec.d.ts` where the file is not. A host that `tsc` has built has its registry in `dist`, and no `.d.ts` of the
 * generated folder; an editor or a model that writes scripts wants the declaration all the same. Emits it anew, from what the host has loaded
 * anyway; loads no compiler.
 */
import { emitDeclaration } from "./emit/declaration/declaration.ts";
import { guardDeclaration } from "./emit/guard/guard.ts";
import { emptyDoc, nowhere, type Contract, type Leaf, type TreeNode } from "./model/contract.ts";
import { parseContract, readContract } from "./model/file/deserialize.ts";
import type { Registry, RegistryLeaf } from "./model/registry.ts";

/**
 * The declaration that scripts of a registry are written against.
 *
 * `source` is the content of the `contract.json` beside the registry, parsed or as text: it holds the documentation of your definition, and the text is that of the
 * file. `tsc` with `resolveJsonModule` copies what a program imports of it to `dist`. Or it is the registry itself: then types, names and digest are the same, and nothing
 * is documented, because a registry carries no documentation.
 *
 * Throws a `TypeError` for a tree of functions without a contract, and for the registry of a profile, whose `contract.json` says more; a
 * `ContractFormatError` for what is no contract.
 *
 * @example
 * import contract from "./generated/contract.json" with { type: "json" };
 * editor.addExtraLib(declarationOf(contract), "secure-exec.d.ts");
 */
export function declarationOf(source: Registry | object | string): string {
  const contract = contractOf(source);
  return guardDeclaration(emitDeclaration(contract), contract);
}

function contractOf(source: Registry | object | string): Contract {
  if (typeof source === "string") return parseContract(source);
  if (isRegistry(source)) return contractOfRegistry(source);
  // `import * as contract` gives an object whose `default` is the content.
  return readContract("default" in source && !("isobind" in source) ? source.default : source);
}

function isRegistry(source: object): source is Registry {
  return "kind" in source && source.kind === "isobind-registry";
}

function contractOfRegistry(registry: Registry): Contract {
  const { digest, profile, declarations, leaves, namespaces, scripts, globals } = registry;
  if (digest === null) throw new TypeError("A tree of functions without a contract has no declaration.");
  if (profile !== undefined) {
    throw new TypeError(
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
  if (contract === null || first === undefined) throw new TypeError(`\`${name}\` has no types.`);
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
