/**
 * Emits `HostBindings` of the contract style: what a host must pass to `createRegistry`, derived from the definition's own
 * types, so that a wrong implementation does not compile.
 *
 * `Bindings["db"]["query"]` is a method of the author's interface, and TypeScript compares parameters of methods
 * loosely. `HostFunction` makes a plain function type of it. Overloaded and generic functions keep their own type,
 * because `Parameters<…>` sees one signature and forgets type parameters.
 */
import type { Contract, Leaf, Namespace, TreeNode } from "../../model/contract.ts";
import type { ExcludedLeaf } from "../../model/profile.ts";
import { excludedIn } from "../declaration/excluded.ts";
import { propertyName } from "../escape/property-name.ts";
import { quoted } from "../escape/string.ts";
import { group, hardline, indent, softline, type Doc } from "../print/doc.ts";
import { walkLeaves } from "../../model/walk.ts";

export function hostBindingsDoc(contract: Contract): Doc {
  const strict = [...walkLeaves(contract.root)].some(isStrict);
  return [
    ...(strict ? [hostFunctionDoc(), hardline, hardline] : []),
    "/** The functions a host passes to `createRegistry`. */",
    hardline,
    "export interface HostBindings ",
    namespaceDoc(contract.root, contract.profile?.excluded ?? []),
  ];
}

function hostFunctionDoc(): Doc {
  return [
    "type HostFunction<F> = F extends (...args: infer A) => infer R",
    indent([hardline, "? (...args: A) => R", hardline, ": never;"]),
  ];
}

function namespaceDoc(namespace: Namespace, excluded: readonly ExcludedLeaf[]): Doc {
  const members = [
    ...namespace.members.map((member) => memberDoc(member, excluded)),
    ...toleratedDocs(namespace, excluded),
  ];
  if (members.length === 0) return "{}";
  return ["{", indent(members.map((member): Doc => [hardline, member, ";"])), hardline, "}"];
}

/** What a profile lacks may be there, so that one object of functions serves every profile; it is never looked at. */
function toleratedDocs(namespace: Namespace, excluded: readonly ExcludedLeaf[]): Doc[] {
  const { leaves, namespaces } = excludedIn(namespace, excluded);
  const names = [...leaves.map(({ path }) => path.at(-1) ?? ""), ...namespaces.map(({ name }) => name)];
  return names.map((name) => `readonly ${propertyName(name)}?: unknown`);
}

function memberDoc(node: TreeNode, excluded: readonly ExcludedLeaf[]): Doc {
  const key = `readonly ${propertyName(node.name)}: `;
  if (node.kind === "namespace") return [key, namespaceDoc(node, excluded)];
  if (node.kind === "invalid") throw new Error(`\`${node.path.join(".")}\` is no binding.`);
  const type = `Bindings${node.path.map((name) => `[${quoted(name)}]`).join("")}`;
  if (!isStrict(node)) return [key, type];
  return [key, "HostFunction", group(["<", indent([softline, type]), softline, ">"])];
}

function isStrict({ signatures }: Leaf): boolean {
  return signatures.length === 1 && signatures[0].typeParameters.length === 0;
}
