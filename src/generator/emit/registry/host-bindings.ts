/**
 * `HostBindings` of the contract style: what a host must pass to `createRegistry`, derived from the definition's own
 * types, so that a wrong implementation does not compile.
 *
 * `Bindings["db"]["query"]` is a method of the author's interface, and TypeScript compares parameters of methods
 * loosely. `HostFunction` makes a plain function type of it. Overloaded and generic functions keep their own type,
 * because `Parameters<…>` sees one signature and forgets type parameters.
 */
import type { Contract, Leaf, Namespace, TreeNode } from "../../../contract/contract.ts";
import { propertyName } from "../escape/property-name.ts";
import { quoted } from "../escape/string.ts";
import { group, hardline, indent, softline, type Doc } from "../print/doc.ts";
import { walkLeaves } from "../../../contract/walk.ts";

export function hostBindingsDoc(contract: Contract): Doc {
  const strict = [...walkLeaves(contract.root)].some(isStrict);
  return [
    ...(strict ? [hostFunctionDoc(), hardline, hardline] : []),
    "/** The functions a host passes to `createRegistry`. */",
    hardline,
    "export interface HostBindings ",
    namespaceDoc(contract.root),
  ];
}

function hostFunctionDoc(): Doc {
  return [
    "type HostFunction<F> = F extends (...args: infer A) => infer R",
    indent([hardline, "? (...args: A) => R", hardline, ": never;"]),
  ];
}

function namespaceDoc(namespace: Namespace): Doc {
  if (namespace.members.length === 0) return "{}";
  return [
    "{",
    indent(namespace.members.map((member): Doc => [hardline, memberDoc(member), ";"])),
    hardline,
    "}",
  ];
}

function memberDoc(node: TreeNode): Doc {
  const key = `readonly ${propertyName(node.name)}: `;
  if (node.kind === "namespace") return [key, namespaceDoc(node)];
  if (node.kind === "invalid") throw new Error(`\`${node.path.join(".")}\` is no binding.`);
  const type = `Bindings${node.path.map((name) => `[${quoted(name)}]`).join("")}`;
  if (!isStrict(node)) return [key, type];
  return [key, "HostFunction", group(["<", indent([softline, type]), softline, ">"])];
}

function isStrict({ signatures }: Leaf): boolean {
  return signatures.length === 1 && signatures[0].typeParameters.length === 0;
}
